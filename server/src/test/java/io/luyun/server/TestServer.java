package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalReader;
import io.luyun.server.monitor.Counter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server in a directory, over real sockets and files, with a clock of the test. */
final class TestServer implements AutoCloseable {
    private final Path directory;
    private final LuyunServer server;

    TestServer(final Path directory, final String mode, final TestClock clock, final String more) throws IOException {
        this(directory, mode, clock, "", more);
    }

    /**
     * The same with more settings of the device port.
     *
     * @param net each led by a comma and a blank
     */
    TestServer(final Path directory, final String mode, final TestClock clock, final String net, final String more)
            throws IOException {
        this.directory = directory;
        server = LuyunServer.launch(ServerConfig.parse("test", """
                        data: data
                        net: {port: 0, insecure: true, mode: %s, loops: 2%s}
                        ops: {port: 0}
                        %s
                        """.formatted(mode, net, more), directory), clock);
    }

    TestDevice open(final String id, final Role role, final long bootEpoch) throws IOException {
        return TestDevice.open(server.devicePort(), id, role, bootEpoch);
    }

    TestDevice deaf(final String id, final Role role) throws IOException {
        return TestDevice.deaf(server.devicePort(), id, role);
    }

    long count(final Counter counter) {
        return server.monitors().counters().get(counter);
    }

    int devicePort() {
        return server.devicePort();
    }

    String transport() {
        return server.transport();
    }

    List<String> httpRoutes() {
        return server.httpRoutes();
    }

    int httpPort() {
        return server.httpPort();
    }

    LuyunServer running() {
        return server;
    }

    /** Numbers of the messages of a kind in the journal, in order. */
    List<Long> journaled(final RecordKind kind) {
        final List<Long> numbers = new ArrayList<>();
        try (JournalReader reader =
                Journal.openReadOnly(directory.resolve("data/journal")).reader(1)) {
            while (reader.next()) {
                if (reader.kind() == kind.getNumber()) {
                    numbers.add(reader.number());
                }
            }
            assertThat(reader.damage()).isEmpty();
        }
        return numbers;
    }

    /** The alerts in the journal of alerts, in order. */
    List<Alert> alerts() throws IOException {
        final List<Alert> alerts = new ArrayList<>();
        try (JournalReader reader =
                Journal.openReadOnly(directory.resolve("data/alerts")).reader(1)) {
            while (reader.next()) {
                if (reader.kind() == RecordKind.RECORD_KIND_ALERT_VALUE) {
                    final byte[] bytes = new byte[reader.payloadLength()];
                    reader.buffer().getBytes(reader.payloadOffset(), bytes);
                    alerts.add(Alert.parseFrom(bytes));
                }
            }
        }
        return alerts;
    }

    /** Closes the server; nothing may have gone wrong in it. */
    @Override
    public void close() {
        server.close();
        assertThat(server.monitors().errors().distinct())
                .as("errors of the server itself")
                .isZero();
    }
}
