package io.luyun.simulator.measure;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertParty;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When the latest messages of each device were sent and should have been, so that an alert can be traced to the message
 * that caused it: the last one that any device named in the alert had sent when the server received the cause. Each
 * device is written by its own loop; any loop may look.
 */
public final class SendTimes {
    /** What {@link #intendedNs} returns when no device named sent anything near that time. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    private static final int KEPT = 8;
    /** How far two clocks of one host may still be apart when their offset has been measured. */
    private static final long CLOCK_ERROR_NS = 300_000;

    private static final long OLDEST_NS = TimeUnit.SECONDS.toNanos(10);

    private final Map<String, Integer> devices = new HashMap<>();
    private final AtomicLongArray sentEpochNs;
    private final AtomicLongArray intendedNs;
    private final int[] next;

    /** For devices with these ids, numbered in this order. */
    public SendTimes(final List<String> deviceIds) {
        for (final String deviceId : deviceIds) {
            devices.put(deviceId, devices.size());
        }
        sentEpochNs = new AtomicLongArray(deviceIds.size() * KEPT);
        for (int i = 0; i < sentEpochNs.length(); i++) {
            sentEpochNs.set(i, Long.MIN_VALUE);
        }
        intendedNs = new AtomicLongArray(deviceIds.size() * KEPT);
        next = new int[deviceIds.size()];
    }

    /**
     * A device has sent something.
     *
     * @param intended when it should have, by the nano clock
     * @param sent when it has, nanoseconds since 1970 of this host's clock
     */
    public void sent(final int device, final long intended, final long sent) {
        final int at = device * KEPT + next[device];
        next[device] = (next[device] + 1) % KEPT;
        intendedNs.setPlain(at, intended);
        sentEpochNs.setRelease(at, sent);
    }

    /** When the message that caused the alert should have been sent, or {@link #UNKNOWN}. */
    public long intendedNs(final Alert alert, final long receivedEpochNs) {
        long latest = receivedEpochNs - OLDEST_NS;
        long intended = UNKNOWN;
        for (final String name : names(alert)) {
            final Integer device = devices.get(name);
            if (device == null) {
                continue;
            }
            for (int at = device * KEPT; at < (device + 1) * KEPT; at++) {
                final long sent = sentEpochNs.getAcquire(at);
                if (sent > latest && sent <= receivedEpochNs + CLOCK_ERROR_NS) {
                    latest = sent;
                    intended = intendedNs.getPlain(at);
                }
            }
        }
        return intended;
    }

    private static List<String> names(final Alert alert) {
        final AlertParty subject = alert.getSubject();
        final AlertParty target = alert.getTarget();
        return Arrays.asList(
                subject.getDeviceId(),
                subject.getSeenBy(),
                target.getDeviceId(),
                target.getSeenBy(),
                alert.getEvent().getDeviceId());
    }
}
