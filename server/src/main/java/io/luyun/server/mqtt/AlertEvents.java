package io.luyun.server.mqtt;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.EventSource;
import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.TimeSpan;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.TimeUnit;

/** Makes of an alert what a roadside unit can broadcast: an event of RSI. Stateless. */
final class AlertEvents {
    /** How long an event holds when nothing more is heard of its alert; chosen here. */
    private static final long HOLDS_NS = TimeUnit.SECONDS.toNanos(60);

    private static final int EVENT_IDS = 256;
    private static final int COUNTS = 128;
    private static final int PRIORITY_MAX = 7;
    private static final int MINUTES_A_DAY = 1_440;
    private static final int MINUTES_AN_HOUR = 60;

    private AlertEvents() {}

    /**
     * The event. It holds from the minute the alert was raised to a minute behind its last step; one that is over ends in
     * the minute it ended.
     */
    static RoadEvent event(final Alert alert, final AlertTable.Row row) {
        final long endNs = over(alert) ? alert.getAtNs() : alert.getAtNs() + HOLDS_NS;
        final RoadEvent.Builder event = RoadEvent.newBuilder()
                .setEventId((int) Long.remainderUnsigned(alert.getAlertId(), EVENT_IDS))
                .setEventType(row.typeOf(alert))
                .setEventSource(EventSource.EVENT_SOURCE_DETECTION)
                .setPos(row.placeOf(alert))
                .setDescription(name(alert))
                .setTimeSpan(TimeSpan.newBuilder()
                        .setStartTime(minuteOfYear(alert.getRaisedAtNs()))
                        .setEndTime(minuteOfYear(endNs)))
                .setPriority(Math.clamp(2L * alert.getSeverityValue() - 1, 0, PRIORITY_MAX));
        if (row.radiusOf(alert) > 0) {
            event.setRadius(row.radiusOf(alert));
        }
        return event.build();
    }

    /** The event in a message of its own; the reference position is the unit's, or the event's where that is not known. */
    static Rsi rsi(final Alert alert, final AlertTable.Row row, final Unit unit, final int count) {
        final RoadEvent event = event(alert, row);
        return Rsi.newBuilder()
                .setMsgCnt(count % COUNTS)
                .setMoy(minuteOfYear(alert.getAtNs()))
                .setId(ByteString.copyFrom(
                        ByteBuffer.allocate(Long.BYTES).putLong(unit.octets()).flip()))
                .setRefPos(unit.place() == null ? event.getPos() : unit.place())
                .addEvents(event)
                .build();
    }

    static boolean over(final Alert alert) {
        return alert.getState() == AlertState.ALERT_STATE_CLEARED;
    }

    private static String name(final Alert alert) {
        return alert.getKind().name().replace("ALERT_KIND_", "");
    }

    private static int minuteOfYear(final long timeNs) {
        final ZonedDateTime utc = Instant.ofEpochSecond(0, timeNs).atZone(ZoneOffset.UTC);
        return (utc.getDayOfYear() - 1) * MINUTES_A_DAY + utc.getHour() * MINUTES_AN_HOUR + utc.getMinute();
    }
}
