package io.luyun.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.proto.v1.Error;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.simulator.replay.Journals;
import io.luyun.simulator.scenario.TinyServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command: what it prints, its exit codes, and one line for whatever is wrong. */
@Isolated // takes the process's stdout and stderr
@Timeout(60)
final class JournalReplayCommandTest {
    private final PrintStream stdout = System.out;
    private final PrintStream stderr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StringWriter usage = new StringWriter();

    @TempDir
    private Path directory;

    private Path journal;

    @BeforeEach
    void listen() {
        journal = directory.resolve("journal");
        Journals.write(journal);
        System.setOut(new PrintStream(out, true, UTF_8));
        System.setErr(new PrintStream(err, true, UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setOut(stdout);
        System.setErr(stderr);
    }

    private int run(final String... words) {
        out.reset();
        err.reset();
        return Main.line()
                .setOut(new PrintWriter(usage))
                .setErr(new PrintWriter(usage))
                .execute(words);
    }

    private int replay(final String options) {
        usage.getBuffer().setLength(0);
        return run(("journal replay " + journal + " " + options).split(" "));
    }

    @Test
    void theJournalsCommandHasAll() {
        assertThat(run("journal", "--help")).isZero();
        assertThat(usage.toString()).contains("stats, info", "cat", "verify", "replay, play");
        assertThat(run("journal", "ls", journal.toString())).isZero();
    }

    @Test
    void aReplayReportsInWordsAndAsJson() throws Exception {
        try (TinyServer server = new TinyServer()) {
            assertThat(replay("--to 127.0.0.1:" + server.port() + " --rate 100 --json"))
                    .as(err.toString(UTF_8))
                    .isZero();
            assertThat(server.journaled()).isEqualTo(Journals.MESSAGES);
        }
        assertThat(err.toString(UTF_8))
                .contains("BSM", "pace: rate 100, achieved ", "off schedule: p50 ", "not carried: RAW, no message: 1");
        final JsonNode json =
                new ObjectMapper().readTree(out.toString(UTF_8).lines().toList().getLast());
        assertThat(json.get("acknowledged").asInt()).isEqualTo(Journals.MESSAGES);
        assertThat(json.get("complete").asBoolean()).isTrue();
        assertThat(json.get("kinds").get("RSI").get("acknowledged").asInt()).isEqualTo(4);
        assertThat(json.get("notCarried").get("RAW").get("no message").asInt()).isEqualTo(1);
        assertThat(json.get("pace").get("rate").asDouble()).isEqualTo(100);
        assertThat(json.get("pace").get("offScheduleMicros").get("count").asInt())
                .isEqualTo(Journals.MESSAGES);
        assertThat(json.get("damage")).isEmpty();
    }

    @Test
    void theAliasAndTheChoiceOfRecordsWork() throws Exception {
        try (TinyServer server = new TinyServer()) {
            final String to = "127.0.0.1:" + server.port();
            assertThat(run(
                            "journal",
                            "play",
                            journal.toString(),
                            "--to",
                            to,
                            "-r",
                            "max",
                            "-k",
                            "BSM",
                            "-d",
                            "veh-1",
                            "--from",
                            "5",
                            "--to-sequence",
                            "30",
                            "-s",
                            "+0.1s",
                            "--playback-duration",
                            "0.5"))
                    .as(err.toString(UTF_8) + usage)
                    .isZero();
            assertThat(server.journal().get("veh-1")).hasSize(5);
        }
    }

    @Test
    void whatAlertsWereDecidedFromIsPlayed() throws Exception {
        assertThat(replay("--to 127.0.0.1:1 --alert 5")).isEqualTo(2);
        assertThat(usage)
                .hasToString("luyun: --alert, --alert-kind: need the alerts of the journal; " + journal
                        + " has none beside it, give the data directory\n");

        Journals.writeAlert(directory.resolve("alerts"), 5, 4, 9);
        for (final Path given : List.of(journal, directory)) {
            try (TinyServer server = new TinyServer()) {
                final String to = "127.0.0.1:" + server.port();
                assertThat(run("journal", "replay", given.toString(), "--to", to, "--alert", "5", "-r", "max"))
                        .as(err.toString(UTF_8) + usage)
                        .isZero();
                assertThat(server.journaled()).isEqualTo(2);
            }
        }
    }

    @Test
    void whatWasRefusedEndsWithOne() throws Exception {
        try (TinyServer server = new TinyServer(message -> message.hasRsi()
                ? Error.newBuilder().setCode(ErrorCode.ERROR_CODE_NOT_ALLOWED).build()
                : null)) {
            assertThat(replay("--to 127.0.0.1:" + server.port() + " --rate max"))
                    .isEqualTo(1);
        }
        assertThat(err.toString(UTF_8))
                .isEqualTo("luyun: 4 of " + Journals.MESSAGES
                        + " messages were not acknowledged: 4 refused, 0 without an answer, 0 not sent\n");
    }

    @Test
    void damageEndsWithThree() throws Exception {
        Journals.damage(journal);
        try (TinyServer server = new TinyServer()) {
            assertThat(replay("--to 127.0.0.1:" + server.port() + " --rate max"))
                    .isEqualTo(3);
            assertThat(server.journaled()).isEqualTo(Journals.MESSAGES - 1);
        }
        assertThat(err.toString(UTF_8).lines()).hasSize(2).first().asString().startsWith("damaged: records ");
        assertThat(err.toString(UTF_8)).endsWith("luyun: done, but records of the journal were damaged or missing\n");
    }

    @Test
    void aServerThatIsNotThereEndsWithOne() throws Exception {
        final int port;
        try (TinyServer server = new TinyServer()) {
            port = server.port();
        }
        assertThat(replay("--to 127.0.0.1:" + port)).isEqualTo(1);
        assertThat(err.toString(UTF_8).lines()).singleElement().asString().contains("luyun: ", "Connection refused");
        assertThat(replay("--to tcp://127.0.0.1:" + port)).isEqualTo(1);
        assertThat(err.toString(UTF_8)).startsWith("luyun: no connection to tcp://127.0.0.1:" + port + ": ");
    }

    @ParameterizedTest
    @CsvSource({
        "--to nowhere, --to nowhere: must be HOST:PORT",
        "--to - --rate 0, '--rate 0.0: must be 0.01 to 1000, or max'",
        "--to - --rate fast, '--rate fast: must be 0.01 to 1000, or max'",
        "--to - --rate NaN, '--rate NaN: must be 0.01 to 1000, or max'",
        "--to - --start-offset -1, --start-offset -1.0: must be 0 or more seconds",
        "--to - --playback-duration 0, --playback-duration 0.0: must be more than 0 seconds",
        "--to - --max-gap -2, --max-gap -2.0: must be 0 or more seconds",
        "--to - --clock then, --clock then: must be original or now",
        "--to - --output text, --output text: must be frames or ndjson",
        "--to - --json, --json: stdout is where --to - plays to",
        "--to - --dialect 3, --dialect 3: must be 2019 or phase2",
        "--to - --remap veh-1, --remap veh-1: must be OLD=NEW",
        "--to - --remap veh-1=veh-2, --remap: veh-1 and veh-2 would both be played as veh-2",
        "--to - --remap veh-1=veh-2 --device rsu-1, --remap veh-1=veh-2: no device that is played has this id",
        "--to - --kind XYZ, --kind XYZ: must be one of",
        "--to - --start then, --start then: must be",
        "--to - --start-paused, '--start-paused: stdin is no terminal, so that no key could end the pause'",
        "--to 127.0.0.1:1 --tls-cert x, a client certificate and its key belong together",
    })
    void badInputIsOneLine(final String options, final String line) {
        assertThat(replay(options)).isEqualTo(2);
        assertThat(usage.toString().lines()).singleElement().asString().startsWith("luyun: " + line);
        assertThat(out.toString(UTF_8)).isEmpty();
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void whatIsNotThereIsOneLine() throws Exception {
        assertThat(run("journal", "replay", directory.resolve("none").toString(), "--to", "-"))
                .isEqualTo(2);
        assertThat(usage.toString()).startsWith("luyun: no journal at ");
        assertThat(replay("--to - --tokens " + directory.resolve("none"))).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .isEqualTo("luyun: cannot read the file: there is no file " + directory.resolve("none") + "\n");
        final Path rules = Files.writeString(directory.resolve("rules"), "veh-1=a\nveh-2\n");
        assertThat(replay("--to - --remap-file " + rules)).isEqualTo(2);
        assertThat(usage.toString()).isEqualTo("luyun: --remap veh-2: must be OLD=NEW\n");
        assertThat(replay("")).isEqualTo(2);
        assertThat(usage.toString()).startsWith("Missing required option: '--to=TARGET'");
    }
}
