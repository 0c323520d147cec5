package io.luyun.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import picocli.CommandLine;

/** What a mistyped command says: one line that names what is wrong, and exit code 2. */
@Isolated // takes the process's stderr
final class BadInputTest {
    private final PrintStream stderr = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final StringWriter usage = new StringWriter();

    @TempDir
    private Path directory;

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(said, true, UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setErr(stderr);
    }

    private int run(final String... words) {
        return new CommandLine(new Main())
                .setOut(new PrintWriter(usage))
                .setErr(new PrintWriter(usage))
                .execute(words);
    }

    @Test
    void negativeSeconds() {
        assertThat(run("demo", "--seconds", "-1")).isEqualTo(2);
        assertThat(usage.toString()).startsWith("seconds -1 must not be negative");
    }

    @Test
    void aRecordingThatIsNotThere() {
        final Path missing = directory.resolve("missing.json");

        assertThat(run("feed", "rsm-tracks", missing.toString(), "--server", "127.0.0.1:1"))
                .isEqualTo(2);

        assertThat(said.toString(UTF_8).lines())
                .containsExactly("luyun: cannot read the recording: there is no file " + missing);
    }

    @Test
    void aRecordingThatIsCutOff() throws Exception {
        final Path cut = Files.writeString(directory.resolve("cut.json"), "{\"x\":1");

        assertThat(run("feed", "rsm-tracks", cut.toString(), "--server", "127.0.0.1:1"))
                .isEqualTo(2);

        assertThat(said.toString(UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("luyun: cannot read the recording: line 1, column 7: Unexpected end-of-input");
    }
}
