package io.luyun.server.exchange.place;

import io.luyun.proto.codec.RoadUserReader;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertParty;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.ReferencePath;
import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.RoadSign;
import io.luyun.proto.v1.Rsi;
import io.luyun.server.research.Records;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Features of steps of alerts, and of events and signs of RSI: a point where they are, else the stretches of road they concern. Units say
 * the same event over and over; it is a feature when it is new or told otherwise than before, as far as the last few thousand are
 * remembered. One thread.
 */
final class EventFeatures {
    private static final int ABSENT = RoadUserReader.ABSENT;
    private static final int REMEMBERED = 4_096;

    private final FeatureFile file;
    private final Map<String, Object> told = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<String, Object> eldest) {
            return size() > REMEMBERED;
        }
    };

    EventFeatures(final FeatureFile file) {
        this.file = file;
    }

    /** Writes those of a record; answers how many. */
    int add(final Records record) throws IOException {
        return switch (record.kind()) {
            case RecordKind.RECORD_KIND_ALERT_VALUE -> alert(record, Alert.parseFrom(record.payload()));
            case RecordKind.RECORD_KIND_RSI_VALUE -> information(record, Rsi.parseFrom(record.payload()));
            default -> 0;
        };
    }

    private int alert(final Records record, final Alert alert) throws IOException {
        if (alert.hasPos()) {
            point(alert.getPos());
        } else {
            file.nowhere();
        }
        file.text("kind", "alert")
                .text("alert", alert.getKind().name().replace("ALERT_KIND_", ""))
                .text("state", alert.getState().name().replace("ALERT_STATE_", ""))
                .text("severity", alert.getSeverity().name().replace("SEVERITY_", ""))
                .text("alert_id", Long.toUnsignedString(alert.getAlertId()));
        party("subject", alert.getSubject());
        party("target", alert.getTarget());
        file.time("at", alert.getAtNs())
                .time("raised_at", alert.getRaisedAtNs())
                .number("sequence", record.sequence())
                .fixed(
                        "time_to_collision_s",
                        alert.hasTimeToCollisionMs() ? alert.getTimeToCollisionMs() : ABSENT,
                        1,
                        3)
                .fixed("distance_m", alert.hasDistanceCm() ? alert.getDistanceCm() : ABSENT, 1, 2)
                .fixed("speed_mps", alert.hasSpeed() ? alert.getSpeed() : ABSENT, 2, 2)
                .end();
        return 1;
    }

    /** By the name of its track: its device, or the unit that sees it and the number there. */
    private void party(final String name, final AlertParty party) throws IOException {
        if (party.hasDeviceId()) {
            file.text(name, party.getDeviceId());
        } else if (party.hasSeenBy()) {
            file.text(name, party.getSeenBy() + (party.hasObstacleType() ? "/obstacle-" : "/") + party.getPtcId());
        }
    }

    private int information(final Records record, final Rsi rsi) throws IOException {
        int features = 0;
        for (final RoadEvent event : rsi.getEventsList()) {
            if (isNew(record.deviceId() + "/event-" + event.getEventId(), event)) {
                begin(event.hasPos(), event.getPos(), event.getReferencePathsList());
                end(record, "event", event.getEventId(), event.getEventType(), event.getDescription());
                features++;
            }
        }
        for (final RoadSign sign : rsi.getSignsList()) {
            if (isNew(record.deviceId() + "/sign-" + sign.getSignId(), sign)) {
                begin(sign.hasPos(), sign.getPos(), sign.getReferencePathsList());
                end(record, "sign", sign.getSignId(), sign.getSignType(), sign.getDescription());
                features++;
            }
        }
        return features;
    }

    private boolean isNew(final String id, final Object content) {
        return !content.equals(told.put(id, content));
    }

    private void begin(final boolean placed, final Position pos, final List<ReferencePath> paths) throws IOException {
        final List<ReferencePath> lines =
                paths.stream().filter(path -> path.getActivePathCount() > 1).toList();
        if (placed) {
            point(pos);
        } else if (lines.isEmpty()) {
            file.nowhere();
        } else {
            final boolean several = lines.size() > 1;
            file.lines(several);
            for (int i = 0; i < lines.size(); i++) {
                if (i > 0) {
                    file.nextLine();
                }
                for (final Position point : lines.get(i).getActivePathList()) {
                    file.linePosition(point.getLat(), point.getLon(), elevation(point));
                }
            }
            file.endLines(several);
        }
    }

    private void end(final Records record, final String kind, final int id, final int code, final String description)
            throws IOException {
        file.text("kind", kind)
                .text("device", record.deviceId())
                .number("id", id)
                .number("code", code);
        if (!description.isEmpty()) {
            file.text("description", description);
        }
        file.time("at", record.receivedAtNs())
                .number("sequence", record.sequence())
                .end();
    }

    private void point(final Position pos) throws IOException {
        file.point(pos.getLat(), pos.getLon(), elevation(pos));
    }

    private static int elevation(final Position pos) {
        return pos.hasElevation() ? pos.getElevation() : ABSENT;
    }
}
