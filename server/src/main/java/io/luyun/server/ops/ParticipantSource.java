package io.luyun.server.ops;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The road users there are now. May wait for the line: not on the face's thread. */
public interface ParticipantSource {
    /**
     * Looks for one by the number the server gave it; null when it is not on the road.
     *
     * @throws Problem when the line does not answer
     */
    @Nullable
    Trace find(long id);

    /** What the number of a road user, of now or of any time before, tells of where it comes from. */
    Origin origin(long id);

    /**
     * Where a road user was told of first.
     *
     * @param sequence of that record of the journal
     * @param ordinal which of those that the record tells of it is, from 0 on
     */
    record Origin(long sequence, int ordinal) {}

    /**
     * Where a road user is and what is known of it.
     *
     * @param device that reports itself; empty for one that does not
     * @param seenBy roadside unit that sees it and is believed; empty for none
     * @param ptcId its number within that unit
     * @param sightings all units that have seen it lately
     * @param lastSequence of the last message about it
     * @param speedMps NaN where it is not known, as is the heading
     */
    record Trace(
            long id,
            String device,
            String seenBy,
            int ptcId,
            List<Sighting> sightings,
            long lastSequence,
            long firstAtNs,
            long lastAtNs,
            int latE7,
            int lonE7,
            double speedMps,
            double headingDeg) {}

    /**
     * A roadside unit that sees it.
     *
     * @param unit id of the unit
     * @param ptcId its number within the unit
     * @param lastAtNs when the unit told of it last, ns since 1970
     */
    record Sighting(String unit, int ptcId, long lastAtNs) {}
}
