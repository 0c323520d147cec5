package io.luyun.server.research;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.RecordKind;
import java.util.function.Consumer;

/**
 * Looks into payloads for what a selection wants them to be about; one for both journals of a recording. One thread.
 *
 * <pre>
 *   ALERT ────────────────────▶ AlertFilter ──▶ its parties and places
 *   the others ─▶ causes ─┬───▶ RoadUserFilter  BSM PSM RSM SSM
 *                         └───▶ PlaceFilter     RSI MAP SPAT RSC VIR PAM
 * </pre>
 */
final class ContentFilter {
    private final Content content;
    private final SequenceSet causes;
    private final RoadUserFilter roadUsers;
    private final PlaceFilter places;
    private final AlertFilter alerts;
    private final Consumer<Records> passedOver;
    private final boolean ofMessages;
    private final boolean ofAlerts;

    /**
     * Makes one.
     *
     * @param causes records that caused the alerts that are wanted; read for a selection of alerts alone
     */
    ContentFilter(final Selection selection, final SequenceSet causes) {
        this(selection, causes, _ -> {});
    }

    /**
     * The same.
     *
     * @param passedOver is shown the records that are not wanted
     */
    ContentFilter(final Selection selection, final SequenceSet causes, final Consumer<Records> passedOver) {
        this.passedOver = passedOver;
        content = selection.content();
        this.causes = causes;
        roadUsers = new RoadUserFilter(content);
        places = new PlaceFilter(roadUsers);
        alerts = new AlertFilter(selection, roadUsers, places);
        ofMessages = content.ofAlerts() || content.ofRoadUsersOrPlaces();
        ofAlerts = !alerts.wantsAll();
    }

    /** Learns from a record, wanted or not, what is needed for those behind it. */
    void pass(final Records records) {
        if (records.kind() == RecordKind.RECORD_KIND_MAP_VALUE
                && !content.areas().isEmpty()) {
            try {
                places.learn(records);
            } catch (final InvalidProtocolBufferException e) {
                throw unreadable(records, e);
            }
        }
    }

    /** A record is not wanted. */
    void passOver(final Records records) {
        passedOver.accept(records);
    }

    boolean wants(final Records records) {
        try {
            return records.kind() == RecordKind.RECORD_KIND_ALERT_VALUE
                    ? !ofAlerts || alerts.wants(Alert.parseFrom(records.payload()))
                    : !ofMessages || wantsMessage(records);
        } catch (final InvalidProtocolBufferException e) {
            throw unreadable(records, e);
        }
    }

    private boolean wantsMessage(final Records records) throws InvalidProtocolBufferException {
        if (content.ofAlerts() && !causes.contains(records.sequence())) {
            return false;
        }
        return !content.ofRoadUsersOrPlaces()
                || (RoadUsers.tells(records.kind())
                        ? roadUsers.wants(records)
                        : roadUsers.anybody() && places.within(records));
    }

    private static IllegalStateException unreadable(final Records records, final InvalidProtocolBufferException e) {
        return new IllegalStateException("record " + records.sequence() + " is not what its checksum says", e);
    }
}
