package io.luyun.benchmarks.torture.fuzz;

import io.luyun.server.datagram.DatagramDesk;
import io.luyun.server.datagram.UdpConfig;
import io.luyun.server.monitor.Counters;
import io.luyun.server.session.ControlRecords;
import io.luyun.server.session.DeviceRegistry;
import io.luyun.server.session.SessionConfig;
import io.luyun.server.session.Sessions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Datagrams: whose they are, envelope, frames, all checks of a session, the record. */
final class DatagramTarget implements Target {
    private static final String REGISTRY = """
            devices:
              - {id: fuzz-1, role: RSU, dialect: 2019, kinds: [BSM, RSM, RSI, SPAT, MAP], udp: {source: 10.0.0.0/8, envelopeId: R1003101}}
              - {id: fuzz-2, role: OBU, dialect: phase2, kinds: [BSM, RSM, RSI, SPAT, MAP, VIR, SSM], udp: {source: 10.0.0.2}}
            """;
    private static final int MAX_FRAME_BYTES = 65_536;

    private final String name;
    private final InetSocketAddress sender;
    private final List<byte[]> seeds;
    private final FuzzLine line = new FuzzLine();
    private final UnsafeBuffer in = new UnsafeBuffer(0, 0);
    private final DatagramDesk desk;

    private DatagramTarget(final String name, final String sender, final List<byte[]> seeds, final Path directory)
            throws IOException {
        this.name = name;
        this.sender = new InetSocketAddress(sender, 4_000);
        this.seeds = seeds;
        final Sessions.Environment environment = new Sessions.Environment(
                SessionConfig.defaults(),
                DeviceRegistry.load(Files.writeString(directory.resolve(name + ".yaml"), REGISTRY)),
                line,
                new ControlRecords(line),
                () -> Port.NOW_NS,
                new Counters(),
                false,
                MAX_FRAME_BYTES,
                "fuzz");
        final Sessions sessions = new Sessions(0, environment);
        line.answers(sessions);
        desk = new DatagramDesk(sessions, environment, UdpConfig.on(0));
    }

    static Target enveloped(final Path directory) throws IOException {
        return new DatagramTarget("udp-envelope", "10.0.0.1", EnvelopeTarget.seeds(Port.NOW_NS / 1_000_000), directory);
    }

    static Target bare(final Path directory) throws IOException {
        return new DatagramTarget("udp-bare", "10.0.0.2", Seeds.hex("uper-phase2"), directory);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<byte[]> seeds() {
        return seeds;
    }

    @Override
    public void ready() {
        line.answer();
    }

    @Override
    public void accept(final byte[] input) {
        in.wrap(input);
        desk.onDatagram(sender, in, 0, input.length, Port.NOW_NS);
    }
}
