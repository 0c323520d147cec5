package io.luyun.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditLogTest {
    private static final Instant NOW = Instant.parse("2026-11-30T08:00:00.5Z");

    @TempDir
    private Path directory;

    private Path file;
    private AuditLog log;

    @BeforeEach
    void open() {
        file = directory.resolve("audit").resolve(AuditLog.FILE_NAME);
        log = new AuditLog(file, () -> NOW);
    }

    private static AuditEvent event(final int number, final int length) {
        final ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.put("number", number);
        details.put("text", "é路".repeat(length));
        return new AuditEvent("tried", "li@desk", details);
    }

    private AuditChain.Result read() {
        return AuditChain.read(file, _ -> {});
    }

    @Test
    void eachLineNamesTheOneBefore() {
        final List<String> hashes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            hashes.add(log.append(event(i, i * 1_000)));
        }
        final List<AuditChain.Line> lines = new ArrayList<>();
        final AuditChain.Result result = AuditChain.read(file, lines::add);
        assertThat(result.holds()).isTrue();
        assertThat(result.lines()).isEqualTo(10);
        assertThat(result.unfinished()).isZero();
        assertThat(result.head()).isEqualTo(hashes.getLast());
        assertThat(lines).extracting(AuditChain.Line::hash).isEqualTo(hashes);
        for (int i = 0; i < 10; i++) {
            assertThat(lines.get(i).content().path("details").path("number").asInt())
                    .isEqualTo(i);
            assertThat(lines.get(i).content().path("before").asText())
                    .isEqualTo(i == 0 ? "0".repeat(64) : hashes.get(i - 1));
            assertThat(lines.get(i).content().path("at").asText()).isEqualTo("2026-11-30T08:00:00.500Z");
        }
    }

    @Test
    void namesTheFirstLineThatIsBroken() throws Exception {
        for (int i = 0; i < 5; i++) {
            log.append(event(i, 3));
        }
        final List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < 4; i++) {
            // changed
            final List<String> changed = new ArrayList<>(lines);
            changed.set(i, changed.get(i).replace("li@desk", "wu@desk"));
            assertBroken(changed, i + 2);
            // taken out
            final List<String> shorter = new ArrayList<>(lines);
            shorter.remove(i);
            assertBroken(shorter, i + 1);
            // put in
            final List<String> longer = new ArrayList<>(lines);
            longer.add(i, lines.get(i));
            assertBroken(longer, i + 2);
            // no JSON any more
            final List<String> spoilt = new ArrayList<>(lines);
            spoilt.set(i, "}" + lines.get(i));
            assertBroken(spoilt, i + 2);
        }
    }

    private void assertBroken(final List<String> lines, final int first) throws IOException {
        Files.write(file, lines);
        final AuditChain.Result result = read();
        assertThat(result.holds()).isFalse();
        assertThat(result.broken()).isEqualTo(first);
        assertThat(result.finding()).isEqualTo("does not name the line before it");
    }

    @Test
    void aFileOfSomethingElseIsNoAuditLog() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "hello\n{\"event\":7}\n");
        assertThat(read().broken()).isEqualTo(1);
        assertThat(read().finding()).isEqualTo("is no line of an audit log");
    }

    @Test
    void goesOnBehindALineThatItsWriterDidNotFinish() throws Exception {
        log.append(event(1, 1));
        Files.writeString(file, "{\"at\":\"2026-11-30T08:0", StandardOpenOption.APPEND);
        assertThat(read().unfinished()).isEqualTo(2);
        log.append(event(2, 1));
        assertThat(read().holds()).isTrue();
        assertThat(read().lines()).isEqualTo(3);
        assertThat(read().unfinished()).isEqualTo(2);
        // nobody has touched what was begun since
        Files.writeString(file, Files.readString(file).replace("T08:0\n", "T09:0\n"));
        assertThat(read().broken()).isEqualTo(3);
    }

    @Test
    void threadsAndProcessesWriteOneChain() throws Exception {
        final int each = 25;
        final List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            file.toString(),
                            Integer.toString(each))
                    .inheritIO()
                    .start());
        }
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.ofPlatform().start(() -> Writer.write(file, each)));
        }
        for (final Thread thread : threads) {
            thread.join();
        }
        for (final Process process : processes) {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        assertThat(read().holds()).as(read().toString()).isTrue();
        assertThat(read().lines()).isEqualTo(6 * each);
        assertThat(read().unfinished()).isZero();
    }

    /** Writes from a process or thread of its own. */
    static final class Writer {
        private Writer() {}

        public static void main(final String[] arguments) {
            write(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        }

        static void write(final Path file, final int lines) {
            final AuditLog log = new AuditLog(file, () -> NOW);
            for (int i = 0; i < lines; i++) {
                log.append(event(i, i));
            }
        }
    }

    @Test
    void saysWhenItCannotBeWritten() throws Exception {
        Files.write(directory.resolve("audit"), "a file".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> log.append(event(1, 1)))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("the audit log " + file + " cannot be written");
    }

    @Test
    void nobodyElseInTheProcessHasTheFileOpenUnderTheLock() throws Exception {
        log.append(event(0, 1));
        final CountDownLatch within = new CountDownLatch(1);
        final CountDownLatch looked = new CountDownLatch(1);
        final AuditLog slow = new AuditLog(file, () -> {
            within.countDown();
            awaitUninterruptibly(looked);
            return NOW;
        });
        final Thread first = Thread.ofPlatform().start(() -> slow.append(event(1, 1)));
        awaitUninterruptibly(within);
        final Thread second = Thread.ofPlatform().start(() -> log.append(event(2, 1)));
        while (second.getState() != Thread.State.TIMED_WAITING) {
            assertThat(second.isAlive()).isTrue();
            Thread.onSpinWait();
        }
        // closing any channel of the file would let go of the lock
        assertThat(timesOpen()).isEqualTo(1);
        looked.countDown();
        first.join();
        second.join();
        assertThat(read().holds()).isTrue();
        assertThat(read().lines()).isEqualTo(3);
    }

    private static void awaitUninterruptibly(final CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private long timesOpen() throws IOException {
        final String real = file.toRealPath().toString();
        long count = 0;
        final File[] descriptors = new File("/proc/self/fd").listFiles();
        assertThat(descriptors).isNotNull();
        for (final File descriptor : descriptors) {
            try {
                count += Files.readSymbolicLink(descriptor.toPath()).toString().equals(real) ? 1 : 0;
            } catch (final NoSuchFileException e) {
                // that of the listing itself
                assertThat(e.getFile()).startsWith("/proc/self/fd");
            }
        }
        return count;
    }
}
