package io.luyun.server.exchange.mcap;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Severity;
import io.luyun.server.research.Records;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Alerts as pulses in the scene: a disc that lights up at each step of an alert and goes when it is cleared. One thread. */
final class AlertScene {
    private static final long RAISED_NS = 2_000_000_000L;
    private static final long UPDATED_NS = 500_000_000L;
    private static final double RAISED_METRES = 14;
    private static final double UPDATED_METRES = 8;
    private static final double THICK_METRES = 0.15;
    private static final double LABEL_METRES = 5;
    private static final double ALPHA = 0.6;

    private final Topics topics;
    private final Map<Severity, byte[]> colors = new EnumMap<>(Severity.class);
    private final Octets scene = new Octets(1_024);
    private final EntityWriter entities = new EntityWriter(new ProtoWriter(scene));

    AlertScene(final Topics topics) {
        this.topics = topics;
        for (final Severity severity : Severity.values()) {
            colors.put(
                    severity,
                    Look.color(
                            switch (severity) {
                                case SEVERITY_CAUTION -> 0xFFD000;
                                case SEVERITY_WARNING -> 0xFF7A00;
                                case SEVERITY_CRITICAL -> 0xFF1010;
                                default -> 0x30B0FF;
                            },
                            ALPHA));
        }
    }

    /** Draws an alert, when the record is one that says where it is and the scene has a place. */
    void add(final Records record, final @Nullable LocalPlane plane) throws InvalidProtocolBufferException {
        if (record.kind() != RecordKind.RECORD_KIND_ALERT_VALUE || plane == null) {
            return;
        }
        final Alert alert = Alert.parseFrom(record.payload());
        if (!alert.hasPos()) {
            return;
        }
        scene.length(0);
        final String id = "alert-" + alert.getAlertId();
        if (alert.getState() == AlertState.ALERT_STATE_CLEARED) {
            entities.delete(record.receivedAtNs(), id);
        } else {
            draw(record.receivedAtNs(), id, alert, plane);
        }
        topics.write(
                "/scene/alerts",
                FoxgloveSchemas.SCENE_UPDATE,
                record.sequence(),
                record.receivedAtNs(),
                record.receivedAtNs(),
                scene);
    }

    private void draw(final long timeNs, final String id, final Alert alert, final LocalPlane plane) {
        final boolean raised = alert.getState() == AlertState.ALERT_STATE_RAISED;
        final double x = plane.eastMetres(alert.getPos().getLon());
        final double y = plane.northMetres(alert.getPos().getLat());
        final int begun = entities.begin(timeNs, id, raised ? RAISED_NS : UPDATED_NS);
        final byte[] color = colors.getOrDefault(alert.getSeverity(), new byte[0]);
        entities.cylinder(x, y, raised ? RAISED_METRES : UPDATED_METRES, THICK_METRES, color);
        final int label = entities.beginText(x, y, LABEL_METRES);
        scene.utf8(AlertText.kind(alert));
        scene.u8(' ');
        scene.utf8(AlertText.party(alert.getSubject()));
        entities.endText(label);
        entities.end(begun);
    }
}
