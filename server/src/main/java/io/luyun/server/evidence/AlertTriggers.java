package io.luyun.server.evidence;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertReason;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.journal.JournalReader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes triggers of the alerts of a journal as they are written. One thread. */
final class AlertTriggers {
    private final EvidenceConfig.Triggers config;
    private final Consumer<Trigger> incidents;

    AlertTriggers(final EvidenceConfig.Triggers config, final Consumer<Trigger> incidents) {
        this.config = config;
        this.incidents = incidents;
    }

    /** Looks at the record that a reader of the alerts' journal stands at. */
    void on(final JournalReader reader) {
        if (reader.kind() != RecordKind.RECORD_KIND_ALERT_VALUE) {
            return;
        }
        final byte[] payload = new byte[reader.payloadLength()];
        reader.buffer().getBytes(reader.payloadOffset(), payload);
        try {
            on(Alert.parseFrom(payload));
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException("alert " + reader.sequence() + " is not what its checksum says", e);
        }
    }

    private void on(final Alert alert) {
        if (alert.getState() == AlertState.ALERT_STATE_CLEARED) {
            return;
        }
        if (config.hardBraking() && alert.getReason() == AlertReason.ALERT_REASON_HARSH_BRAKING) {
            incidents.accept(trigger(Trigger.Kind.HARD_BRAKING, alert));
        } else if (config.wants(alert.getKindValue(), alert.getSeverityValue())) {
            incidents.accept(trigger(Trigger.Kind.ALERT, alert));
        }
    }

    /** What an alert is a trigger of. */
    static Trigger trigger(final Trigger.Kind kind, final Alert alert) {
        final String name = alert.getKind().name().replace("ALERT_KIND_", "") + " "
                + alert.getSeverity().name().replace("SEVERITY_", "");
        return new Trigger(
                kind,
                alert.getAtNs(),
                place(alert),
                new Trigger.Cause(alert.getSubject().getDeviceId(), alert.getAlertId(), "", name));
    }

    /** Where an alert is: its subject, else what it warns of; null when it tells of no place. */
    static @Nullable Place place(final Alert alert) {
        if (alert.hasPos()) {
            return place(alert.getPos());
        }
        if (alert.getTarget().hasPos()) {
            return place(alert.getTarget().getPos());
        }
        return alert.getEvent().hasPos() ? place(alert.getEvent().getPos()) : null;
    }

    private static Place place(final Position at) {
        return new Place(at.getLat(), at.getLon());
    }
}
