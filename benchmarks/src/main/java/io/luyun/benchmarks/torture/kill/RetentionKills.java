package io.luyun.benchmarks.torture.kill;

import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.SampleJournal;
import io.luyun.benchmarks.torture.SampleJournal.Part;
import io.luyun.benchmarks.torture.Subject;
import io.luyun.benchmarks.torture.Trial;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.journal.JournalCheck;
import io.luyun.server.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Kills {@code luyun journal retain} between any two of its steps. The journal has two files that go as a whole, two of which what
 * vehicles said must stay, and one that is too young.
 */
final class RetentionKills {
    private static final String RULES = """
            testVehicles: {days: 365}
            bystanders: {days: 30}
            infrastructure: {days: 30}
            """;
    private static final int MESSAGES = 60;
    private static final long END_SECONDS = 30;
    private static final long SESSION = 1L << 8;

    private final FaultAgent agent;
    private final Trial trial;
    private final Random random;
    private final long nowNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());

    RetentionKills(final FaultAgent agent, final Trial trial) {
        this.agent = agent;
        this.trial = trial;
        this.random = trial.random();
    }

    /** Kills at those of the points that retention passes; returns how many kills there were. */
    int run(final List<Point> points, final Outcome.Notes notes) throws IOException, InterruptedException {
        final List<Point> own =
                points.stream().filter(point -> point.stage().retention()).toList();
        if (own.isEmpty()) {
            return 0;
        }
        final Path original = trial.directory().resolve("retained");
        final SampleJournal sample = SampleJournal.write(original, trial.seed(), parts());
        final Path rules = Files.writeString(trial.directory().resolve("rules.yaml"), RULES);
        int kills = 0;
        for (final Point point : own) {
            for (int cycle = 1; cycle <= trial.cycles(); cycle++) {
                final Path journal = copy(original, trial.directory().resolve("retaining-" + kills++));
                final int passage = 1 + random.nextInt(point.stage().most());
                final int code = retain(journal, rules, List.of(agent.kill(point, passage)));
                final String when = point + " at passage " + passage;
                notes.expect(code == Passages.KILLED, when + ": retention ended with " + code + " instead");
                check(when, journal, sample, false, notes);
                final int again = retain(journal, rules, List.of());
                notes.expect(again == 0, when + ": the next retention ended with " + again);
                check(when + ", done again", journal, sample, true, notes);
                final long known = numbered(journal);
                notes.expect(
                        known == sample.highest(),
                        when + ": the journal knows number " + known + " as the last, and it was " + sample.highest());
            }
        }
        return kills;
    }

    private List<Part> parts() {
        final List<RecordKind> kinds = List.of(
                RecordKind.RECORD_KIND_BSM,
                RecordKind.RECORD_KIND_RSM,
                RecordKind.RECORD_KIND_RSI,
                RecordKind.RECORD_KIND_RSM);
        final List<Part> parts = new ArrayList<>();
        for (final int days : new int[] {410, 405, 110, 105, 1}) {
            parts.add(new Part(nowNs - Duration.ofDays(days).toNanos(), MESSAGES, kinds));
        }
        return parts;
    }

    private int retain(final Path journal, final Path rules, final List<String> flags)
            throws IOException, InterruptedException {
        final List<String> small = new ArrayList<>(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        small.addAll(flags);
        final List<String> command = new ArrayList<>(Subject.java(small, Subject.SERVER_MAIN));
        command.addAll(List.of("journal", "retain", journal.toString(), "--rules", rules.toString(), "--apply"));
        final Path log = trial.directory().resolve("retention.log");
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("journal retain still runs after " + END_SECONDS + " s");
        }
        return process.exitValue();
    }

    /** Whether what must stay is there and, when it is done, nothing else. */
    private static void check(
            final String when,
            final Path journal,
            final SampleJournal sample,
            final boolean done,
            final Outcome.Notes notes) {
        final JournalArchive archive = Journal.openReadOnly(journal);
        final Set<Long> served = new HashSet<>();
        try (JournalReader reader = archive.reader(1)) {
            while (reader.next()) {
                final SampleJournal.Entry entry = sample.entries().get(reader.sequence());
                notes.expect(
                        entry != null && entry.checksum() == SampleJournal.checksum(reader),
                        when + ": record " + reader.sequence() + " is not what was written");
                served.add(reader.sequence());
            }
        }
        for (final Map.Entry<Long, SampleJournal.Entry> one : sample.entries().entrySet()) {
            final boolean there = served.contains(one.getKey());
            notes.expect(there || !stays(one.getValue()), when + ": record " + one.getKey() + " must stay and is gone")
                    .expect(
                            !there || !done || stays(one.getValue()),
                            when + ": record " + one.getKey() + " must go and is there");
        }
        final JournalCheck check = archive.check();
        notes.expect(check.sound(), when + ": not sound: " + check.damage())
                .expect(archive.findings().isEmpty(), when + ": " + archive.findings());
    }

    private static boolean stays(final SampleJournal.Entry entry) {
        final boolean message = entry.number() > 0;
        return entry.run() > 4 || (entry.run() > 2 && (!message || entry.kind() == RecordKind.RECORD_KIND_BSM_VALUE));
    }

    /** The highest number the journal knows of the device, as its next session would hear it. */
    private long numbered(final Path directory) {
        final AtomicLong told = new AtomicLong();
        try (Journal journal = SampleJournal.open(directory, nowNs)) {
            journal.writer().observe((session, kind, number, sequence, duplicate) -> told.set(number), sequence -> {});
            final byte[] opened = SessionOpened.newBuilder()
                    .setDeviceId(SampleJournal.DEVICE)
                    .build()
                    .toByteArray();
            journal.writer()
                    .offer(
                            RecordKind.RECORD_KIND_SESSION_OPENED_VALUE,
                            journal.devices().indexOf(SampleJournal.DEVICE),
                            0,
                            SESSION,
                            nowNs,
                            new UnsafeBuffer(opened),
                            0,
                            opened.length);
            journal.writer().doWork();
        }
        return told.get();
    }

    private static Path copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (final Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
        return to;
    }
}
