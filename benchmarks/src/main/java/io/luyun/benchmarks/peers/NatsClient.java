package io.luyun.benchmarks.peers;

import io.luyun.benchmarks.rig.Wires;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * NATS JetStream: a connection for each vehicle, which publishes to {@code v2x.bsm.N}, or to {@code v2x.alert.N} what concerns somebody,
 * each with a reply subject of its own, to which the stream acknowledges; and one connection to which a consumer of the stream pushes
 * what comes to {@code v2x.alert.>}.
 */
final class NatsClient implements Client {
    private static final String STREAM = """
            {"name":"V2X","subjects":["v2x.>"],"storage":"file","retention":"limits","discard":"old","num_replicas":1,\
            "max_consumers":-1,"max_msgs":-1,"max_bytes":-1,"max_age":0,"max_msg_size":-1}""";
    private static final String GREETING = "CONNECT {\"verbose\":false,\"pedantic\":false,\"lang\":\"java\"}\r\n";
    private static final String ERROR = "\"error\"";

    private final Wires wires;
    private final int vehicles;
    private final Reports reports;
    private final List<Publisher> publishers = new ArrayList<>();

    NatsClient(final int port, final int vehicles, final Reports reports) {
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
        final Watcher watcher = new Watcher(account);
        wires.connect(new NatsDecoder(), watcher);
        // Of its own: the consumer of the turn before may be there for some seconds yet.
        final String subject = "watch." + System.nanoTime();
        watcher.ask(wires, text(GREETING + "SUB " + subject + " 1\r\nSUB answer 2\r\nPING\r\n"));
        watcher.request(wires, "$JS.API.STREAM.CREATE.V2X", STREAM);
        watcher.request(wires, "$JS.API.CONSUMER.CREATE.V2X", consumer(subject));
        for (int i = 0; i < vehicles; i++) {
            final Publisher publisher = new Publisher(i, account);
            wires.connect(new NatsDecoder(), publisher);
            publisher.ask(wires, text(GREETING + "SUB a." + i + ".* 1\r\nPING\r\n"));
            publishers.add(publisher);
        }
    }

    @Override
    public void publish(final int vehicle, final boolean concerns, final long intendedNs) {
        publishers.get(vehicle).publish(concerns, intendedNs);
    }

    @Override
    public String failure() {
        return wires.failure();
    }

    @Override
    public void close() {
        wires.close();
    }

    private static String consumer(final String subject) {
        return """
                {"stream_name":"V2X","config":{"deliver_subject":"%s","deliver_policy":"new","ack_policy":"none",\
                "filter_subject":"v2x.alert.>","replay_policy":"instant"}}""".formatted(subject);
    }

    private static ByteBuf text(final String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private abstract class Connection extends Line {
        @Override
        public final void channelRead(final io.netty.channel.ChannelHandlerContext context, final Object read) {
            final long nowNs = System.nanoTime();
            switch ((NatsDecoder.Operation) read) {
                case NatsDecoder.Ping() -> write(text("PONG\r\n"));
                case NatsDecoder.Pong() -> answered("");
                case NatsDecoder.Problem(String what) -> {
                    wires.fail(what);
                    refused(what);
                }
                case NatsDecoder.Delivery delivery -> delivered(delivery, nowNs);
            }
        }

        abstract void delivered(NatsDecoder.Delivery delivery, long nowNs);
    }

    private final class Publisher extends Connection {
        private static final int END = '\r' << 8 | '\n';

        private final int vehicle;
        private final Account account;
        private final String ofAll;
        private final String ofAlerts;
        private final String size = " " + reports.frame().length + "\r\n";

        Publisher(final int vehicle, final Account account) {
            this.vehicle = vehicle;
            this.account = account;
            ofAll = "PUB v2x.bsm." + vehicle + " a." + vehicle + ".";
            ofAlerts = "PUB v2x.alert." + vehicle + " a." + vehicle + ".";
        }

        void publish(final boolean concerns, final long intendedNs) {
            final long number = inFlight().add(intendedNs);
            if (concerns) {
                account.await(vehicle, reports.number(), intendedNs);
            }
            final String head = concerns ? ofAlerts : ofAll;
            final byte[] frame = reports.frame();
            final ByteBuf out =
                    allocator().directBuffer(head.length() + size.length() + 20 + frame.length + Short.BYTES);
            out.writeCharSequence(head, StandardCharsets.US_ASCII);
            out.writeCharSequence(Long.toString(number), StandardCharsets.US_ASCII);
            out.writeCharSequence(size, StandardCharsets.US_ASCII);
            write(out.writeBytes(frame).writeShort(END));
        }

        @Override
        void delivered(final NatsDecoder.Delivery ack, final long nowNs) {
            final String subject = ack.subject();
            final long intendedNs = inFlight().take(Long.parseLong(subject.substring(subject.lastIndexOf('.') + 1)));
            final String said = new String(ack.payload(), StandardCharsets.UTF_8);
            if (said.contains(ERROR)) {
                account.refused(intendedNs);
                wires.fail("JetStream: " + said);
            } else {
                account.acked(intendedNs, nowNs);
            }
        }
    }

    private final class Watcher extends Connection {
        private final Account account;

        Watcher(final Account account) {
            this.account = account;
        }

        void request(final Wires over, final String subject, final String body)
                throws IOException, InterruptedException {
            final String answer =
                    (String) ask(over, text("PUB " + subject + " answer " + body.length() + "\r\n" + body + "\r\n"));
            if (answer.contains(ERROR)) {
                throw new IOException(subject + ": " + answer);
            }
        }

        @Override
        void delivered(final NatsDecoder.Delivery delivery, final long nowNs) {
            if (delivery.subject().startsWith("v2x.")) {
                final byte[] frame = delivery.payload();
                account.delivered(reports.vehicleIn(frame), reports.numberIn(frame), nowNs);
            } else {
                answered(new String(delivery.payload(), StandardCharsets.UTF_8));
            }
        }
    }
}
