package io.luyun.benchmarks.torture.files;

import io.luyun.benchmarks.torture.Account;
import io.luyun.benchmarks.torture.Books;
import io.luyun.benchmarks.torture.Convoy;
import io.luyun.benchmarks.torture.Fault;
import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.SampleJournal;
import io.luyun.benchmarks.torture.Setup;
import io.luyun.benchmarks.torture.Subject;
import io.luyun.benchmarks.torture.Trial;
import io.luyun.proto.v1.AckLevel;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalException;
import io.luyun.server.journal.JournalReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * F20: a journal that an earlier release wrote, and one of a format that is not known yet. The earlier one is a resource, written by
 * commit 3abda8f, the first that had a journal; docs/torture.md tells how.
 */
final class OldJournal implements Fault {
    private static final String RESOURCE = "journal-0.1.0.zip";
    private static final long RECORDS = 301;
    private static final int VEHICLES = 4;
    private static final int SOME = 500;
    private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long END_SECONDS = 60;
    private static final int NOT_TO_BE_HAD = 3;

    @Override
    public String id() {
        return "F20";
    }

    @Override
    public String what() {
        return "a journal written by the first code of release 0.1.0, and one of a later format";
    }

    @Override
    public String promise() {
        return "the earlier one is read and gone on with, 0 lost, 0 damaged; the later one is refused with one line";
    }

    @Override
    public Outcome run(final Trial trial) throws IOException, InterruptedException {
        final Outcome.Notes notes = new Outcome.Notes();
        final Setup setup = new Setup(trial.directory());
        unpack(setup.journal());
        final Convoy convoy = new Convoy(VEHICLES, AckLevel.ACK_LEVEL_SYNCED);
        notes.figure("earlier records read", read(setup.journal(), notes));
        try (Subject server = Subject.start(setup.start())) {
            server.awaitReady();
            convoy.depart(server.port());
            notes.expect(convoy.awaitAcknowledged(SOME, MOST_WAIT_NANOS), "no acknowledgements on an earlier journal");
            convoy.halt();
            final int code = server.terminate();
            notes.expect(code == Subject.ENDED, "the server ended with " + code);
        }
        notes.figure("read again behind new ones", read(setup.journal(), notes));
        final Account account = Books.of(setup.journal(), convoy.ledgers());
        notes.figure("acknowledged", account.promised())
                .expect(
                        account.lost() == 0 && account.twice() == 0,
                        account.lost() + " lost, " + account.twice() + " twice")
                .expect(account.damaged() == 0, "damaged: " + account.lossyDamage());
        later(setup, notes);
        return notes.outcome();
    }

    /** The first records of a journal must be those of the earlier release; returns how many are. */
    private static long read(final Path journal, final Outcome.Notes notes) {
        long sound = 0;
        try (JournalReader reader = Journal.openReadOnly(journal).reader(1)) {
            while (reader.next() && reader.sequence() <= RECORDS) {
                final byte[] expected = payload(reader.number());
                sound += reader.number() == 0 || SampleJournal.checksum(reader) == checksum(expected) ? 1 : 0;
            }
            notes.expect(reader.damage().isEmpty(), "an earlier journal is damaged: " + reader.damage());
        }
        notes.expect(sound == RECORDS, "of " + RECORDS + " earlier records " + sound + " are read");
        return sound;
    }

    /** What it has in the message with this number. */
    private static byte[] payload(final long number) {
        return ("message " + number + " " + "x".repeat((int) (number % 100))).getBytes(StandardCharsets.US_ASCII);
    }

    private static void later(final Setup setup, final Outcome.Notes notes) throws IOException, InterruptedException {
        Files.writeString(setup.journal().resolve("format"), "luyun journal 2\n");
        final long before = Files.exists(setup.log())
                ? Files.readString(setup.log()).lines().count()
                : 0;
        try (Subject server = Subject.start(setup.start())) {
            final int code = server.awaitEnd(END_SECONDS);
            final List<String> said =
                    Files.readString(setup.log()).lines().skip(before).toList();
            notes.expect(code == NOT_TO_BE_HAD, "on a later journal the server ended with " + code)
                    .expect(
                            said.size() == 1 && said.getFirst().contains("luyun journal 2"),
                            "on a later journal the server says: " + said);
        }
        final @Nullable String refusal = refusal(setup.journal());
        notes.expect(
                refusal != null && refusal.contains("luyun journal 2"),
                "a later journal is read as if its format were known: " + refusal);
    }

    private static @Nullable String refusal(final Path journal) {
        try {
            Journal.openReadOnly(journal);
            return null;
        } catch (final JournalException e) {
            return e.getMessage();
        }
    }

    private static void unpack(final Path journal) throws IOException {
        try (InputStream resource = OldJournal.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IOException("the resource " + RESOURCE + " is missing");
            }
            final ZipInputStream zip = new ZipInputStream(resource);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                final Path file = journal.resolve(entry.getName());
                if (!entry.isDirectory()) {
                    Files.createDirectories(file.getParent());
                    Files.write(file, zip.readAllBytes());
                }
            }
        }
    }

    private static int checksum(final byte[] payload) {
        final CRC32C crc = new CRC32C();
        crc.update(payload);
        return (int) crc.getValue();
    }
}
