package io.luyun.benchmarks.torture.rights;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A device on the MQTT port, version 5, which says one thing and waits for the answer. */
final class MqttAsker implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int ERROR = 0x80;
    private static final int CONNACK = 2;
    private static final int PUBACK = 4;
    private static final int SUBACK = 9;
    private static final int DISCONNECT = 14;

    private final SSLSocket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private int lastId;

    /** A packet of the server. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    private record Packet(int type, byte[] body) {}

    private MqttAsker(final SSLSocket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    /** Connects with what the context shows. */
    static MqttAsker connect(final SSLContext context, final int port) throws IOException {
        final SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        return new MqttAsker(socket);
    }

    /** Says who it is. */
    Answer hello(final String device, final String token) {
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, "MQTT");
        body.write(5);
        body.write(token.isEmpty() ? 0x02 : 0xC2);
        number(body, 60);
        body.write(0);
        text(body, device);
        if (!token.isEmpty()) {
            text(body, "rights");
            text(body, token);
        }
        try {
            send(0x10, body);
            return answer(CONNACK, 1);
        } catch (final IOException e) {
            return Answer.refused("connection refused: " + e.getMessage());
        }
    }

    /** Publishes with quality 1. */
    Answer publish(final String topic, final byte[] payload) throws IOException {
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, topic);
        number(body, ++lastId);
        body.write(0);
        body.writeBytes(payload);
        send(0x32, body);
        return answer(PUBACK, 2);
    }

    /** Subscribes to one topic. */
    Answer subscribe(final String topic) throws IOException {
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        number(body, ++lastId);
        body.write(0);
        text(body, topic);
        body.write(1);
        send(0x82, body);
        while (true) {
            final Packet packet = read();
            if (packet.type() == SUBACK) {
                return code(packet.body()[packet.body().length - 1] & 0xFF);
            }
            if (packet.type() == DISCONNECT) {
                return Answer.refused("disconnect");
            }
        }
    }

    /** Whether the server has ended this within so long. */
    boolean ended(final int millis) {
        try {
            socket.setSoTimeout(Math.max(1, millis));
            int type;
            do {
                type = read().type(); // alerts come between
            } while (type != DISCONNECT);
            return true;
        } catch (final java.net.SocketTimeoutException e) {
            return false;
        } catch (final IOException e) {
            return true;
        }
    }

    private Answer answer(final int type, final int codeAt) throws IOException {
        try {
            while (true) {
                final Packet packet = read();
                if (packet.type() == type) {
                    return code(packet.body().length > codeAt ? packet.body()[codeAt] & 0xFF : 0);
                }
                if (packet.type() == DISCONNECT) {
                    return Answer.refused("disconnect");
                }
            }
        } catch (final EOFException e) {
            return Answer.refused("closed");
        }
    }

    private static Answer code(final int code) {
        return code >= ERROR ? Answer.refused("reason 0x" + Integer.toHexString(code)) : Answer.good();
    }

    private Packet read() throws IOException {
        final int head = in.readUnsignedByte();
        int length = 0;
        int shift = 0;
        int octet = 0x80;
        while (octet >= 0x80) {
            octet = in.readUnsignedByte();
            length |= (octet & 0x7F) << shift;
            shift += 7;
        }
        final byte[] body = new byte[length];
        in.readFully(body);
        return new Packet(head >>> 4, body);
    }

    private void send(final int head, final ByteArrayOutputStream body) throws IOException {
        out.writeByte(head);
        int rest = body.size();
        while (rest >= 0x80) {
            out.writeByte((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
        body.writeTo(out);
        out.flush();
    }

    private static void number(final ByteArrayOutputStream body, final int value) {
        body.write(value >>> 8);
        body.write(value);
    }

    private static void text(final ByteArrayOutputStream body, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(body, bytes.length);
        body.writeBytes(bytes);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
