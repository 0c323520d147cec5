package io.luyun.benchmarks.torture.net;

import io.luyun.benchmarks.torture.Subject;
import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** What is sent to make a server take more memory than it has: as large as allowed, said to be larger, unpacking to more, nested. */
final class Bombs {
    /** Longest frame and packet taken, as the settings of the server say by default. */
    private static final int LARGEST = 65_536;

    private static final int FRAMES = 32;
    private static final int NESTED = 60_000;
    private static final int BODY = 1 << 20;
    private static final int UNPACKED = 16 << 20;
    private static final int GROUP = 0x0B;
    private static final int UNKNOWN_FIELD = 0x7A;
    private static final int HEADER_ROOM = 8_000;
    private static final byte[] NOTHING = {};
    private static final String HOST = "Host: localhost\r\nOrigin: http://localhost\r\n";
    private static final String POST =
            "POST /api/v1/session HTTP/1.1\r\n" + HOST + "Content-Type: application/json\r\n";

    private final List<Salvo.Bomb> all = new ArrayList<>();

    private Bombs() {}

    /** Each kind so many times, by port: the first byte of one comes before the second bomb is done. */
    static List<Salvo.Bomb> against(final Subject server, final int each) throws IOException {
        final Bombs bombs = new Bombs();
        final Map<String, byte[]> http = http();
        for (int i = 0; i < each; i++) {
            for (final byte[] bomb : frames(i)) {
                bombs.add(server.port(), bomb);
            }
            for (final byte[] bomb : packets(i)) {
                bombs.add(server.port("mqtt"), bomb);
            }
            for (final byte[] bomb : http.values()) {
                bombs.add(server.port("http"), bomb);
            }
        }
        return bombs.all;
    }

    private void add(final int port, final byte[] bomb) {
        all.add(new Salvo.Bomb(port, bomb));
    }

    /** To the port for devices. */
    private static List<byte[]> frames(final int pest) throws IOException {
        final byte[] hello = hello(pest);
        final Octets many = new Octets().octets(hello);
        for (int i = 0; i < FRAMES; i++) {
            // a field nobody knows, as long as can be
            many.length(LARGEST).octet(UNKNOWN_FIELD).length(LARGEST - 4).octets(new byte[LARGEST - 4]);
        }
        final byte[] groups = new byte[NESTED];
        Arrays.fill(groups, (byte) GROUP);
        return List.of(
                new Octets()
                        .octets(hello)
                        .length(LARGEST)
                        .octets(new byte[LARGEST - 1])
                        .all(),
                new Octets().length(Integer.MAX_VALUE).octets(new byte[BODY]).all(),
                many.all(),
                new Octets().octets(hello).length(NESTED).octets(groups).all());
    }

    /** To the port for MQTT. */
    private static List<byte[]> packets(final int pest) {
        final String id = "bomb-" + pest;
        final byte[] connect = new Octets()
                .octet(0x10)
                .length(12 + id.length())
                .text("MQTT")
                .octet(4)
                .octet(2)
                .octets(new byte[] {0, 60})
                .text(id)
                .all();
        final byte[] nested = "[".repeat(NESTED).getBytes(StandardCharsets.US_ASCII);
        return List.of(
                publish(connect, "rscu/" + id + "/participant/up", nested),
                publish(connect, "luyun/v1/" + id + "/up", new byte[NESTED]),
                // one octet short of the longest
                new Octets()
                        .octets(connect)
                        .octet(0x30)
                        .length(LARGEST - 4)
                        .octets(new byte[LARGEST - 5])
                        .all(),
                new Octets()
                        .octet(0x10)
                        .length(0x0FFF_FFFF)
                        .octets(new byte[BODY])
                        .all());
    }

    /** To the port for HTTP. */
    private static Map<String, byte[]> http() throws IOException {
        final Map<String, byte[]> bombs = new LinkedHashMap<>();
        final byte[] body = new byte[BODY];
        final byte[] nested = "[".repeat(NESTED).getBytes(StandardCharsets.US_ASCII);
        final ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[UNPACKED]);
        }
        bombs.put("declared", request("Content-Length: 10000000000\r\n", body));
        bombs.put("nested", request("Content-Length: " + NESTED + "\r\n", nested));
        bombs.put(
                "gzip",
                request("Content-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n", packed.toByteArray()));
        final Octets chunks = new Octets().octets(request("Transfer-Encoding: chunked\r\n", NOTHING));
        bombs.put("chunks", chunks.ascii("7fffffff\r\n").octets(body).all());
        bombs.put(
                "header",
                ("GET /livez HTTP/1.1\r\n" + HOST + "x: " + "a".repeat(HEADER_ROOM))
                        .getBytes(StandardCharsets.US_ASCII));
        bombs.put("WebSocket declared", webSocket(0x81, 1L << 62, body));
        bombs.put("WebSocket nested", webSocket(0x81, NESTED, nested));
        final ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(deflated)) {
            deflater.write(new byte[UNPACKED]);
        }
        // as if compression had been agreed upon
        bombs.put("WebSocket deflated", webSocket(0xC1, deflated.size(), deflated.toByteArray()));
        return bombs;
    }

    private static byte[] request(final String header, final byte[] body) {
        return new Octets().ascii(POST + header + "\r\n").octets(body).all();
    }

    private static byte[] webSocket(final int head, final long length, final byte[] payload) {
        final Octets out = new Octets()
                .ascii("GET /api/v1/live HTTP/1.1\r\n" + HOST
                        + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .octet(head)
                .octet(0x80 | 127);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out.octet((int) (length >>> shift));
        }
        // masked with zeros
        return out.octets(new byte[4]).octets(payload).all();
    }

    private static byte[] publish(final byte[] connect, final String topic, final byte[] payload) {
        return new Octets()
                .octets(connect)
                .octet(0x30)
                .length(2 + topic.length() + payload.length)
                .text(topic)
                .octets(payload)
                .all();
    }

    private static byte[] hello(final int pest) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        DeviceFrame.newBuilder()
                .setHello(Hello.newBuilder()
                        .setProtocol(1)
                        .setDeviceId("bomb-" + pest)
                        .setRole(Role.ROLE_OBU)
                        .setBootEpoch(1)
                        .setAckLevel(AckLevel.ACK_LEVEL_SYNCED))
                .build()
                .writeDelimitedTo(out);
        return out.toByteArray();
    }

    /** Octets that grow. */
    private static final class Octets {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Octets octet(final int value) {
            out.write(value);
            return this;
        }

        Octets octets(final byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        Octets ascii(final String text) {
            return octets(text.getBytes(StandardCharsets.US_ASCII));
        }

        /** With its length before it, as MQTT has texts. */
        Octets text(final String text) {
            return octet(text.length() >>> 8).octet(text.length()).ascii(text);
        }

        /** A length as frames and packets begin with. */
        Octets length(final int value) {
            int rest = value;
            while (rest >= 0x80) {
                octet((rest & 0x7F) | 0x80);
                rest >>>= 7;
            }
            return octet(rest);
        }

        byte[] all() {
            return out.toByteArray();
        }
    }
}
