package io.luyun.server.exchange.mcap;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertAcknowledged;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.DamageSealed;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.proto.v1.SessionClosed;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.research.Records;

/** What happened, in lines: alerts with their severity, sessions, starts of the server. One thread. */
final class LogTopic {
    private static final int DEBUG = 1;
    private static final int INFO = 2;
    private static final int WARNING = 3;
    private static final int ERROR = 4;
    private static final int FATAL = 5;

    private final Topics topics;
    private final Octets line = new Octets(1_024);
    private final ProtoWriter out = new ProtoWriter(line);

    LogTopic(final Topics topics) {
        this.topics = topics;
    }

    /** Tells of a record, when there is something to tell. */
    void add(final Records record) throws InvalidProtocolBufferException {
        switch (record.kind()) {
            case RecordKind.RECORD_KIND_ALERT_VALUE -> {
                final Alert alert = Alert.parseFrom(record.payload());
                write(record, level(alert), AlertText.of(alert), "alerts");
            }
            case RecordKind.RECORD_KIND_ALERT_ACKNOWLEDGED_VALUE -> {
                final AlertAcknowledged seen = AlertAcknowledged.parseFrom(record.payload());
                write(record, INFO, "alert " + seen.getAcknowledgement().getAlertId() + " acknowledged", "alerts");
            }
            case RecordKind.RECORD_KIND_SERVER_STARTED_VALUE -> {
                final ServerStarted started = ServerStarted.parseFrom(record.payload());
                write(record, INFO, "server " + started.getVersion() + " started: " + started.getZone(), "server");
            }
            case RecordKind.RECORD_KIND_DAMAGE_SEALED_VALUE -> {
                final DamageSealed sealed = DamageSealed.parseFrom(record.payload());
                write(record, ERROR, "damage from record " + sealed.getFirstSequence() + " sealed off", "server");
            }
            case RecordKind.RECORD_KIND_SESSION_OPENED_VALUE -> {
                final SessionOpened opened = SessionOpened.parseFrom(record.payload());
                write(record, DEBUG, opened.getDeviceId() + " connected: " + opened.getAgent(), "sessions");
            }
            case RecordKind.RECORD_KIND_SESSION_CLOSED_VALUE -> {
                final SessionClosed closed = SessionClosed.parseFrom(record.payload());
                write(record, DEBUG, record.deviceId() + " gone: " + closed.getReason(), "sessions");
            }
            default -> {
                // messages have topics of their own
            }
        }
    }

    private static int level(final Alert alert) {
        if (alert.getState() == AlertState.ALERT_STATE_CLEARED) {
            return INFO;
        }
        return switch (alert.getSeverity()) {
            case SEVERITY_CAUTION -> WARNING;
            case SEVERITY_WARNING -> ERROR;
            case SEVERITY_CRITICAL -> FATAL;
            default -> INFO;
        };
    }

    private void write(final Records record, final int level, final String text, final String name) {
        line.length(0);
        out.time(1, record.receivedAtNs());
        out.varint(2, level);
        out.text(3, text);
        out.text(4, name);
        topics.write(
                "/log", FoxgloveSchemas.LOG, record.sequence(), record.receivedAtNs(), record.receivedAtNs(), line);
    }
}
