package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** How the server refuses to start: one line and an exit code. */
final class ServeCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aWrongValueIsNamedWithKeyAndRange() throws IOException {
        assertThat(serve("net: {insecure: true}\njournal: {syncMaxRecords: 0}\n"))
                .isEqualTo(2);
        assertThat(err.toString()).isEqualToIgnoringNewLines("luyun: journal.syncMaxRecords = 0: must be 1 to 1000000");
    }

    @Test
    void aMissingZoneFileIsNamed() throws IOException {
        assertThat(serve("net: {insecure: true}\nzone: {file: none.geojson}\n")).isEqualTo(2);
        assertThat(err.toString()).startsWith("luyun: zone.file = ").hasLineCount(1);
    }

    @Test
    void filesOfTheNetworkEdgeAreNamed() throws IOException {
        assertThat(serve("net: {insecure: true, registry: none.yaml}\n")).isEqualTo(2);
        assertThat(err.toString()).startsWith("luyun: net.registry = ").hasLineCount(1);
        assertThat(serve("ops: {port: 0}\nnet: {registry: luyun.yaml, tls: {enabled: true, certificate: a, key: b}}\n"))
                .isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(2);
    }

    @Test
    void aSecondServerOnTheSameDirectoryIsRefused() throws IOException {
        try (TestServer first = new TestServer(directory, "shared", new TestClock(), "")) {
            assertThat(first.httpPort()).isPositive();
            assertThat(serve("net: {insecure: true, port: 0}\nops: {port: 0}\n"))
                    .isEqualTo(3);
            assertThat(out.toString()).as("it has never been ready").isEmpty();
            assertThat(first.running().notReady()).as("the first one still is").isNull();
        }
        assertThat(err.toString()).startsWith("luyun: ").contains("journal").hasLineCount(1);
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (TestServer first = new TestServer(directory, "shared", new TestClock(), "")) {
            assertThat(serve("data: other\nnet: {insecure: true, port: " + first.devicePort() + "}\nops: {port: 0}\n"))
                    .isEqualTo(3);
            assertThat(err.toString())
                    .startsWith("luyun: ")
                    .contains(":" + first.devicePort())
                    .hasLineCount(1);
        }
    }

    @Test
    void theDefaultsCanBePrinted() {
        assertThat(run("serve", "--defaults")).isZero();
        assertThat(out.toString()).isEqualTo(ServerConfig.defaults());
    }

    private int serve(final String config) throws IOException {
        final Path file = Files.writeString(directory.resolve("luyun.yaml"), config);
        return run("serve", "--config", file.toString());
    }

    private int run(final String... args) {
        return new CommandLine(new Main())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
