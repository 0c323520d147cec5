package io.luyun.server.exchange.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.RawMessage;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.proto.v1.SessionClosed;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalWriter;
import io.luyun.server.research.Records;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A journal in the making, and beside it that of its alerts, with the times of what is brought in. Every message stands in a session
 * of its device: where the file has none, one is made up, and its agent says so. One thread.
 */
public final class NewRecording implements AutoCloseable {
    /** What a made-up session gives as its agent, and a made-up start of a server as its version. */
    public static final String MADE_UP = "luyun journal import";

    /** Longest payload of a record, octets. */
    public static final int LONGEST = 128 << 10;

    private static final int NO_DEVICE = -1;

    private final Path directory;
    private final Opening opening;
    private final Map<String, OpenSessions> devices = new HashMap<>();
    private final UnsafeBuffer made = new UnsafeBuffer(0, 0);
    private @Nullable Journal journal;
    private @Nullable Journal alerts;
    private long nowNs;
    private boolean started;
    private boolean duplicate;
    private long records;
    private long alertRecords;
    private long later;
    private long duplicates;

    /** Opens a journal for writing, on a clock that says when what is written was received. */
    @FunctionalInterface
    public interface Opening {
        /** Opens it. */
        Journal open(Path directory, EpochNanoClock clock);
    }

    /**
     * A recording that is made as things come; without any, there is none.
     *
     * @param directory where {@code journal} and {@code alerts} are made
     */
    public NewRecording(final Path directory, final Opening opening) {
        this.directory = directory;
        this.opening = opening;
    }

    /**
     * Writes a record as it stood in another journal, a message in its device's numbering.
     *
     * @param length at most {@link #LONGEST}
     * @return its sequence; 0 when the message stands there already
     * @throws IllegalStateException when the journal does not take it
     */
    public long record(
            final int kind,
            final String deviceId,
            final long number,
            final long bootEpoch,
            final long timeNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        at(timeNs);
        started |= kind == RecordKind.RECORD_KIND_SERVER_STARTED_VALUE;
        if (deviceId.isEmpty()) {
            return offer(kind, NO_DEVICE, number, OpenSessions.NONE, buffer, offset, length);
        }
        final OpenSessions device = device(deviceId);
        if (kind >= Records.CONTROL_KINDS) {
            final long session = control(kind, device, buffer, offset, length);
            return offer(kind, device.index(), number, session, buffer, offset, length);
        }
        long session = device.of(bootEpoch);
        if (session == OpenSessions.NONE) {
            session = open(device, deviceId, bootEpoch, roleOf(kind));
        }
        return offer(kind, device.index(), number, session, buffer, offset, length);
    }

    /** Writes a message that has no numbering of its own, in one that is made up. */
    public void message(
            final int kind, final String deviceId, final long timeNs, final DirectBuffer buffer, final int length) {
        if (!started) {
            at(timeNs);
            started = true;
            offer(
                    RecordKind.RECORD_KIND_SERVER_STARTED_VALUE,
                    NO_DEVICE,
                    ServerStarted.newBuilder().setVersion(MADE_UP).build());
        }
        final OpenSessions device = device(deviceId);
        record(kind, deviceId, device.nextNumber(), device.madeUpEpoch(Math.max(1, timeNs)), timeNs, buffer, 0, length);
    }

    /** Keeps what is no message as it came; cut where it is longer than a record can be. */
    public void raw(
            final String deviceId, final String topic, final long timeNs, final byte[] bytes, final String why) {
        final byte[] kept = raw(topic, bytes, 0, bytes.length, why);
        message(RecordKind.RECORD_KIND_RAW_VALUE, deviceId, timeNs, new UnsafeBuffer(kept), kept.length);
    }

    /** A RawMessage of that. */
    public static byte[] raw(
            final String topic, final byte[] bytes, final int offset, final int length, final String why) {
        final int most = LONGEST - topic.length() - why.length() - 1_024;
        return RawMessage.newBuilder()
                .setTopic(topic)
                .setPayload(com.google.protobuf.ByteString.copyFrom(bytes, offset, Math.min(length, most)))
                .setReason(why)
                .build()
                .toByteArray();
    }

    /** Writes an alert; its own time never lies before that of the alert before it. */
    public void alert(final long timeNs, final DirectBuffer buffer, final int offset, final int length) {
        at(timeNs);
        Journal to = alerts;
        if (to == null) {
            to = opening.open(directory.resolve("alerts"), () -> nowNs).start();
            alerts = to;
        }
        to.writer().append(RecordKind.RECORD_KIND_ALERT_VALUE, NO_DEVICE, 0, timeNs, buffer, offset, length);
        alertRecords++;
    }

