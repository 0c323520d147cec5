package io.luyun.simulator.stage;

import java.util.Map;

/**
 * A number of a scenario: arithmetic over the scenario's parameters, for example {@code 40 - v * (gap + 1.5)}. Immutable.
 */
public final class Formula {
    private final String text;

    /** Takes the text as it stands; whether it can be worked out shows {@link #value}. */
    Formula(final String text) {
        this.text = text;
    }

    /**
     * Works it out.
     *
     * @throws IllegalArgumentException when it is not arithmetic over these parameters; the text says where
     */
    double value(final Map<String, Double> parameters) {
        final Cursor cursor = new Cursor(text, parameters);
        final double value = cursor.sum();
        cursor.end();
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("has no value");
        }
        return value;
    }

    @Override
    public String toString() {
        return text;
    }

    /** Reads the text from left to right: sums of products of numbers, names and brackets. */
    private static final class Cursor {
        private final String text;
        private final Map<String, Double> parameters;
        private int at;

        Cursor(final String text, final Map<String, Double> parameters) {
            this.text = text;
            this.parameters = parameters;
        }

        double sum() {
            double value = product();
            while (true) {
                if (take('+')) {
                    value += product();
                } else if (take('-')) {
                    value -= product();
                } else {
                    return value;
                }
            }
        }

        private double product() {
            double value = factor();
            while (true) {
                if (take('*')) {
                    value *= factor();
                } else if (take('/')) {
                    value /= factor();
                } else {
                    return value;
                }
            }
        }

        private double factor() {
            if (take('-')) {
                return -factor();
            }
            if (take('(')) {
                final double value = sum();
                if (!take(')')) {
                    throw new IllegalArgumentException("a bracket is not closed");
                }
                return value;
            }
            final int from = at;
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.')) {
                at++;
            }
            return operand(text.substring(from, at));
        }

        private double operand(final String word) {
            final Double parameter = parameters.get(word);
            if (parameter != null) {
                return parameter;
            }
            if (word.isEmpty()) {
                throw new IllegalArgumentException(
                        at < text.length() ? "'" + text.charAt(at) + "' is not expected" : "something is missing");
            }
            try {
                return Double.parseDouble(word);
            } catch (final NumberFormatException e) {
                throw new IllegalArgumentException(
                        "'" + word + "' is neither a number nor one of " + parameters.keySet(), e);
            }
        }

        private boolean take(final char wanted) {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            if (at < text.length() && text.charAt(at) == wanted) {
                at++;
                skipBlanks();
                return true;
            }
            return false;
        }

        private void skipBlanks() {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }

        void end() {
            skipBlanks();
            if (at < text.length()) {
                throw new IllegalArgumentException("'" + text.charAt(at) + "' is not expected");
            }
        }
    }
}
