package io.luyun.server.supervise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** When and where what is counted of a vehicle has happened last, so that it can be looked at again. One thread. */
final class Moments {
    private static final int MOST = 20;
    private static final double DEGREES_E7 = 1e7;

    private final Deque<Moment> newest = new ArrayDeque<>();

    /**
     * One of them.
     *
     * @param atNs receive time of the message that tells, ns since 1970
     * @param latE7 where, 1e-7 degrees; both 0 where nobody told
     */
    private record Moment(DayFigures.Count what, long atNs, int latE7, int lonE7) {}

    void add(final DayFigures.Count what, final long atNs, final int latE7, final int lonE7) {
        newest.addFirst(new Moment(what, atNs, latE7, lonE7));
        if (newest.size() > MOST) {
            newest.removeLast();
        }
    }

    /** For people and the page, the newest first. */
    void tell(final ArrayNode list) {
        // The two journals are read one after the other: what alerts tell comes in later than it was.
        final List<Moment> sorted = new ArrayList<>(newest);
        sorted.sort(Comparator.comparingLong(Moment::atNs).reversed());
        for (final Moment moment : sorted) {
            final ObjectNode node = list.addObject();
            node.put("what", moment.what.label()).put("at", VehicleTimes.text(moment.atNs));
            if (moment.latE7 != 0 || moment.lonE7 != 0) {
                node.put("lat", moment.latE7 / DEGREES_E7).put("lon", moment.lonE7 / DEGREES_E7);
            }
        }
    }

    /** Exactly as they are, for going on behind a restart. */
    void keep(final ArrayNode list) {
        newest.forEach(moment -> list.addObject()
                .put("what", moment.what.name())
                .put("atNs", moment.atNs)
                .put("latE7", moment.latE7)
                .put("lonE7", moment.lonE7));
    }

    void restore(final JsonNode list) {
        newest.clear();
        for (final JsonNode node : list) {
            newest.addLast(new Moment(
                    DayFigures.Count.valueOf(node.path("what").asText()),
                    node.path("atNs").asLong(),
                    node.path("latE7").asInt(),
                    node.path("lonE7").asInt()));
        }
    }
}
