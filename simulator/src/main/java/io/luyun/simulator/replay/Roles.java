package io.luyun.simulator.replay;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.journal.JournalReader;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The roles of devices, as they said them when they opened their sessions. Sessions end with the process of the server, so what was
 * read before the record in question and since the server's start is enough, and of that no more than can be waited for; it is read
 * when somebody asks. Confined to the thread that asks, but for {@link #stop}.
 */
final class Roles implements AutoCloseable {
    /** Seconds of reading: some 17 minutes of 2,000 messages a second. */
    static final long LOOK_BACK = 2_000_000;

    private final JournalArchive archive;
    private final long lookBack;
    private final Map<String, Role> roles = new HashMap<>();
    private @Nullable JournalReader reader;
    private long readTo;
    private volatile boolean stopped;

    /**
     * Reads nothing yet.
     *
     * @param lookBack so many records before the first one that is asked for are read at most
     */
    Roles(final JournalArchive archive, final long lookBack) {
        this.archive = archive;
        this.lookBack = lookBack;
    }

    /**
     * The role of a device.
     *
     * @param sequence a record of it
     * @param kind the record's kind: tells the role where the session's record is lost or too far back
     */
    Role of(final String deviceId, final long sequence, final int kind) {
        readTo(sequence);
        final Role known = roles.get(deviceId);
        return known != null ? known : usual(kind);
    }

    private void readTo(final long sequence) {
        JournalReader open = reader;
        if (open == null) {
            open = archive.reader(Math.max(runBegin(sequence), sequence - lookBack));
            reader = open;
        }
        while (!stopped && readTo < sequence && open.next()) {
            readTo = open.sequence();
            if (open.kind() == RecordKind.RECORD_KIND_SESSION_OPENED_VALUE) {
                learn(open);
            }
        }
    }

    /** First sequence of the run of a server in which the record was written. */
    private long runBegin(final long sequence) {
        String run = "";
        long begin = 1;
        for (final JournalArchive.Entry file : archive.files()) {
            final String of = file.name().substring(0, Math.max(0, file.name().indexOf('/')));
            if (file.firstSequence() > 0 && file.firstSequence() <= sequence && !of.equals(run)) {
                run = of;
                begin = file.firstSequence();
            }
        }
        return begin;
    }

    private void learn(final JournalReader opened) {
        final byte[] payload = new byte[opened.payloadLength()];
        opened.buffer().getBytes(opened.payloadOffset(), payload);
        try {
            final SessionOpened session = SessionOpened.parseFrom(payload);
            roles.put(session.getDeviceId(), session.getRole());
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException("record " + opened.sequence() + " is not what its checksum says", e);
        }
    }

    private static Role usual(final int kind) {
        return switch (kind) {
            case MessageKind.MESSAGE_KIND_BSM_VALUE,
                    MessageKind.MESSAGE_KIND_VIR_VALUE,
                    MessageKind.MESSAGE_KIND_PSM_VALUE,
                    MessageKind.MESSAGE_KIND_CLPMM_VALUE -> Role.ROLE_OBU;
            default -> Role.ROLE_RSU;
        };
    }

    /** Reads no more; from any thread. */
    void stop() {
        stopped = true;
    }

    @Override
    public void close() {
        final JournalReader open = reader;
        if (open != null) {
            open.close();
        }
    }
}
