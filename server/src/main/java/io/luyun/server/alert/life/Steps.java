package io.luyun.server.alert.life;

import io.luyun.proto.v1.Severity;

/**
 * Urgency by the time that is left.
 *
 * @param cautionSeconds a caution below this, likewise the others
 * @param criticalSeconds likewise; 0 for never
 * @param clearFactor a step that was taken is left only above its threshold times this
 */
public record Steps(double cautionSeconds, double warningSeconds, double criticalSeconds, double clearFactor) {
    /** The longest time that matters to anyone. */
    public double horizonSeconds() {
        return cautionSeconds * clearFactor;
    }

    /** The severity, 0 for none. */
    public int severity(final double seconds, final int before) {
        if (criticalSeconds > 0 && below(seconds, criticalSeconds, before >= Severity.SEVERITY_CRITICAL_VALUE)) {
            return Severity.SEVERITY_CRITICAL_VALUE;
        }
        if (below(seconds, warningSeconds, before >= Severity.SEVERITY_WARNING_VALUE)) {
            return Severity.SEVERITY_WARNING_VALUE;
        }
        if (below(seconds, cautionSeconds, before >= Severity.SEVERITY_CAUTION_VALUE)) {
            return Severity.SEVERITY_CAUTION_VALUE;
        }
        return 0;
    }

    private boolean below(final double seconds, final double threshold, final boolean holds) {
        return seconds <= (holds ? threshold * clearFactor : threshold);
    }
}
