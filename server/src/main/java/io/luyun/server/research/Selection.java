package io.luyun.server.research;

import java.util.List;
import java.util.Set;

/**
 * Which records of a journal are wanted: those for which all of it holds. All bounds are inclusive but {@code untilNs}. Immutable.
 *
 * @param firstSequence least sequence
 * @param lastSequence greatest sequence
 * @param fromNs least receive time, ns since 1970
 * @param untilNs receive time from which on nothing is wanted, ns since 1970
 * @param kinds numbers of RecordKind, empty for all
 * @param devices ids of devices, with {@code *} for any characters and {@code ?} for any one; empty for all, else records of no device
 *     are not wanted, but alerts whose subject or target is such a device
 * @param content what they are about
 */
public record Selection(
        long firstSequence,
        long lastSequence,
        long fromNs,
        long untilNs,
        Set<Integer> kinds,
        List<String> devices,
        Content content) {
    /** Everything. */
    public static final Selection ALL =
            new Selection(1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, Set.of(), List.of(), Content.ANY);

    public Selection {
        kinds = Set.copyOf(kinds);
        devices = List.copyOf(devices);
    }

    /** The same of these sequences alone. */
    public Selection withSequences(final long first, final long last) {
        return new Selection(first, last, fromNs, untilNs, kinds, devices, content);
    }

    /** The same of these times alone. */
    public Selection withTimes(final long from, final long until) {
        return new Selection(firstSequence, lastSequence, from, until, kinds, devices, content);
    }

    /** The same of these kinds alone. */
    public Selection withKinds(final Set<Integer> wanted) {
        return new Selection(firstSequence, lastSequence, fromNs, untilNs, wanted, devices, content);
    }

    /** The same of these devices alone. */
    public Selection withDevices(final List<String> wanted) {
        return new Selection(firstSequence, lastSequence, fromNs, untilNs, kinds, wanted, content);
    }

    /** The same with this content alone. */
    public Selection withContent(final Content wanted) {
        return new Selection(firstSequence, lastSequence, fromNs, untilNs, kinds, devices, wanted);
    }

    /** Whether records of the device with this id may be among those wanted. */
    public boolean wantsDevice(final String id) {
        return (devices.isEmpty() || Wildcard.any(Wildcard.of(devices), id))
                && (content.units().isEmpty() || Wildcard.any(Wildcard.of(content.units()), id));
    }
}
