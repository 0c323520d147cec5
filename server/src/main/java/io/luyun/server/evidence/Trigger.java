package io.luyun.server.evidence;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What makes an incident of an instant.
 *
 * @param kind what kind of thing happened
 * @param atNs when, ns since 1970 by the time of the record that tells of it
 * @param place where; null when that is not known, then everything in the zone is of interest
 * @param cause who and what
 */
public record Trigger(Kind kind, long atNs, @Nullable Place place, Cause cause) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** What kind of thing happened. */
    public enum Kind {
        /** An alert of a kind and severity that is set to count. */
        ALERT,
        /** Somebody brakes harshly. */
        HARD_BRAKING,
        /** A person takes over from an automated test vehicle that moves. */
        TAKEOVER,
        /** A test vehicle says that it has failed. */
        FAILURE,
        /** Somebody asks for it. */
        MANUAL;

        /** As it stands in ids: lower case with hyphens. */
        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Who and what.
     *
     * @param device id of the device concerned; empty for none
     * @param alertId the alert; 0 for none
     * @param by who asked for it; empty for what the server saw itself
     * @param reason in words
     */
    public record Cause(String device, long alertId, String by, String reason) {}

    /** An id of the incident it begins, the same whenever the same thing is seen: time, kind, alert or a hash of the rest. */
    public String id() {
        final CRC32 rest = new CRC32();
        rest.update((cause.device() + '\n' + cause.by() + '\n' + cause.reason() + '\n' + atNs + '\n' + place)
                .getBytes(StandardCharsets.UTF_8));
        final String which = cause.alertId() == 0
                ? String.format(Locale.ROOT, "%08x", rest.getValue())
                : Long.toUnsignedString(cause.alertId());
        return TIME.format(Instant.EPOCH.plusNanos(atNs)) + "Z-" + kind.label() + "-" + which;
    }
}
