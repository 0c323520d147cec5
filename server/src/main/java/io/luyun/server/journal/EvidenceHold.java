package io.luyun.server.journal;

import java.time.Instant;

/**
 * A span of a journal that stays as it is, whatever the rules of retention say.
 *
 * @param id by which it is removed again, for example H3
 * @param start its first instant of receive time
 * @param end the instant behind its last
 * @param reason why, for people
 * @param noted when it was added
 */
public record EvidenceHold(String id, Instant start, Instant end, String reason, Instant noted) {
    /** Whether it has an instant in common with a span, both ends of which belong to that. */
    boolean touches(final long firstNs, final long lastNs) {
        return start.isBefore(Instant.EPOCH.plusNanos(lastNs).plusNanos(1))
                && end.isAfter(Instant.EPOCH.plusNanos(firstNs));
    }
}
