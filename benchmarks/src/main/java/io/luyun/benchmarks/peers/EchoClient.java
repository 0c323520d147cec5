package io.luyun.benchmarks.peers;

import io.luyun.benchmarks.rig.Wires;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.FixedLengthFrameDecoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The floor: each frame comes back on the connection it went out on, which is its acknowledgement and its delivery. */
final class EchoClient implements Client {
    private final Wires wires;
    private final int vehicles;
    private final Reports reports;
    private final List<Connection> connections = new ArrayList<>();

    EchoClient(final int port, final int vehicles, final Reports reports) {
        wires = new Wires(port);
        this.vehicles = vehicles;
        this.reports = reports;
    }

    @Override
    public EventLoop loop() {
        return wires.loop();
    }

    @Override
    public void open(final Account account) throws IOException, InterruptedException {
        for (int i = 0; i < vehicles; i++) {
            final Connection connection = new Connection(i, account);
            wires.connect(new FixedLengthFrameDecoder(reports.frame().length), connection);
            connections.add(connection);
        }
    }

    @Override
    public void publish(final int vehicle, final boolean concerns, final long intendedNs) {
        connections.get(vehicle).publish(concerns, intendedNs);
    }

    @Override
    public String failure() {
        return wires.failure();
    }

    @Override
    public void close() {
        wires.close();
    }

    private final class Connection extends Line {
        private final int vehicle;
        private final Account account;

        Connection(final int vehicle, final Account account) {
            this.vehicle = vehicle;
            this.account = account;
        }

        void publish(final boolean concerns, final long intendedNs) {
            inFlight().add(intendedNs);
            if (concerns) {
                account.await(vehicle, reports.number(), intendedNs);
            }
            final byte[] frame = reports.frame();
            write(allocator().directBuffer(frame.length).writeBytes(frame));
        }

        @Override
        public void channelRead(final ChannelHandlerContext context, final Object read) {
            final long nowNs = System.nanoTime();
            final ByteBuf frame = (ByteBuf) read;
            final long number = reports.numberIn(bytes(frame));
            frame.release();
            account.acked(inFlight().take(inFlight().first()), nowNs);
            if (account.awaits(vehicle, number)) {
                account.delivered(vehicle, number, nowNs);
            }
        }
    }
}
