package io.luyun.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.RecordKind;
import io.luyun.server.Main;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A journal of ten ticks that is read while it is written. */
@Timeout(60)
final class JournalFollowTest {
    private static final long TIME_NS = 1_767_225_600_000_000_000L;

    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();
    private final List<Throwable> errors = new ArrayList<>();
    private Journal journal;
    private int written;

    @BeforeEach
    void write() {
        final JournalConfig config =
                new JournalConfig(directory.toString(), 2_000, 256, 64, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0);
        journal = Journal.open(config, () -> TIME_NS, new Counters(), new Latencies(), errors::add);
        for (int i = 0; i < 10; i++) {
            append();
        }
    }

    @AfterEach
    void close() {
        journal.close();
        assertThat(errors).isEmpty();
    }

    private void append() {
        journal.writer()
                .append(
                        RecordKind.RECORD_KIND_TICK_VALUE,
                        -1,
                        0,
                        TIME_NS + ++written,
                        new UnsafeBuffer(new byte[0]),
                        0,
                        0);
    }

    private CompletableFuture<Integer> run(final Object command, final String... arguments) {
        return CompletableFuture.supplyAsync(
                () -> CommandRun.of(new CommandLine(command).setErr(new PrintWriter(err, true)), arguments));
    }

    /** What a pipe says whose reader has gone. */
    private static final class Pipe extends OutputStream {
        private final OutputStream to;
        private volatile boolean closed;

        Pipe(final OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(final int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(final byte[] bytes, final int offset, final int length) throws IOException {
            if (closed) {
                throw new IOException("Broken pipe");
            }
            to.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            to.flush();
        }
    }

    @Test
    void tailPrintsTheLastOnesAndThoseThatCome() throws Exception {
        follows("3", command -> new JournalTailCommand(command), "--follow", "--limit", "3");
    }

    @Test
    void catDoesTheSame() throws Exception {
        follows("10", command -> new JournalCatCommand(command), "-f");
        follows("2", command -> new JournalCatCommand(command), "-f", "-n", "2", "-k", "TICK");
    }

    private void follows(final String last, final Function<StandardOut, Object> command, final String... options)
            throws Exception {
        try (PipedInputStream in = new PipedInputStream();
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            final Pipe pipe = new Pipe(new PipedOutputStream(in));
            final List<String> arguments = new ArrayList<>(List.of(options));
            arguments.add(directory.toString());
            final CompletableFuture<Integer> code =
                    run(command.apply(new StandardOut(pipe, true)), arguments.toArray(new String[0]));
            final int before = written;
            for (int i = before - Integer.parseInt(last) + 1; i <= before; i++) {
                assertThat(lines.readLine()).startsWith(i + " ");
            }
            append();
            append();
            assertThat(lines.readLine()).startsWith(before + 1 + " ").contains("TICK");
            assertThat(lines.readLine()).startsWith(before + 2 + " ");
            pipe.closed = true;
            append();
            assertThat(code.get()).as("the reader has gone: %s", err).isZero();
            assertThat(err.toString()).isEmpty();
            written = before + 3;
        }
    }

    @Test
    void tailAloneEnds() throws Exception {
        assertThat(lines("-n", "3")).hasSize(3).first().asString().startsWith("8 ");
        assertThat(lines("-n", "0")).isEmpty();
        assertThat(lines("-n", "100", "--from", "9")).hasSize(2);
        assertThat(lines()).hasSize(10);
        assertThat(run(
                                new JournalTailCommand(new StandardOut(OutputStream.nullOutputStream(), true)),
                                directory.toString(),
                                "-n",
                                "-1")
                        .get())
                .isEqualTo(2);
        assertThat(err.toString()).isEqualTo("luyun: --limit -1: must be 0 or more\n");
    }

    private List<String> lines(final String... options) throws Exception {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add(directory.toString());
        assertThat(run(new JournalTailCommand(new StandardOut(bytes, false)), arguments.toArray(new String[0]))
                        .get())
                .isZero();
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void aFullDiskIsToldInOneLine() throws Exception {
        final OutputStream full = new OutputStream() {
            @Override
            public void write(final int octet) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        assertThat(run(new JournalCatCommand(new StandardOut(full, false)), directory.toString())
                        .get())
                .isEqualTo(4);
        assertThat(err.toString()).isEqualTo("luyun: cannot write to standard output: No space left on device\n");
    }

    @Test
    void endsInGoodOrderWhenTheProcessIsTold() throws Exception {
        final List<String> command = Jvm.command(Main.class);
        command.addAll(List.of("journal", "tail", "-f", "-n", "1", directory.toString()));
        final Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).startsWith("10 ");
            append();
            assertThat(out.readLine()).startsWith("11 ");
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