    private void at(final long timeNs) {
        if (timeNs < nowNs) {
            later++;
        }
        nowNs = Math.max(nowNs, timeNs);
    }

    private OpenSessions device(final String id) {
        OpenSessions device = devices.get(id);
        if (device == null) {
            device = new OpenSessions(journal().devices().indexOf(id));
            devices.put(id, device);
        }
        return device;
    }

    /** What a record that is no message changes of the device's sessions; answers the session it is about, where it is one. */
    private static long control(
            final int kind, final OpenSessions device, final DirectBuffer buffer, final int offset, final int length) {
        final byte[] payload = new byte[length];
        buffer.getBytes(offset, payload);
        try {
            if (kind == RecordKind.RECORD_KIND_SESSION_OPENED_VALUE) {
                final SessionOpened opened = SessionOpened.parseFrom(payload);
                device.opened(opened.getSessionId(), opened.getBootEpoch(), opened.getBeside());
                return opened.getSessionId();
            }
            if (kind == RecordKind.RECORD_KIND_SESSION_CLOSED_VALUE) {
                final SessionClosed closed = SessionClosed.parseFrom(payload);
                device.closed(closed.getSessionId());
                return closed.getSessionId();
            }
            return OpenSessions.NONE;
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("a record of kind " + kind + " that is not what its kind says", e);
        }
    }

    private long open(final OpenSessions device, final String id, final long bootEpoch, final Role role) {
        final long session = journal().devices().newSessionId();
        final boolean beside = device.hasMain();
        final SessionOpened.Builder opened = SessionOpened.newBuilder()
                .setSessionId(session)
                .setDeviceId(id)
                .setRole(role)
                .setBootEpoch(bootEpoch)
                .setAgent(MADE_UP);
        if (beside) {
            opened.setBeside(true);
        }
        device.opened(session, bootEpoch, beside);
        final byte[] payload = opened.build().toByteArray();
        made.wrap(payload);
        offer(RecordKind.RECORD_KIND_SESSION_OPENED_VALUE, device.index(), 0, session, made, 0, payload.length);
        return session;
    }

    private static Role roleOf(final int kind) {
        return switch (kind) {
            case MessageKind.MESSAGE_KIND_BSM_VALUE,
                    MessageKind.MESSAGE_KIND_PSM_VALUE,
                    MessageKind.MESSAGE_KIND_VIR_VALUE,
                    MessageKind.MESSAGE_KIND_CLPMM_VALUE -> Role.ROLE_OBU;
            default -> Role.ROLE_RSU;
        };
    }

    private void offer(final int kind, final int device, final MessageLite message) {
        final byte[] payload = message.toByteArray();
        made.wrap(payload);
        offer(kind, device, 0, OpenSessions.NONE, made, 0, payload.length);
    }

    private long offer(
            final int kind,
            final int device,
            final long number,
            final long session,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        final JournalWriter writer = journal().writer();
        duplicate = false;
        final long before = writer.appendedSequence();
        final boolean offered = writer.offer(kind, device, number, session, nowNs, buffer, offset, length);
        writer.doWork();
        if (offered && !duplicate && writer.appendedSequence() == before) {
            // at the end of the intake's ring the first turn finds nothing but the rest of the ring
            writer.doWork();
        }
        if (!offered || (!duplicate && writer.appendedSequence() == before)) {
            throw new IllegalStateException("the journal does not take records: " + writer.refusal());
        }
        if (duplicate) {
            duplicates++;
            return 0;
        }
        records++;
        return writer.appendedSequence();
    }

    private Journal journal() {
        Journal to = journal;
        if (to == null) {
            to = opening.open(directory.resolve("journal"), () -> nowNs);
            to.writer().observe((session, kind, number, sequence, again) -> duplicate = again, sequence -> {});
            to.start();
            journal = to;
        }
        return to;
    }

    /** Records of the journal written so far, those made up among them. */
    public long records() {
        return records;
    }

    /** Alerts written so far. */
    public long alertRecords() {
        return alertRecords;
    }

    /** Records whose time was before that of the one before them, and which got that. */
    public long later() {
        return later;
    }

    /** Messages that stood there already, by their device, boot epoch and number. */
    public long duplicates() {
        return duplicates;
    }

    @Override
    public void close() {
        final Journal first = journal;
        final Journal second = alerts;
        journal = null;
        alerts = null;
        try {
            if (first != null) {
                first.close();
            }
        } finally {
            if (second != null) {
                second.close();
            }
        }
    }
}
