package io.luyun.server.research;

import java.util.List;
import java.util.Set;

/**
 * What records are about, as a part of {@link Selection}; several of one component mean any of them, several components all of them.
 * Immutable.
 *
 * @param participants tracks of road users as {@link RoadUsers#track} names them, with {@code *} and {@code ?}, or temporary ids as 16
 *     hexadecimal digits; empty for all. BSM, PSM, RSM, SSM and alerts tell of road users
 * @param areas where they must be, in every one of these; empty for anywhere. See {@link PlaceFilter} for what each kind is about
 * @param units roadside units: records of these devices, and alerts of what they see or report; with {@code *} and {@code ?}, empty
 *     for all
 * @param alertIds alerts: their steps and the records that caused these; empty for all
 * @param alertKinds numbers of AlertKind, likewise
 */
public record Content(
        List<String> participants, List<Area> areas, List<String> units, Set<Long> alertIds, Set<Integer> alertKinds) {
    /** Whatever it is. */
    public static final Content ANY = new Content(List.of(), List.of(), List.of(), Set.of(), Set.of());

    public Content {
        participants = List.copyOf(participants);
        areas = List.copyOf(areas);
        units = List.copyOf(units);
        alertIds = Set.copyOf(alertIds);
        alertKinds = Set.copyOf(alertKinds);
    }

    /** Whether payloads have to be looked into for it. */
    boolean ofRoadUsersOrPlaces() {
        return !participants.isEmpty() || !areas.isEmpty();
    }

    /** Whether alerts are chosen, and with them the records that caused them. */
    public boolean ofAlerts() {
        return !alertIds.isEmpty() || !alertKinds.isEmpty();
    }
}
