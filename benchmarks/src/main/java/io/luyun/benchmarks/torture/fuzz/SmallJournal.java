package io.luyun.benchmarks.torture.fuzz;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.codec.DeviceFrameReader;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.journal.JournalReader;
import io.luyun.server.journal.JournalWriter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/** A data directory with a message of every kind in its journal, written by the server's own writer. */
final class SmallJournal {
    private final Path data;

    private SmallJournal(final Path data) {
        this.data = data;
    }

    /** Writes one. */
    static SmallJournal write(final Path data) throws InvalidProtocolBufferException {
        final SmallJournal small = new SmallJournal(data);
        final JournalConfig config = new JournalConfig(
                small.journal().toString(), 2_000, 256, 1_024, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0);
        try (Journal journal = Journal.open(config, () -> Port.NOW_NS, new Counters(), new Latencies(), error -> {
            throw new IllegalStateException(error);
        })) {
            journal.writer().observe((session, kind, number, sequence, duplicate) -> {}, sequence -> {});
            journal.start();
            fill(journal);
        }
        return small;
    }

    private static void fill(final Journal journal) {
        final int device = journal.devices().indexOf("fuzz-1");
        final long session = journal.devices().newSessionId();
        final byte[] opened = SessionOpened.newBuilder()
                .setSessionId(session)
                .setDeviceId("fuzz-1")
                .setRole(Role.ROLE_RSU)
                .setBootEpoch(1)
                .build()
                .toByteArray();
        offer(journal.writer(), RecordKind.RECORD_KIND_SESSION_OPENED_VALUE, device, 0, session, opened);
        final DeviceFrameReader frames = new DeviceFrameReader();
        long number = 0;
        for (final byte[] frame : new FrameTarget().seeds()) {
            if (frames.wrap(new UnsafeBuffer(frame), 0, frame.length) && frames.messageKind() != 0) {
                final int from = frames.bodyOffset();
                offer(
                        journal.writer(),
                        frames.messageKind(),
                        device,
                        ++number,
                        session,
                        Arrays.copyOfRange(frame, from, from + frames.bodyLength()));
            }
        }
    }

    private static void offer(
            final JournalWriter writer,
            final int kind,
            final int device,
            final long number,
            final long session,
            final byte[] payload) {
        if (!writer.offer(kind, device, number, session, Port.NOW_NS, new UnsafeBuffer(payload), 0, payload.length)) {
            throw new IllegalStateException("full");
        }
        int done = writer.doWork();
        while (done > 0) {
            done = writer.doWork();
        }
    }

    /** The data directory. */
    Path data() {
        return data;
    }

    /** The directory of the journal in it. */
    Path journal() {
        return data.resolve("journal");
    }

    /** The file of its records, the first where there are several. */
    Path file() throws IOException {
        try (Stream<Path> files = Files.walk(journal())) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Every record as it stands in the file. */
    List<byte[]> records() {
        final List<byte[]> records = new ArrayList<>();
        try (JournalReader reader = Journal.openReadOnly(journal()).reader(1)) {
            while (reader.next()) {
                final byte[] record = new byte[reader.recordLength()];
                reader.buffer().getBytes(reader.recordOffset(), record);
                records.add(record);
            }
        }
        return records;
    }
}
