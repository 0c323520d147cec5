package io.luyun.server.live;

/** What a browser sent cannot be used: which field, what stood there, what must stand there. */
final class BadRequestException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int MOST_SHOWN = 64;

    private final String field;
    private final String value;
    private final String rule;

    BadRequestException(final String field, final String value, final String rule) {
        super(field + " = " + shortened(value) + ": " + rule, null, false, false);
        this.field = field;
        this.value = shortened(value);
        this.rule = rule;
    }

    private static String shortened(final String value) {
        return value.length() <= MOST_SHOWN ? value : value.substring(0, MOST_SHOWN) + "…";
    }

    String field() {
        return field;
    }

    String value() {
        return value;
    }

    String rule() {
        return rule;
    }
}
