package io.luyun.benchmarks.peers;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads what a NATS server sends to a client.
 *
 * <pre>
 *   INFO {…}␍␊   PING␍␊   PONG␍␊   +OK␍␊   -ERR 'why'␍␊
 *   MSG subject sid [reply] size␍␊  payload (size bytes)  ␍␊
 * </pre>
 */
final class NatsDecoder extends ByteToMessageDecoder {
    private static final int MOST_LINE_BYTES = 65_536;
    private static final int SHORTEST_MESSAGE = 4;

    /** What the server says and somebody has to know. */
    sealed interface Operation permits Ping, Pong, Problem, Delivery {}

    /** It wants to know whether we are there. */
    record Ping() implements Operation {}

    /** It is there, and has done what was asked before. */
    record Pong() implements Operation {}

    /** Something is wrong. */
    record Problem(String what) implements Operation {}

    /** A message. */
    static final class Delivery implements Operation {
        private final String subject;
        private final byte[] payload;

        Delivery(final String subject, final byte[] payload) {
            this.subject = subject;
            this.payload = payload;
        }

        String subject() {
            return subject;
        }

        /** The receiver's own. */
        byte[] payload() {
            return payload;
        }
    }

    @Override
    protected void decode(final ChannelHandlerContext context, final ByteBuf in, final List<Object> out) {
        final int lineBytes = in.bytesBefore((byte) '\n');
        if (lineBytes < 0) {
            if (in.readableBytes() > MOST_LINE_BYTES) {
                throw new CorruptedFrameException("a line of more than " + MOST_LINE_BYTES + " bytes");
            }
            return;
        }
        final int start = in.readerIndex();
        final String line = in.toString(start, Math.max(0, lineBytes - 1), StandardCharsets.UTF_8);
        in.skipBytes(lineBytes + 1);
        if (line.startsWith("MSG ")) {
            message(line.split(" "), start, in, out);
        } else if (line.startsWith("PING")) {
            out.add(new Ping());
        } else if (line.startsWith("PONG")) {
            out.add(new Pong());
        } else if (line.startsWith("-ERR")) {
            out.add(new Problem(line));
        } else if (!line.startsWith("INFO ") && !line.startsWith("+OK")) {
            throw new CorruptedFrameException("not of the protocol: " + line);
        }
    }

    private static void message(final String[] words, final int start, final ByteBuf in, final List<Object> out) {
        if (words.length < SHORTEST_MESSAGE) {
            throw new CorruptedFrameException("a message without its size");
        }
        final int size = Integer.parseInt(words[words.length - 1]);
        if (in.readableBytes() < size + Short.BYTES) {
            in.readerIndex(start);
            return;
        }
        final byte[] payload = new byte[size];
        in.readBytes(payload).skipBytes(Short.BYTES);
        out.add(new Delivery(words[1], payload));
    }
}
