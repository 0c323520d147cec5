package io.luyun.benchmarks;

import io.luyun.server.datagram.DatagramDesk;
import io.luyun.server.datagram.UdpConfig;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.session.Session.Outcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A datagram: whose it is, its envelope, its UPER frame, all checks of a session, the record. It holds one BSM. */
@State(Scope.Thread)
@NullUnmarked // JMH sets up before it runs
public class DatagramBenchmark {
    /** All counts that messages have, so that the last is followed by the first. */
    private static final int COUNTS = 128;

    private final Counters counters = new Counters();
    private final TakingLine line = new TakingLine();
    private final UnsafeBuffer[] datagrams = new UnsafeBuffer[COUNTS];
    private final InetSocketAddress sender = new InetSocketAddress("10.0.0.1", 4_000);
    private UnitSessions unit;
    private DatagramDesk desk;
    private int turn;

    @Setup(Level.Trial)
    public void open() throws IOException {
        unit = new UnitSessions(line, counters, ", udp: {source: 10.0.0.1, envelopeId: R1003101}");
        desk = new DatagramDesk(unit.sessions(), unit.environment(), UdpConfig.on(0));
        final Fleet fleet = new Fleet(1);
        for (int i = 0; i < COUNTS; i++) {
            final byte[] frame = UnitFrames.frame(Fleet.KIND, UnitFrames.bsm(fleet, 0, UnitSessions.NOW_NS, i));
            datagrams[i] = new UnsafeBuffer(UnitFrames.envelope(UnitSessions.NOW_NS / 1_000_000, frame));
        }
        // the one that opens the session is to come again
        datagram();
        turn = 0;
    }

    @TearDown(Level.Trial)
    public void expectAll() {
        final long refused = counters.get(Counter.UDP_REFUSED);
        if (refused > 0 || line.taken() == 0) {
            throw new IllegalStateException(line.taken() + " taken, " + refused + " refused");
        }
    }

    /** One datagram. */
    @Benchmark
    public long datagram() {
        final UnsafeBuffer datagram = datagrams[turn++ % COUNTS];
        Outcome outcome = desk.onDatagram(sender, datagram, 0, datagram.capacity(), UnitSessions.NOW_NS);
        line.answer();
        if (outcome == Outcome.LATER) {
            outcome = desk.onDatagram(sender, datagram, 0, datagram.capacity(), UnitSessions.NOW_NS);
            line.answer();
        }
        if (outcome != Outcome.TAKEN) {
            throw new IllegalStateException("not taken");
        }
        return line.taken();
    }
}
