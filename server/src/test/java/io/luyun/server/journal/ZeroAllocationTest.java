package io.luyun.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.luyun.server.LeastAllocation;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the offer through the append to the reader nothing is allocated per message. */
@Tag("compiled")
final class ZeroAllocationTest {
    private static final int MESSAGES = 100_000;

    @TempDir
    private Path directory;

    private long sum;
    private long number;

    @Test
    void offersAppendsAndReadsWithoutAllocating() throws IOException {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final Rig rig = new Rig(directory.resolve("journal"));
        rig.config = new JournalConfig(
                rig.directory.toString(), 2_000, 256, 1_024, 256, "FAST_HOURLY", 1, 2, 100, 1_000_000, 1);
        rig.journal =
                Journal.open(rig.config, new SystemEpochNanoClock(), new Counters(), new Latencies(), rig.errors::add);
        try (rig) {
            final int device = rig.session("obu-1", 1);
            rig.work();
            try (JournalReader reader = rig.journal.reader(1)) {
                final long bytes = LeastAllocation.of(
                        threads::getCurrentThreadAllocatedBytes,
                        MESSAGES / 10.0,
                        () -> number = run(rig, reader, device, number));
                System.out.println("allocated " + bytes + " bytes for " + MESSAGES + " messages");
                assertThat(bytes).isLessThan(MESSAGES / 10);
                assertThat(sum).isPositive();
            }
        }
        assertThat(rig.errors).isEmpty();
    }

    private long run(final Rig rig, final JournalReader reader, final int device, final long from) {
        final JournalWriter writer = rig.journal.writer();
        final long session = rig.sessions.get(device);
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[250]);
        long next = from;
        for (int i = 0; i < MESSAGES; i++) {
            writer.offer(Rig.BSM, device, ++next, session, rig.nowNs, payload, 0, 250);
            if (i % 10 == 9) {
                writer.doWork();
                while (reader.next()) {
                    sum += reader.number() + reader.buffer().getByte(reader.payloadOffset()) + reader.payloadLength();
                }
            }
        }
        return next;
    }
}
