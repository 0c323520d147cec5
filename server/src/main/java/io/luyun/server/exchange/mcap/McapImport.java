package io.luyun.server.exchange.mcap;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.exchange.intake.ContentCheck;
import io.luyun.server.exchange.intake.DeviceIds;
import io.luyun.server.exchange.intake.ImportAccount;
import io.luyun.server.exchange.intake.ImportSource;
import io.luyun.server.exchange.intake.NewRecording;
import io.luyun.server.research.Records;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The records of an MCAP file. One that {@link McapExporter} has written comes back record by record. Of others, messages of
 * {@code luyun.v1} on channels of protobuf are taken, as messages of the device that the channel's metadata name ({@code device}), else
 * of one called like the topic; all other channels are left out and counted. One thread.
 */
public final class McapImport implements ImportSource {
    private static final String PROTOBUF = "protobuf";
    private static final String FOXGLOVE = "foxglove.";

    private final McapReader reader;
    private final RecordHead head = new RecordHead();
    private final ContentCheck check = new ContentCheck();
    private final Renumbering sequences = new Renumbering();
    private final ImportAccount account = new ImportAccount();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private boolean ours;

    /**
     * Opens a file.
     *
     * @throws McapException when it is no MCAP file
     */
    public McapImport(final Path file) throws IOException {
        reader = new McapReader(file);
    }

    @Override
    public boolean next() throws IOException {
        while (reader.next()) {
            final McapChannel channel = reader.channel();
            ours = channel.kind() != 0;
            if (!ours && !(channel.encoding().equals(PROTOBUF) && RecordSchemas.kindOf(channel.schema()) != 0)) {
                if (!channel.schema().startsWith(FOXGLOVE)) {
                    account.leaveOut("topic " + channel.topic());
                }
            } else if (reader.logNs() <= 0 || reader.logNs() > LAST_NS) {
                account.lose("a time before 1970 or after 2200");
            } else if (ours && !head.read(reader.bytes(), reader.offset(), reader.length())) {
                account.lose("a record without its head");
            } else {
                return true;
            }
        }
        return false;
    }

    @Override
    public long timeNs() {
        return reader.logNs();
    }

    @Override
    public void give(final NewRecording to) throws IOException {
        if (ours) {
            giveRecord(to);
        } else {
            giveMessage(to);
        }
    }

    private void giveRecord(final NewRecording to) {
        final int kind = reader.channel().kind();
        final int at = reader.offset() + head.length();
        final int length = reader.length() - head.length();
        buffer.wrap(reader.bytes(), at, length);
        final String problem = length > NewRecording.LONGEST ? "longer than a record can be" : problem(kind, length);
        final boolean message = kind < Records.CONTROL_KINDS;
        if (problem != null && (!message || head.device().isEmpty())) {
            account.lose(name(kind) + ": " + problem);
        } else if (kind == RecordKind.RECORD_KIND_ALERT_VALUE) {
            alert(to, length);
        } else if (problem != null) {
            account.lose(name(kind) + " kept raw: " + problem);
            final byte[] raw = NewRecording.raw(reader.channel().topic(), reader.bytes(), at, length, problem);
            buffer.wrap(raw);
            record(to, RecordKind.RECORD_KIND_RAW_VALUE, raw.length);
        } else {
            record(to, kind, length);
        }
    }

    private @Nullable String problem(final int kind, final int length) {
        if (kind < RecordKind.RECORD_KIND_RAW_VALUE) {
            return check.problem(kind, buffer, 0, length);
        }
        final Descriptor type = RecordSchemas.message(kind);
        if (type == null) {
            return null;
        }
        try {
            return DynamicMessage.parseFrom(type, payload(length)).isInitialized() ? null : "is not complete";
        } catch (final InvalidProtocolBufferException e) {
            return "is not what its kind says";
        }
    }

    private byte[] payload(final int length) {
        final byte[] payload = new byte[length];
        buffer.getBytes(0, payload);
        return payload;
    }

    private void record(final NewRecording to, final int kind, final int length) {
        final long sequence =
                to.record(kind, head.device(), head.number(), head.bootEpoch(), reader.logNs(), buffer, 0, length);
        if (sequence == 0) {
            account.lose("a message that is there already");
        } else {
            sequences.add(head.sequence(), sequence);
            account.record();
        }
    }

    /** Alerts name the records they rest on by their sequences. */
    private void alert(final NewRecording to, final int length) {
        if (!sequences.changed()) {
            to.alert(reader.logNs(), buffer, 0, length);
        } else {
            try {
                final Alert alert = Alert.parseFrom(payload(length));
                final Alert.Builder moved = alert.toBuilder().clearCauseSequences();
                for (final long cause : alert.getCauseSequencesList()) {
                    final long now = sequences.of(cause);
                    if (now == Renumbering.UNKNOWN) {
                        account.lose("a record that an alert rests on");
                    } else {
                        moved.addCauseSequences(now);
                    }
                }
                final byte[] bytes = moved.build().toByteArray();
                to.alert(reader.logNs(), new UnsafeBuffer(bytes), 0, bytes.length);
            } catch (final InvalidProtocolBufferException e) {
                throw new IllegalStateException("an alert that has been read once", e);
            }
        }
        account.record();
    }

    private void giveMessage(final NewRecording to) {
        final McapChannel channel = reader.channel();
        final String id = id(channel);
        final int kind = RecordSchemas.kindOf(channel.schema());
        buffer.wrap(reader.bytes(), reader.offset(), reader.length());
        final String problem = kind == RecordKind.RECORD_KIND_RAW_VALUE
                ? problem(kind, reader.length())
                : check.problem(kind, buffer, 0, reader.length());
        if (problem == null) {
            to.message(kind, id, reader.logNs(), buffer, reader.length());
        } else {
            account.lose(name(kind) + " kept raw: " + problem);
            final byte[] content =
                    Arrays.copyOfRange(reader.bytes(), reader.offset(), reader.offset() + reader.length());
            to.raw(id, channel.topic(), reader.logNs(), content, problem);
        }
        account.record();
    }

    private static String id(final McapChannel channel) {
        final String id = channel.device().isEmpty() ? channel.topic().replaceFirst("^/+", "") : channel.device();
        return id.isEmpty() ? "mcap" : DeviceIds.of(id);
    }

    private static String name(final int kind) {
        final RecordKind known = RecordKind.forNumber(kind);
        return known == null ? "kind " + kind : known.name().replace("RECORD_KIND_", "");
    }

    @Override
    public long octetsRead() {
        return reader.octetsRead();
    }

    @Override
    public ImportAccount account() {
        account.damage(reader.losses());
        return account;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
