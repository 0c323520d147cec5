package io.luyun.benchmarks.torture.files;

import io.luyun.benchmarks.torture.Fault;
import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.SampleJournal;
import io.luyun.benchmarks.torture.SampleJournal.Part;
import io.luyun.benchmarks.torture.Setup;
import io.luyun.benchmarks.torture.Subject;
import io.luyun.benchmarks.torture.Trial;
import io.luyun.proto.v1.RecordKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * F5: bits that flip, pages that are zeros, files that end early, anywhere in what is written. One change after the other is made in
 * the files of a journal, the journal is read, and the change is undone. With a few of them a server is started.
 */
final class BitRot implements Fault {
    private static final int PLACES_PER_CYCLE = 50;
    private static final int MOST_SERVERS = 10;
    private static final int CYCLES_PER_SERVER = 5;
    private static final int FILES = 3;
    private static final int MESSAGES = 150;

    @Override
    public String id() {
        return "F5";
    }

    @Override
    public String what() {
        return "a bit flipped, a page zeroed, a file cut, at random places of closed files";
    }

    @Override
    public String promise() {
        return "100 % detected; every undamaged record is served, none that is damaged; the damaged range is reported;"
                + " a server starts on it";
    }

    @Override
    public Outcome run(final Trial trial) throws IOException, InterruptedException {
        final Random random = trial.random();
        final Setup setup = new Setup(trial.directory());
        final SampleJournal sample = SampleJournal.write(setup.journal(), trial.seed(), parts());
        final Layout layout = Layout.of(setup.journal());
        final Outcome.Notes notes = new Outcome.Notes();
        final Tally tally = new Tally(notes);
        final Inspection inspection = new Inspection(setup.journal(), sample, layout);
        notes.expect(layout.records().size() == sample.entries().size(), "the journal lacks records before any damage");
        for (int place = 0; place < trial.cycles() * PLACES_PER_CYCLE; place++) {
            final Change change = change(layout, random);
            tally.add(change, inspection.of(change));
            change.undo();
        }
        final int servers = Math.min(MOST_SERVERS, 1 + trial.cycles() / CYCLES_PER_SERVER);
        for (int server = 0; server < servers; server++) {
            final Change change = change(layout, random);
            start(setup, change, notes);
            tally.add(change, inspection.of(change));
            change.undo();
        }
        tally.figures(servers);
        return notes.outcome();
    }

    private static List<Part> parts() {
        final long nowNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        return IntStream.rangeClosed(1, FILES)
                .mapToObj(file -> new Part(
                        nowNs - Duration.ofHours(FILES + 1L - file).toNanos(),
                        MESSAGES,
                        List.of(RecordKind.RECORD_KIND_BSM)))
                .toList();
    }

    private static Change change(final Layout layout, final Random random) throws IOException {
        final Path file = layout.files().get(random.nextInt(layout.files().size()));
        final Change.Kind[] kinds = Change.Kind.values();
        return Change.make(kinds[random.nextInt(kinds.length)], file, layout.end(file), random);
    }

    private static void start(final Setup setup, final Change change, final Outcome.Notes notes)
            throws InterruptedException {
        try (Subject server = Subject.start(setup.start())) {
            server.awaitReady();
            final int code = server.terminate();
            notes.expect(code == Subject.ENDED, change.what() + ": the server ended with " + code);
        } catch (final IOException e) {
            notes.trouble(change.what() + ": " + e.getMessage());
        }
    }
}
