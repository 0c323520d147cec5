package io.luyun.proto.explain;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * What one step of a number is: {@code 0.02 m/s}.
 *
 * @param resolution the step, as written; empty when the number is what it is
 * @param unit its unit; empty when it has none
 */
public record Scale(String resolution, String unit) {
    /** No unit. */
    public static final Scale NONE = new Scale("", "");

    private static final MathContext DIGITS = new MathContext(10);

    /** Reads {@code 0.02 m/s}, {@code 360/65535 deg} or {@code day}. */
    public static Scale parse(String text) {
        final int space = text.indexOf(' ');
        final boolean counted = space > 0 && Character.isDigit(text.charAt(0));
        return text.isEmpty()
                ? NONE
                : counted ? new Scale(text.substring(0, space), text.substring(space + 1)) : new Scale("", text);
    }

    /** The number of steps as a quantity in {@link #unit}; null when a step is not a quantity. */
    public @Nullable BigDecimal of(long steps) {
        if (resolution.isEmpty()) {
            return null;
        }
        final int slash = resolution.indexOf('/');
        final BigDecimal product = new BigDecimal(slash < 0 ? resolution : resolution.substring(0, slash))
                .multiply(BigDecimal.valueOf(steps));
        final BigDecimal value =
                slash < 0 ? product : product.divide(new BigDecimal(resolution.substring(slash + 1)), DIGITS);
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
}
