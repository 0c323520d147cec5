package io.luyun.server.exchange.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.luyun.server.exchange.intake.ContentCheck;
import io.luyun.server.exchange.intake.MergedSources;
import io.luyun.server.exchange.intake.NewRecording;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import io.luyun.server.research.Selection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in a file, import refuses it in one line, or makes a journal of messages that a server would take. */
final class FcdFuzzTest {
    private static final int DAMAGED = 40;
    private static final int VALUES = 400;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> ODD = List.of(
            "",
            "-1",
            "180",
            "-180",
            "180.00000001",
            "1e3",
            "-1e-9",
            "1e400",
            "-1e400",
            "NaN",
            "INF",
            "0x1p3",
            "1d",
            " 1",
            "1,5",
            "..",
            "-",
            "99999999999999999999",
            "163.81",
            "6143.94",
            "6143.96",
            "360.0001",
            "0.5e2",
            "١");

    @TempDir
    private Path directory;

    @Test
    void damagedFilesAreRefusedOrMakeAJournal() throws IOException {
        final long seed = System.nanoTime();
        System.out.println("FcdFuzzTest seed " + seed);
        final Random random = new Random(seed);
        final byte[] plain = file(random, 40, 0).getBytes(StandardCharsets.UTF_8);
        final ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        int whole = 0;
        int damaged = 0;
        for (int round = 0; round < DAMAGED; round++) {
            final byte[] bytes = mutated(round % 2 == 0 ? plain : packed.toByteArray(), random);
            final Outcome outcome = bring(bytes, "seed " + seed + " round " + round);
            whole += outcome == Outcome.WHOLE ? 1 : 0;
            damaged += outcome == Outcome.DAMAGED ? 1 : 0;
        }
        assertThat(damaged).as("seed %s", seed).isGreaterThan(DAMAGED / 4);
        assertThat(whole).as("seed %s", seed).isLessThan(DAMAGED / 2);
    }

    @Test
    void oddValuesNeverMakeAMessageThatAServerWouldRefuse() throws IOException {
        final long seed = System.nanoTime();
        System.out.println("FcdFuzzTest seed " + seed);
        final Random random = new Random(seed);
        // the first one is in order, so that the file is not refused for it
        final String text = file(random, 1, 0).replace("</fcd-export>", "")
                + file(random, VALUES, 4).substring("<fcd-export>".length());
        assertThat(bring(text.getBytes(StandardCharsets.UTF_8), "seed " + seed)).isEqualTo(Outcome.DAMAGED);
    }

    private enum Outcome {
        REFUSED,
        DAMAGED,
        WHOLE
    }

    private Outcome bring(final byte[] bytes, final String round) throws IOException {
        final Path file = Files.write(directory.resolve("fuzz.xml"), bytes);
        final Path data = Files.createTempDirectory(directory, "back");
        boolean whole = false;
        try (FcdImport source = new FcdImport(file, START);
                NewRecording recording = new NewRecording(data, FcdFuzzTest::open)) {
            new MergedSources(List.of(source)).give(recording, (octets, given) -> {});
            whole = source.account().whole();
            assertThat(source.account().damage())
                    .allSatisfy(line -> assertThat(line).startsWith("line ").doesNotContain("Exception"));
        } catch (final FcdException e) {
            assertThat(e).hasMessageContaining("fuzz.xml");
            return Outcome.REFUSED;
        } catch (final RuntimeException | IOException e) {
            fail(round, e);
        }
        if (Files.isDirectory(data.resolve("journal"))) {
            check(data, round);
        }
        return whole ? Outcome.WHOLE : Outcome.DAMAGED;
    }

    private static void check(final Path data, final String round) {
        final ContentCheck check = new ContentCheck();
        assertThat(Journal.openReadOnly(data.resolve("journal")).check().sound())
                .as(round)
                .isTrue();
        try (Records records = Recording.open(data).records(Selection.ALL)) {
            while (records.next()) {
                if (records.kind() < 64) {
                    final byte[] payload = records.payload();
                    assertThat(check.problem(records.kind(), new UnsafeBuffer(payload), 0, payload.length))
                            .as(round)
                            .isNull();
                }
            }
        }
    }

    private static Journal open(final Path at, final EpochNanoClock clock) {
        final JournalConfig config =
                new JournalConfig(at.toString(), 2_000, 256, 2_048, 1, "FAST_DAILY", 1, 2, 0, 1_000_000, 0);
        return Journal.open(config, clock, new Counters(), new Latencies(), error -> fail("", error));
    }

    /** A file with so many time steps; one in some values is odd, none for 0. */
    private static String file(final Random random, final int steps, final int oddOneIn) {
        final StringBuilder text = new StringBuilder("<fcd-export>\n");
        for (int step = 0; step < steps; step++) {
            text.append("<timestep time=\"").append(step / 10.0).append("\">\n");
            for (int user = 0; user < 5; user++) {
                text.append(random.nextInt(4) == 0 ? "<person" : "<vehicle type=\"bus\"");
                text.append(" id=\"v").append(user).append('"');
                for (final FcdNumber number : FcdNumber.values()) {
                    final boolean odd = oddOneIn > 0 && random.nextInt(oddOneIn) == 0;
                    text.append(' ').append(number.attribute).append("=\"");
                    text.append(odd ? ODD.get(random.nextInt(ODD.size())) : String.valueOf(random.nextInt(20)));
                    text.append('"');
                }
                text.append("/>\n");
            }
            text.append("</timestep>\n");
        }
        return text.append("</fcd-export>\n").toString();
    }

    private static byte[] mutated(final byte[] whole, final Random random) {
        byte[] bytes = whole.clone();
        final int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            final int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default -> {
                    final int from = random.nextInt(bytes.length);
                    final int most = Math.min(bytes.length - at, bytes.length - from);
                    System.arraycopy(bytes, from, bytes, at, Math.min(most, random.nextInt(200)));
                }
            }
        }
        return bytes;
    }
}
