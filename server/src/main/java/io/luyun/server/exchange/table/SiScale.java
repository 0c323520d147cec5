package io.luyun.server.exchange.table;

import io.luyun.proto.explain.Scale;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How integers become a quantity in SI units: times the factor, over the divisor. The quotient of two exact integers is the double
 * next to the decimal fraction, so that 296012345 steps of 1e-7 are 29.6012345 and print so.
 *
 * @param suffix what the name of a column in this unit ends with; empty for a number without unit
 * @param unit the SI unit, for people
 * @param digits behind the point that every value has at most; -1 where no number of digits is enough
 */
record SiScale(String suffix, String unit, long factor, long divisor, int digits) {
    /** The integers themselves. */
    static final SiScale NONE = new SiScale("", "", 1, 1, 0);

    /** Nanoseconds as seconds. */
    static final SiScale NANOS = new SiScale("s", "s", 1, 1_000_000_000L, 9);

    /** What one step of a unit of the schema is in SI: suffix, unit, factor. */
    private static final Map<String, Si> UNITS = Map.ofEntries(
            Map.entry("deg", new Si("deg", "°", "1")),
            Map.entry("deg/s", new Si("dps", "°/s", "1")),
            Map.entry("m", new Si("m", "m", "1")),
            Map.entry("cm", new Si("m", "m", "0.01")),
            Map.entry("m/s", new Si("mps", "m/s", "1")),
            Map.entry("m/s2", new Si("mps2", "m/s²", "1")),
            // standard gravity, ISO 80000-3
            Map.entry("g", new Si("mps2", "m/s²", "9.80665")),
            Map.entry("ms", new Si("s", "s", "0.001")),
            Map.entry("s", new Si("s", "s", "1")),
            Map.entry("min", new Si("s", "s", "60")),
            Map.entry("%", new Si("ratio", "1", "0.01")),
            Map.entry("of the unit of the reason", new Si("", "of the reason", "1")));

    private record Si(String suffix, String unit, String factor) {}

    /** That of a unit of the schema: {@code 0.02 m/s}, {@code 360/65535 deg}, {@code cm}; null for what is no quantity. */
    static @Nullable SiScale of(final String unit) {
        final Scale scale = Scale.parse(unit);
        final Si si = UNITS.get(scale.unit());
        if (si == null) {
            return null;
        }
        final String step = scale.resolution().isEmpty() ? "1" : scale.resolution();
        final int slash = step.indexOf('/');
        final BigDecimal factor = new BigDecimal(slash < 0 ? step : step.substring(0, slash))
                .multiply(new BigDecimal(si.factor))
                .stripTrailingZeros();
        final long steps = slash < 0 ? 1 : Long.parseLong(step.substring(slash + 1));
        final int digits = Math.max(0, factor.scale());
        return new SiScale(
                si.suffix,
                si.unit,
                factor.scaleByPowerOfTen(digits).longValueExact(),
                steps * BigDecimal.TEN.pow(digits).longValueExact(),
                steps == 1 ? digits : -1);
    }

    /** So many steps in SI units. */
    double of(final long steps) {
        return (double) (steps * factor) / divisor;
    }
}
