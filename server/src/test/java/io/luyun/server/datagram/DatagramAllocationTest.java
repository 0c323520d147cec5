package io.luyun.server.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.RsuEnvelope.Layout;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.Datagrams;
import io.luyun.server.LeastAllocation;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.session.ControlRecords;
import io.luyun.server.session.DeviceRegistry;
import io.luyun.server.session.Session.Outcome;
import io.luyun.server.session.SessionConfig;
import io.luyun.server.session.Sessions;
import io.luyun.server.session.TakingLine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A good datagram costs no allocation, from its bytes to the record. */
@Tag("compiled")
final class DatagramAllocationTest {
    private static final int DATAGRAMS = 102_400;
    private static final int WARM_UP_ROUNDS = 3;
    private static final long NOW_NS = 1_800_000_000_000_000_000L;
    /** All there are, so that a round ends where the next one begins. */
    private static final int COUNTS = 128;

    @TempDir
    private Path directory;

    private final InetSocketAddress sender = new InetSocketAddress("10.0.0.1", 4_000);
    private final Counters counters = new Counters();
    private final CountingLine line = new CountingLine();
    private Sessions sessions;
    private DatagramDesk desk;
    private long sequence;

    @Test
    void fromDatagramToRecord() throws IOException {
        final DeviceRegistry registry = DeviceRegistry.load(Files.writeString(directory.resolve("registry.yaml"), """
                devices:
                  - {id: car, role: OBU, dialect: 2019, udp: {source: 10.0.0.0/24}}
                  - {id: rsu, role: RSU, dialect: 2019, kinds: [BSM], udp: {source: 10.0.0.1, envelopeId: R1003101}}
                """));
        final Sessions.Environment env = new Sessions.Environment(
                new SessionConfig(1_000, 3, 60_000, 30_000, "SYNCED", 0, 16),
                registry,
                line,
                new ControlRecords(line),
                () -> NOW_NS,
                counters,
                false,
                65_536,
                "test");
        sessions = new Sessions(0, env);
        desk = new DatagramDesk(sessions, env, UdpConfig.on(0));
        final UnsafeBuffer[] datagrams = datagrams();
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            run(datagrams);
        }
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final double each = LeastAllocation.of(threads::getCurrentThreadAllocatedBytes, DATAGRAMS, () -> run(datagrams))
                / (double) DATAGRAMS;
        System.out.printf("DatagramAllocationTest: %.4f B/datagram%n", each);
        assertThat(each).isLessThan(1);
        assertThat(counters.get(Counter.UDP_REFUSED)).isZero();
        assertThat(counters.get(Counter.UDP_LOST)).isZero();
    }

    private void run(final UnsafeBuffer[] datagrams) {
        for (int i = 0; i < DATAGRAMS; i++) {
            final UnsafeBuffer datagram = datagrams[i % datagrams.length];
            if (desk.onDatagram(sender, datagram, 0, datagram.capacity(), NOW_NS) != Outcome.TAKEN) {
                throw new AssertionError("datagram " + i + " was not taken");
            }
            sessions.onAppended(line.sessionId, line.kind, line.number, ++sequence, false);
            sessions.onSynced(sequence);
        }
    }

    /** In turn a bare one and one in an envelope, in the order of their counts. */
    private static UnsafeBuffer[] datagrams() {
        final UnsafeBuffer[] datagrams = new UnsafeBuffer[2 * COUNTS];
        for (int i = 0; i < COUNTS; i++) {
            final byte[] frame =
                    Datagrams.frame(Dialect.PHASE_1_2019, MessageKind.MESSAGE_KIND_BSM, Datagrams.bsm(1, i, (int)
                            (NOW_NS / 1_000_000 % 60_000)));
            datagrams[2 * i] = new UnsafeBuffer(frame);
            datagrams[2 * i + 1] =
                    new UnsafeBuffer(Datagrams.envelope(Layout.COUNTED, "R1003101", NOW_NS / 1_000_000, frame));
        }
        return datagrams;
    }

    /** Remembers the last record. */
    private static final class CountingLine extends TakingLine {
        private long sessionId;
        private int kind = RecordKind.RECORD_KIND_UNSPECIFIED_VALUE;
        private long number;

        @Override
        public boolean offer(
                final int newKind,
                final int deviceIndex,
                final long newNumber,
                final long newSessionId,
                final long receivedAtNs,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            kind = newKind;
            number = newNumber;
            sessionId = newSessionId;
            return super.offer(newKind, deviceIndex, newNumber, newSessionId, receivedAtNs, buffer, offset, length);
        }
    }
}
