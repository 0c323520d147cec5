package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.NoticeCode;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A loaded server that is told to end owes nobody anything when it is gone. */
final class ShutdownTest {
    private static final int DEVICES = 8;
    private static final int WINDOW = 256;
    private static final int ACKS_BEFORE_THE_END = 3_000;

    @TempDir
    private Path directory;

    /** Nobody sends before all are there: the others may have enough acknowledgements before the last has begun. */
    private final CountDownLatch opened = new CountDownLatch(DEVICES);

    private final CountDownLatch acks = new CountDownLatch(ACKS_BEFORE_THE_END);

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void whatIsInTheJournalIsAcknowledgedBeforeTheNotice(final String mode) throws Exception {
        final Path config = config(mode);
        final List<Future<Long>> runs = new ArrayList<>();
        try (ServerProcess server = ServerProcess.start(config, directory.resolve("server.log"));
                ExecutorService threads = Executors.newFixedThreadPool(DEVICES)) {
            final int port = server.awaitReady();
            for (int vehicle = 1; vehicle <= DEVICES; vehicle++) {
                final int number = vehicle;
                runs.add(threads.submit(() -> sendUntilTheNotice(port, number)));
            }
            acks.await();
            server.terminate();
        }

        final Map<String, Long> journaled = journaled();
        for (int vehicle = 1; vehicle <= DEVICES; vehicle++) {
            assertThat(runs.get(vehicle - 1).get())
                    .as("acknowledged to car-%d before the notice", vehicle)
                    .isEqualTo(journaled.getOrDefault("car-" + vehicle, 0L));
        }
    }

    /** Who does not want to wait may say so: what is not acknowledged then is sent again. */
    @Test
    void toldTwiceItEndsAtOnce() throws Exception {
        try (ServerProcess server = ServerProcess.start(config("shared"), directory.resolve("server.log"))) {
            final int port = server.awaitReady();
            try (BlockingDevice device = BlockingDevice.open(port, "car-1", 1, AckLevel.ACK_LEVEL_SYNCED)) {
                device.send(1, Messages.bsm(1, (int) (System.currentTimeMillis() % 60_000), 0, 10));
                device.flush();
                assertThat(device.awaitAck()).isEqualTo(1);
                server.terminateTwice();
            }
        }
        assertThat(journaled()).containsExactly(Map.entry("car-1", 1L));
    }

    /** A journal that has failed takes nothing more; whoever started the server is to start it again. */
    @Test
    void endsByItselfWhenTheJournalHasFailed() throws Exception {
        final Path config = config("shared");
        Files.writeString(config, "journal: {blockMiB: 1}\nservice: {failedMillis: 1}\n", StandardOpenOption.APPEND);
        long acknowledged = 0;
        try (ServerProcess server = ServerProcess.start(config, directory.resolve("server.log"));
                BlockingDevice device =
                        BlockingDevice.open(server.awaitReady(), "car-1", 1, AckLevel.ACK_LEVEL_SYNCED)) {
            server.letNoFileGrow();
            ServerFrame answer = ServerFrame.getDefaultInstance();
            for (long sent = 0; answer.hasAck() || sent == 0; ) {
                acknowledged = answer.getAck().getUpTo();
                for (; sent < acknowledged + WINDOW; ) {
                    final int secMark = (int) (System.currentTimeMillis() % 60_000);
                    device.send(++sent, Messages.bsm(1, secMark, sent * 0.02, 10));
                }
                device.flush();
                answer = device.read();
            }
            assertThat(answer.hasError() || answer.hasNotice()).as("%s", answer).isTrue();
            assertThat(server.awaitEnd()).isEqualTo(3);
        }
        assertThat(directory.resolve("server.log"))
                .content()
                .contains("ends, because the journal has failed: cannot append to the journal: ");
        assertThat(journaled().get("car-1")).isGreaterThanOrEqualTo(acknowledged);
    }

    private Path config(final String mode) throws IOException {
        return Files.writeString(directory.resolve("luyun.yaml"), """
                data: data
                net: {port: 0, insecure: true, mode: %s, loops: 2}
                ops: {port: 0}
                """.formatted(mode));
    }

    /** Sends as fast as acknowledgements allow; returns the last one. */
    private long sendUntilTheNotice(final int port, final int vehicle) throws IOException, InterruptedException {
        final AckLevel level = vehicle % 4 == 0 ? AckLevel.ACK_LEVEL_APPENDED : AckLevel.ACK_LEVEL_SYNCED;
        long sent = 0;
        long acknowledged = 0;
        try (BlockingDevice device = BlockingDevice.open(port, "car-" + vehicle, 1, level)) {
            opened.countDown();
            opened.await();
            while (true) {
                while (sent < acknowledged + WINDOW) {
                    final int secMark = (int) (System.currentTimeMillis() % 60_000);
                    device.send(++sent, Messages.bsm(vehicle, secMark, vehicle * 10_000 + sent * 0.02, 10));
                }
                device.flush();
                final ServerFrame frame = device.read();
                if (!frame.hasAck()) {
                    assertThat(frame.getNotice().getCode()).as("%s", frame).isEqualTo(NoticeCode.NOTICE_CODE_SHUTDOWN);
                    assertThat(next(device)).as("after the notice").isNull();
                    return acknowledged;
                }
                for (; acknowledged < frame.getAck().getUpTo(); acknowledged++) {
                    acks.countDown();
                }
            }
        }
    }

    private static @Nullable ServerFrame next(final BlockingDevice device) throws IOException {
        try {
            return device.read();
        } catch (final EOFException e) {
            return null;
        }
    }

    /** The highest number of each device, up to which none is missing. */
    private Map<String, Long> journaled() throws IOException {
        final Map<Integer, String> ids = new HashMap<>();
        final Map<String, Long> numbers = new HashMap<>();
        try (JournalReader reader =
                Journal.openReadOnly(directory.resolve("data/journal")).reader(1)) {
            while (reader.next()) {
                if (reader.kind() == RecordKind.RECORD_KIND_SESSION_OPENED_VALUE) {
                    final byte[] payload = new byte[reader.payloadLength()];
                    reader.buffer().getBytes(reader.payloadOffset(), payload);
                    ids.put(
                            reader.deviceIndex(),
                            SessionOpened.parseFrom(payload).getDeviceId());
                } else if (reader.kind() == RecordKind.RECORD_KIND_BSM_VALUE) {
                    assertThat(numbers.merge(ids.get(reader.deviceIndex()), 1L, Long::sum))
                            .isEqualTo(reader.number());
                }
            }
        }
        return numbers;
    }
}
