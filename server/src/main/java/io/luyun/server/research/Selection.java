package io.luyun.server.research;

import java.util.List;
import java.util.Set;

/**
 * Which records of a journal are wanted; all bounds are inclusive but {@code untilNs}. Immutable.
 *
 * @param firstSequence least sequence
 * @param lastSequence greatest sequence
 * @param fromNs least receive time, ns since 1970
 * @param untilNs receive time from which on nothing is wanted, ns since 1970
 * @param kinds numbers of RecordKind, empty for all
 * @param devices ids of devices, with {@code *} for any characters and {@code ?} for any one; empty for all, else records of no device
 *     are not wanted
 */
public record Selection(
        long firstSequence, long lastSequence, long fromNs, long untilNs, Set<Integer> kinds, List<String> devices) {
    /** Everything. */
    public static final Selection ALL =
            new Selection(1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, Set.of(), List.of());

    public Selection {
        kinds = Set.copyOf(kinds);
        devices = List.copyOf(devices);
    }

    /** The same of these sequences alone. */
    public Selection withSequences(final long first, final long last) {
        return new Selection(first, last, fromNs, untilNs, kinds, devices);
    }

    /** The same of these times alone. */
    public Selection withTimes(final long from, final long until) {
        return new Selection(firstSequence, lastSequence, from, until, kinds, devices);
    }

    /** The same of these kinds alone. */
    public Selection withKinds(final Set<Integer> wanted) {
        return new Selection(firstSequence, lastSequence, fromNs, untilNs, wanted, devices);
    }

    /** The same of these devices alone. */
    public Selection withDevices(final List<String> wanted) {
        return new Selection(firstSequence, lastSequence, fromNs, untilNs, kinds, wanted);
    }

    /** Whether the device with this id is among those named; false where none is. */
    public boolean wantsDevice(final String id) {
        return devices.stream().anyMatch(pattern -> matches(pattern, 0, id, 0));
    }

    private static boolean matches(final String pattern, final int at, final String id, final int from) {
        if (at == pattern.length()) {
            return from == id.length();
        }
        if (pattern.charAt(at) == '*') {
            return matches(pattern, at + 1, id, from) || (from < id.length() && matches(pattern, at, id, from + 1));
        }
        return from < id.length()
                && (pattern.charAt(at) == '?' || pattern.charAt(at) == id.charAt(from))
                && matches(pattern, at + 1, id, from + 1);
    }
}
