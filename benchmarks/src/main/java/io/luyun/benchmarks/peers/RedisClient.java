package io.luyun.benchmarks.peers;

import io.luyun.benchmarks.rig.Wires;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.redis.ArrayRedisMessage;
import io.netty.handler.codec.redis.ErrorRedisMessage;
import io.netty.handler.codec.redis.FullBulkStringRedisMessage;
import io.netty.handler.codec.redis.RedisArrayAggregator;
import io.netty.handler.codec.redis.RedisBulkStringAggregator;
import io.netty.handler.codec.redis.RedisDecoder;
import io.netty.handler.codec.redis.RedisMessage;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Redis streams: a connection for each vehicle, which adds to the stream {@code bsm}, or to {@code alert} what concerns somebody; and
 * one connection that waits at the end of {@code alert} and asks again after each answer, as the documentation of XREAD has it.
 * Commands are written here, whole; answers are read by Netty's codec.
 */
final class RedisClient implements Client {
    /** What an answer of XREAD may hold: entries that came since the last, in lists of streams, entries, fields. */
    private static final int MOST_ENTRIES = 1_000_000;

    private static final int DEEPEST = 8;

    private final Wires wires;
    private final int vehicles;
    private final Reports reports;
    private final List<Publisher> publishers = new ArrayList<>();

    RedisClient(final int port, final int vehicles, final Reports reports) {
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
        wires.connect(codec(watcher));
        watcher.ask(wires, command("XREVRANGE", "alert", "+", "-", "COUNT", "1"));
        for (int i = 0; i < vehicles; i++) {
            final Publisher publisher = new Publisher(i, account);
            wires.connect(codec(publisher));
            publishers.add(publisher);
        }
    }

    private static ChannelHandler[] codec(final Line line) {
        return new ChannelHandler[] {
            new RedisDecoder(), new RedisBulkStringAggregator(), new RedisArrayAggregator(MOST_ENTRIES, DEEPEST), line
        };
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

    private static ByteBuf command(final String... words) {
        final StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
        for (final String word : words) {
            text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    /** The command that adds an entry with one field to a stream, up to the value. */
    private static byte[] add(final String stream, final int valueBytes) {
        final String text = "*5\r\n$4\r\nXADD\r\n$" + stream.length() + "\r\n" + stream + "\r\n$1\r\n*\r\n$1\r\nb\r\n$"
                + valueBytes + "\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private final class Publisher extends Line {
        private static final int END = '\r' << 8 | '\n';

        private final int vehicle;
        private final Account account;
        private final byte[] toAll = add("bsm", reports.frame().length);
        private final byte[] toAlerts = add("alert", reports.frame().length);

        Publisher(final int vehicle, final Account account) {
            this.vehicle = vehicle;
            this.account = account;
        }

        void publish(final boolean concerns, final long intendedNs) {
            inFlight().add(intendedNs);
            if (concerns) {
                account.await(vehicle, reports.number(), intendedNs);
            }
            final byte[] head = concerns ? toAlerts : toAll;
            final byte[] frame = reports.frame();
            write(allocator()
                    .directBuffer(head.length + frame.length + Short.BYTES)
                    .writeBytes(head)
                    .writeBytes(frame)
                    .writeShort(END));
        }

        @Override
        public void channelRead(final ChannelHandlerContext context, final Object read) {
            final long nowNs = System.nanoTime();
            final long intendedNs = inFlight().take(inFlight().first());
            if (read instanceof ErrorRedisMessage error) {
                account.refused(intendedNs);
                wires.fail("XADD: " + error.content());
            } else {
                account.acked(intendedNs, nowNs);
            }
            ReferenceCountUtil.release(read);
        }
    }

    private final class Watcher extends Line {
        private final Account account;
        private String last = "0-0";

        Watcher(final Account account) {
            this.account = account;
        }

        @Override
        public void channelRead(final ChannelHandlerContext context, final Object read) {
            final long nowNs = System.nanoTime();
            if (read instanceof ArrayRedisMessage array) {
                if (isAsked()) {
                    array.children()
                            .forEach(entry -> last = text(children(entry).getFirst()));
                    answered("");
                } else {
                    array.children()
                            .forEach(stream ->
                                    children(children(stream).get(1)).forEach(entry -> take(children(entry), nowNs)));
                }
                write(command("XREAD", "BLOCK", "0", "STREAMS", "alert", last));
            } else {
                wires.fail("XREAD: " + read);
                refused(String.valueOf(read));
            }
            ReferenceCountUtil.release(read);
        }

        /** An entry is its id and its fields, each name followed by its value. */
        private void take(final List<RedisMessage> entry, final long nowNs) {
            last = text(entry.getFirst());
            final FullBulkStringRedisMessage value =
                    (FullBulkStringRedisMessage) children(entry.get(1)).get(1);
            final byte[] frame = bytes(value.content());
            account.delivered(reports.vehicleIn(frame), reports.numberIn(frame), nowNs);
        }

        private List<RedisMessage> children(final RedisMessage message) {
            return ((ArrayRedisMessage) message).children();
        }

        private String text(final RedisMessage message) {
            return ((FullBulkStringRedisMessage) message).content().toString(StandardCharsets.US_ASCII);
        }
    }
}
