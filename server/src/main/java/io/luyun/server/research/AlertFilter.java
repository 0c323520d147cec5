package io.luyun.server.research;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertParty;
import io.luyun.proto.v1.Position;
import java.util.List;

/**
 * Which alerts are wanted: by id and kind, by who or what they are about, and by where that is. Subject and target are their road
 * users; an alert of none is where its event, node or unit is. One thread.
 */
final class AlertFilter {
    private final Content content;
    private final List<Wildcard> devices;
    private final List<Wildcard> units;
    private final RoadUserFilter roadUsers;
    private final PlaceFilter places;

    AlertFilter(final Selection selection, final RoadUserFilter roadUsers, final PlaceFilter places) {
        content = selection.content();
        devices = Wildcard.of(selection.devices());
        units = Wildcard.of(content.units());
        this.roadUsers = roadUsers;
        this.places = places;
    }

    /** Whether every alert is wanted, so that none has to be read. */
    boolean wantsAll() {
        return devices.isEmpty() && units.isEmpty() && !content.ofRoadUsersOrPlaces() && !content.ofAlerts();
    }

    boolean wants(final Alert alert) {
        return (content.alertIds().isEmpty() || content.alertIds().contains(alert.getAlertId()))
                && (content.alertKinds().isEmpty() || content.alertKinds().contains(alert.getKindValue()))
                && (devices.isEmpty() || device(alert.getSubject()) || device(alert.getTarget()))
                && (units.isEmpty() || ofUnit(alert))
                && (!content.ofRoadUsersOrPlaces() || of(alert));
    }

    private boolean device(final AlertParty party) {
        return party.hasDeviceId() && Wildcard.any(devices, party.getDeviceId());
    }

    private boolean ofUnit(final Alert alert) {
        return (alert.getSubject().hasSeenBy()
                        && Wildcard.any(units, alert.getSubject().getSeenBy()))
                || (alert.getTarget().hasSeenBy()
                        && Wildcard.any(units, alert.getTarget().getSeenBy()))
                || (alert.getEvent().hasDeviceId()
                        && Wildcard.any(units, alert.getEvent().getDeviceId()))
                || (alert.getSubject().hasDeviceId()
                        && Wildcard.any(units, alert.getSubject().getDeviceId()));
    }

    private boolean of(final Alert alert) {
        if (party(alert.getSubject(), alert.hasPos(), alert.getPos())
                || party(
                        alert.getTarget(),
                        alert.getTarget().hasPos(),
                        alert.getTarget().getPos())) {
            return true;
        }
        return roadUsers.anybody()
                && ((alert.hasPos() && places.within(alert.getPos()))
                        || (alert.getEvent().hasPos()
                                && places.within(alert.getEvent().getPos()))
                        || (!alert.hasPos() && alert.hasNode() && places.within(alert.getNode())));
    }

    private boolean party(final AlertParty party, final boolean placed, final Position position) {
        final boolean there = placed ? places.within(position) : content.areas().isEmpty();
        return there && (roadUsers.anybody() || named(party));
    }

    private boolean named(final AlertParty party) {
        return (party.hasDeviceId() && roadUsers.hasTrack(party.getDeviceId()))
                || (party.hasSeenBy() && roadUsers.hasTrack(seen(party)))
                || roadUsers.hasId(id(party.getId()));
    }

    private static String seen(final AlertParty party) {
        return party.getSeenBy() + (party.hasObstacleType() ? RoadUsers.OBSTACLE : RoadUsers.SEEN) + party.getPtcId();
    }

    private static long id(final ByteString id) {
        return id.size() == Long.BYTES ? id.asReadOnlyByteBuffer().getLong() : 0;
    }
}
