package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.monitor.Counter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real server starts on what a power cut may have left. What had been synced is there; of what came later each page of a
 * file is there or not, and so is each file, since the kernel writes back in whatever order it likes.
 */
final class PowerCutTest {
    private static final int PAGE = 4_096;
    private static final int CUTS = 6;
    private static final int SYNCED = 400;
    private static final int UNSYNCED = 400;

    /** No record of time, so that nothing is written while the synced state is copied. */
    private static final String STILL =
            "journal: {tickMillis: 0, blockMiB: 1, touchAheadMiB: 0, checkpointRecords: 1000}";

    @TempDir
    private Path directory;

    private final TestClock clock = new TestClock();

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void whatWasSyncedIsThereAndTheLineGoesOn(final String mode) throws IOException {
        final long seed = System.nanoTime();
        System.out.println("PowerCutTest seed " + seed);
        final Random random = new Random(seed);
        final Path before = directory.resolve("synced");
        final Path after = directory.resolve("later");
        final Path live = Files.createDirectory(directory.resolve("live"));
        try (TestServer server = new TestServer(live, mode, clock, STILL);
                BlockingDevice car = BlockingDevice.open(server.devicePort(), "car-1", 7, AckLevel.ACK_LEVEL_SYNCED)) {
            send(car, 1, SYNCED);
            copy(live, before);
            send(car, SYNCED + 1, SYNCED + UNSYNCED);
            copy(live, after);
        }
        for (int cut = 0; cut < CUTS; cut++) {
            final Path left = directory.resolve("cut-" + cut);
            mix(before, after, left, random, cut == 0);
            startOn(left, mode);
        }
    }

    private void startOn(final Path left, final String mode) throws IOException {
        final long there;
        try (TestServer server = new TestServer(left, mode, clock, STILL)) {
            assertThat(server.count(Counter.ERRORS)).isZero();
            try (BlockingDevice car = BlockingDevice.open(server.devicePort(), "car-1", 7, AckLevel.ACK_LEVEL_SYNCED)) {
                there = car.lastNumber();
                assertThat(there).as("%s", left).isBetween((long) SYNCED, (long) SYNCED + UNSYNCED);
                send(car, SYNCED + 1, SYNCED + UNSYNCED + 10);
            }
        }
        assertThat(numbers(left))
                .as("%s", left)
                .doesNotHaveDuplicates()
                .contains(LongStream.rangeClosed(1, SYNCED).boxed().toArray(Long[]::new))
                .contains(LongStream.rangeClosed(there + 1, SYNCED + UNSYNCED + 10)
                        .boxed()
                        .toArray(Long[]::new));
    }

    /** The numbers in the journal; damage behind what was synced is stepped over. */
    private static List<Long> numbers(final Path directory) {
        final List<Long> numbers = new ArrayList<>();
        try (var reader = io.luyun.server.journal.Journal.openReadOnly(directory.resolve("data/journal"))
                .reader(1)) {
            while (reader.next()) {
                if (reader.kind() == RecordKind.RECORD_KIND_BSM_VALUE) {
                    numbers.add(reader.number());
                }
            }
        }
        return numbers;
    }

    private void send(final BlockingDevice car, final int first, final int last) throws IOException {
        for (int number = first; number <= last; number++) {
            car.send(number, Messages.bsm(1, clock.secMark(), number, 10));
        }
        car.flush();
        long upTo = car.lastNumber() >= last ? last : 0;
        while (upTo < last) {
            upTo = car.awaitAck();
        }
    }

    /** A file that is written beside another and takes its name meanwhile may be there or not, as after a power cut. */
    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (final Path file : files.toList()) {
                final Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!file.toString().endsWith(".new")) {
                    Files.copy(file, target);
                }
            }
        }
    }

    /**
     * Pages of two states of a directory.
     *
     * @param torn whether nothing of the later state is there but the first half of the first page that differs
     */
    private static void mix(final Path before, final Path after, final Path to, final Random random, final boolean torn)
            throws IOException {
        try (Stream<Path> files = Files.walk(after)) {
            for (final Path file : files.toList()) {
                final Path relative = after.relativize(file);
                final Path target = to.resolve(relative.toString());
                final Path earlier = before.resolve(relative.toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!Files.exists(earlier)) {
                    if (!torn && random.nextBoolean()) {
                        Files.write(target, random.nextBoolean() ? new byte[0] : Files.readAllBytes(file));
                    }
                } else {
                    Files.write(target, mix(Files.readAllBytes(earlier), Files.readAllBytes(file), random, torn));
                }
            }
        }
        // as before they were first forced: one without its content, one without its directory entry
        Files.write(to.resolve("data/journal/format"), new byte[0]);
        Files.deleteIfExists(to.resolve("data/alerts/format"));
    }

    private static byte[] mix(final byte[] before, final byte[] after, final Random random, final boolean torn) {
        final byte[] mixed = Arrays.copyOf(before, Math.max(before.length, after.length));
        for (int page = 0; page < after.length; page += PAGE) {
            final int end = Math.min(page + PAGE, after.length);
            final boolean differs = !Arrays.equals(mixed, page, end, after, page, end);
            if (differs && torn) {
                System.arraycopy(after, page, mixed, page, (end - page) / 2);
                return mixed;
            }
            if (differs && random.nextBoolean()) {
                System.arraycopy(after, page, mixed, page, end - page);
            }
        }
        return mixed;
    }
}
