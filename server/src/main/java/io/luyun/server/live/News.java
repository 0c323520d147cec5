package io.luyun.server.live;

import io.luyun.proto.v1.Alert;
import java.util.List;

/** What is handed over beside positions: rare, so an object each. Immutable. */
sealed interface News {
    /** What follows is all there is: alerts that stand, events, signals and units not told again are no more. */
    record Everything() implements News {}

    /** A step of an alert. */
    record AlertStep(Alert alert) implements News {}

    /** An operator has acknowledged an alert. */
    record Acknowledged(long alertId, String by, String note, long atNs) implements News {}

    /** Steps and acknowledgements have been left out because nobody took them in time. */
    record AlertsLost(long count) implements News {}

    /** The id of a device. */
    record DeviceName(int index, String id) implements News {}

    /** An event or sign; latitude and longitude are absent together, the radius is in 0.1 m or absent. */
    record Event(long id, boolean sign, int code, int latE7, int lonE7, int radius, String description, String device)
            implements News {}

    /** An event or sign is no more. */
    record EventGone(long id) implements News {}

    /**
     * What signals show.
     *
     * @param latE7 absent together with the longitude where no map told where the node is
     * @param phases empty when nothing was heard of them for long
     */
    record Signals(int region, int nodeId, int latE7, int lonE7, List<Phase> phases) implements News {}

    /**
     * A phase.
     *
     * @param light number of LightState
     * @param endsAtNs when that is likely to end; {@link Long#MIN_VALUE} when that is not said
     */
    record Phase(int phaseId, int light, long endsAtNs) {}

    /** A roadside unit over the last second; latitude and longitude are absent together. */
    record Unit(
            String id,
            int latE7,
            int lonE7,
            boolean online,
            double messagesPerSecond,
            double lostPercent,
            Health health)
            implements News {}

    /** How a unit does. */
    enum Health {
        /** As it did so far. */
        OK,
        /** Less than half of what it sent at its best. */
        SLOW,
        /** Connected, but nothing comes. */
        SILENT,
        /** Not connected. */
        OFFLINE
    }
}
