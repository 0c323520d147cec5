package io.luyun.benchmarks.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.AckLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that may not make its files longer cannot write its journal: it ends, and has told nobody anything that is not true. */
final class FailStopTest {
    private static final long END_SECONDS = 60;
    private static final int SOME = 100;

    @TempDir
    private Path directory;

    @Test
    void aServerThatCannotWriteEndsAndTheNextOneGoesOn() throws IOException, InterruptedException {
        final Setup setup = new Setup(directory);
        final Convoy convoy = new Convoy(8, AckLevel.ACK_LEVEL_SYNCED);
        try (Subject server =
                Subject.start(setup.start().below("bash", "-c", "ulimit -f 4096 && exec \"$0\" \"$@\""))) {
            server.awaitReady();
            convoy.depart(server.port());
            assertThat(server.awaitEnd(END_SECONDS)).isEqualTo(Subject.FAIL_STOP);
        }
        convoy.join();
        assertThat(Files.readString(setup.log()))
                .contains("ends, because the journal has failed: cannot append to the journal: ");
        assertThat(convoy.acknowledged()).isPositive();
        assertThat(Books.of(setup.journal(), convoy.ledgers()).troubles()).isEmpty();
        try (Subject server = Subject.start(setup.start())) {
            server.awaitReady();
            convoy.depart(server.port());
            assertThat(convoy.awaitAcknowledged(SOME, TimeUnit.SECONDS.toNanos(END_SECONDS)))
                    .isTrue();
            convoy.halt();
            server.terminate();
        }
        assertThat(Books.of(setup.journal(), convoy.ledgers()).troubles()).isEmpty();
    }
}
