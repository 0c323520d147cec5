package io.luyun.benchmarks.torture.load;

import java.util.List;

/**
 * How memory grows while a server lives: one slope of least squares over all lives, each of which begins at a level of its own.
 *
 * @param megabytesAnHour slope
 * @param error its standard error; infinite when there are too few looks to tell
 * @param longestHours the longest life
 */
record Trend(double megabytesAnHour, double error, double longestHours) {
    private static final double KIB_A_MEGABYTE = 1_000_000.0 / 1_024;

    static Trend of(final List<Life> lives) {
        double xx = 0;
        double xy = 0;
        double yy = 0;
        int free = -1;
        double longest = 0;
        for (final Life life : lives) {
            final List<Life.Look> looks = life.looks();
            final double meanX =
                    looks.stream().mapToDouble(Life.Look::hours).average().orElse(0);
            final double meanY =
                    looks.stream().mapToDouble(Trend::megabytes).average().orElse(0);
            for (final Life.Look look : looks) {
                final double x = look.hours() - meanX;
                final double y = megabytes(look) - meanY;
                xx += x * x;
                xy += x * y;
                yy += y * y;
            }
            free += Math.max(0, looks.size() - 1);
            longest = Math.max(longest, life.hours());
        }
        if (xx == 0) {
            return new Trend(0, Double.POSITIVE_INFINITY, longest);
        }
        final double slope = xy / xx;
        final double rest = Math.max(0, yy - slope * xy);
        return new Trend(slope, free > 0 ? Math.sqrt(rest / free / xx) : Double.POSITIVE_INFINITY, longest);
    }

    private static double megabytes(final Life.Look look) {
        return look.vitals().ownKib() / KIB_A_MEGABYTE;
    }
}
