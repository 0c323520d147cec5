package io.luyun.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.ServerFrame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Secrets and numbers of a person, through every door of a real server and into its configuration, rightly and wrongly: nothing
 * the server writes (log, standard output, audit log, crash files) or answers to others has them.
 */
final class DoorCanaryTest {
    private static final String PLATE = "CANARY-PLATE-7";
    private static final String VIN = "LCANARY7VIN000001";
    /** One that is nobody's, and one that opens. */
    private static final String WRONG = "canary-wrong-token";

    private static final String RIGHT = "canary-right-token";
    /** For the end of a conversation that the server ends, and for one that it does not. */
    private static final int ENDS_MILLIS = 20_000;

    private static final int STAYS_MILLIS = 300;
    private static final Pattern READY =
            Pattern.compile("READY devices=127\\.0\\.0\\.1:(\\d+) http=127\\.0\\.0\\.1:(\\d+) .*"
                    + " mqtt=127\\.0\\.0\\.1:(\\d+) udp=127\\.0\\.0\\.1:(\\d+)");

    @TempDir
    private Path directory;

    /** Each conversation comes from another address: wrong tokens of one are soon answered no more. */
    private int conversations;

    /** What everybody may read, by where it came from. */
    private final Map<String, String> open = new LinkedHashMap<>();
    /** What only who sent something was answered: there a token may not stand. */
    private final Map<String, String> answers = new LinkedHashMap<>();

    @Test
    void nothingGetsOut() throws Exception {
        final Path config = Files.writeString(directory.resolve("server.yaml"), """
                data: data
                net: {port: 0, insecure: true, registry: registry.yaml, registryPollMillis: 20,
                      helloTimeoutMillis: 500, frameTimeoutMillis: 500}
                mqtt: {enabled: true, port: 0}
                udp: {enabled: true, port: 0}
                ops: {port: 0, tokens: tokens, requestTimeoutMillis: 300}
                """);
        final String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(RIGHT.getBytes(UTF_8)));
        final String registry = "devices:\n  - {id: rsu-1, role: RSU, tokenSha256: %s, kinds: [RSM, RSI, BSM]}\n"
                + "  - {id: car-1, role: OBU, tokenSha256: " + hash + "}\n";
        Files.writeString(directory.resolve("registry.yaml"), registry.formatted(hash));
        Files.writeString(directory.resolve("tokens"), "li:admin:" + hash + "\n");
        final Path log = directory.resolve("server.log");
        try (ServerProcess server = ServerProcess.start(config, log)) {
            final MatchResult ports = server.awaitReadyLine(READY);
            deviceDoor(Integer.parseInt(ports.group(1)));
            mqttDoor(Integer.parseInt(ports.group(3)));
            udpDoor(Integer.parseInt(ports.group(4)));
            httpDoor(Integer.parseInt(ports.group(2)));
            // the token itself where its hash should be, while the server runs
            Files.writeString(directory.resolve("registry.yaml"), registry.formatted(RIGHT));
            Files.writeString(directory.resolve("tokens"), "li:" + RIGHT + ":" + hash + "\n");
            await().until(() -> {
                http(ports.group(2), "GET /api/v1/status HTTP/1.1\r\nAuthorization: Bearer " + RIGHT, "");
                final String text = Files.readString(log);
                return text.contains("tokenSha256: must be") && text.contains("ops.tokens = ");
            });
            for (final String path : List.of("/metrics", "/readyz", "/livez", "/", "/api/v1/openapi.json")) {
                open.put(path, http(ports.group(2), "GET " + path + " HTTP/1.1", ""));
            }
            server.terminate();
            open.put("standard output", server.restOfOutput());
        }
        open.put("log", Files.readString(log));
        for (final Path file : written()) {
            open.put(file.toString(), new String(Files.readAllBytes(file), UTF_8));
        }
        wrongConfigurations();

        assertThat(open.get("log")).contains("registry.yaml: devices[0].tokenSha256: must be", "ops.tokens = ");
        assertThat(open.keySet()).anyMatch(name -> name.endsWith("audit.ndjson"));
        assertThat(open)
                .allSatisfy((where, text) -> assertThat(birds(text, PLATE, VIN, WRONG, RIGHT))
                        .as("in %s: %s", where, text)
                        .isEmpty());
        assertThat(answers)
                .hasSizeGreaterThan(20)
                .allSatisfy((where, text) -> assertThat(birds(text, WRONG, RIGHT))
                        .as("in the answer to %s: %s", where, text)
                        .isEmpty());
    }

    @Test
    void thisTestWouldSeeThem() {
        for (final String text : List.of(
                "x" + WRONG + "y",
                Base64.getEncoder().encodeToString((WRONG + "/x").getBytes(UTF_8)),
                HexFormat.of().formatHex(WRONG.getBytes(UTF_8)))) {
            assertThat(birds(text, WRONG)).as(text).isNotEmpty();
        }
        assertThat(birds("nothing", WRONG, PLATE)).isEmpty();
    }

    private void deviceDoor(final int port) throws IOException {
        device(port, "a wrong token", hello("car-1", WRONG));
        device(port, "a device nobody knows", hello(VIN, WRONG));
        device(port, "no frame", (WRONG + PLATE + VIN).getBytes(UTF_8));
        device(port, "another protocol", ("GET /" + WRONG + " HTTP/1.1\r\n\r\n").getBytes(UTF_8));
        final ByteArrayOutputStream good = new ByteArrayOutputStream();
        good.write(hello("car-1", RIGHT));
        DeviceFrame.newBuilder()
                .setMessage(Message.newBuilder()
                        .setNumber(1)
                        .setBsm(Bsm.newBuilder().setId(ByteString.copyFromUtf8(PLATE + VIN))))
                .build()
                .writeDelimitedTo(good);
        good.write(("\u0010" + PLATE + VIN).getBytes(UTF_8));
        device(port, "a bad message", good.toByteArray());
    }

    private static byte[] hello(final String device, final String token) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DeviceFrame.newBuilder()
                .setHello(Hello.newBuilder()
                        .setProtocol(1)
                        .setDeviceId(device)
                        .setRole(Role.ROLE_OBU)
                        .setBootEpoch(1)
                        .setToken(token)
                        .setAgent(PLATE))
                .build()
                .writeDelimitedTo(bytes);
        return bytes.toByteArray();
    }

    private void device(final int port, final String what, final byte[] bytes) throws IOException {
        final boolean ends = what.startsWith("a ");
        final String answer = exchange(port, bytes, ends ? ENDS_MILLIS : STAYS_MILLIS);
        if (ends) {
            assertThat(answer).as("the answer to %s", what).isNotEmpty();
            assertThat(ServerFrame.parseDelimitedFrom(new ByteArrayInputStream(answer.getBytes(ISO_8859_1))))
                    .isNotNull();
        }
        answers.put("device: " + what, answer);
    }

    private void mqttDoor(final int port) throws IOException {
        answers.put("mqtt: a wrong token", exchange(port, connect("rsu-1", WRONG), ENDS_MILLIS));
        answers.put("mqtt: a device nobody knows", exchange(port, connect(VIN, WRONG), ENDS_MILLIS));
        answers.put("mqtt: no packet", exchange(port, (WRONG + PLATE).getBytes(UTF_8), STAYS_MILLIS));
        for (final String payload : List.of(
                "[{\"eventId\":1,\"plateNo\":\"" + PLATE + "\",\"vin\":\"" + VIN + "\"",
                "[{\"eventId\":\"" + PLATE + "\",\"eventType\":\"" + VIN + "\"}]",
                PLATE + " " + WRONG)) {
            final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(connect("rsu-1", RIGHT));
            bytes.write(packet(0x32, text("rscu/rsu-1/event/up"), new byte[] {0, 1, 0}, payload.getBytes(UTF_8)));
            answers.put("mqtt: " + payload, exchange(port, bytes.toByteArray(), STAYS_MILLIS));
        }
    }

    /** MQTT 5, clean start, with a name and a password. */
    private static byte[] connect(final String client, final String password) throws IOException {
        return packet(
                0x10, text("MQTT"), new byte[] {5, (byte) 0xC2, 0, 30, 0}, text(client), text(client), text(password));
    }

    private static byte[] packet(final int type, final byte[]... parts) throws IOException {
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (final byte[] part : parts) {
            body.write(part);
        }
        final ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(type);
        int length = body.size();
        for (; length > 0x7F; length >>>= 7) {
            packet.write((length & 0x7F) | 0x80);
        }
        packet.write(length);
        packet.write(body.toByteArray());
        return packet.toByteArray();
    }

    private static byte[] text(final String text) {
        final byte[] bytes = text.getBytes(UTF_8);
        final byte[] with = new byte[2 + bytes.length];
        with[1] = (byte) bytes.length;
        System.arraycopy(bytes, 0, with, 2, bytes.length);
        return with;
    }

    private static void udpDoor(final int port) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            final byte[] bytes = (WRONG + PLATE + VIN).getBytes(UTF_8);
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
        }
    }

    private void httpDoor(final int port) throws IOException {
        final String bearer = "\r\nAuthorization: Bearer ";
        final List<String> heads = new ArrayList<>();
        for (final String token : List.of(WRONG, RIGHT)) {
            for (final String path :
                    List.of("status", "figures", "devices", "audit", "participants/x", "nothing", "alerts")) {
                heads.add("GET /api/v1/" + path + " HTTP/1.1" + bearer + token);
            }
            heads.add("GET /api/v1/status?token=" + token + " HTTP/1.1");
            heads.add("GET /api/v1/status HTTP/1.1\r\nCookie: luyun-session=" + token);
            heads.add("GET /api/v1/status HTTP/1.1\r\nAuthorization: Basic "
                    + Base64.getEncoder().encodeToString(("li:" + token).getBytes(UTF_8)));
            heads.add("GET /api/v1/live HTTP/1.1" + bearer + token
                    + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 12\r\n"
                    + "Sec-WebSocket-Key: " + token);
            heads.add("GET /" + token + " HTTP/1.1");
            heads.add(token + " / HTTP/1.1");
            heads.add("GET / HTTP/9.9 " + token);
            answers.put(
                    "http: a session, " + (token.equals(RIGHT) ? "right" : "wrong"),
                    http(Integer.toString(port), "POST /api/v1/session HTTP/1.1", "{\"token\":\"" + token + "\"}"));
            answers.put(
                    "http: broken JSON, " + (token.equals(RIGHT) ? "right" : "wrong"),
                    http(Integer.toString(port), "POST /api/v1/session HTTP/1.1", "{\"token\": " + token + "}"));
            answers.put(
                    "http: JSON of another kind, " + (token.equals(RIGHT) ? "right" : "wrong"),
                    http(Integer.toString(port), "POST /api/v1/session HTTP/1.1", "{\"" + token + "\":[1]}"));
            answers.put(
                    "http: a token that is none, " + (token.equals(RIGHT) ? "right" : "wrong"),
                    http(Integer.toString(port), "POST /api/v1/session HTTP/1.1", "{\"token\":[\"" + token + "\"]}"));
        }
        for (final String head : heads) {
            answers.put("http: " + head, http(Integer.toString(port), head, ""));
        }
        open.put("the audit log as it is shown", answers.get("http: GET /api/v1/audit HTTP/1.1" + bearer + RIGHT));
        open.put("figures", answers.get("http: GET /api/v1/figures HTTP/1.1" + bearer + RIGHT));
        open.put("status", answers.get("http: GET /api/v1/status HTTP/1.1" + bearer + RIGHT));
        assertThat(open.get("status")).contains("200 OK", "\"ready\":true");
    }

    private String http(final String port, final String head, final String body) throws IOException {
        final String host = "127.0.0.1:" + port;
        final String request = head + "\r\nHost: " + host + "\r\nOrigin: http://" + host + "\r\nConnection: close\r\n"
                + (body.isEmpty()
                        ? ""
                        : "Content-Type: application/json\r\nContent-Length: " + body.getBytes(UTF_8).length + "\r\n")
                + "\r\n" + body;
        return exchange(Integer.parseInt(port), request.getBytes(UTF_8), ENDS_MILLIS);
    }

    /** Sends it, and returns what comes back until nothing more does, an octet a char. */
    private String exchange(final int port, final byte[] bytes, final int patienceMillis) throws IOException {
        final ByteArrayOutputStream answer = new ByteArrayOutputStream();
        conversations++;
        final InetAddress from =
                InetAddress.getByName("127.0." + (1 + conversations / 200) + "." + (1 + conversations % 200));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port, from, 0)) {
            socket.setSoTimeout(patienceMillis);
            socket.getOutputStream().write(bytes);
            final InputStream in = socket.getInputStream();
            final byte[] piece = new byte[8_192];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                answer.write(piece, 0, count);
            }
        } catch (final SocketTimeoutException | SocketException e) {
            // the server waits for more, or has closed before it had read everything: what it said has been read
        }
        return answer.toString(ISO_8859_1);
    }

    /** What the server has written but for the journals, in which the devices' own words are kept. */
    private List<Path> written() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(directory.resolve("data/journal"))
                            && !file.startsWith(directory.resolve("data/alerts")))
                    .filter(file -> !List.of("registry.yaml", "tokens")
                            .contains(file.getFileName().toString()))
                    .toList();
        }
    }

    /** The token where something else belongs, or beside something that is wrong. */
    private void wrongConfigurations() throws IOException {
        final String insecure = "net: {insecure: true, port: 0, registry: wrong-registry.yaml}\nops: {port: 0}\n";
        final String device = "devices:\n  - {id: a, role: OBU, ";
        final Map<String, String> registries = new LinkedHashMap<>();
        registries.put("a token for its hash", device + "tokenSha256: " + RIGHT + "}\n");
        registries.put("a token that is not closed", device + "tokenSha256: \"" + RIGHT + "}\n");
        registries.put("a token under another name", device + "token: " + RIGHT + "}\n");
        registries.put("something wrong beside it", device + "tokenSha256: " + RIGHT + ", kinds: [XYZ]}\n");
        registries.put("a mapping that is none", device + "tokenSha256: " + RIGHT + "\n  x: [\n");
        registries.put("a list for it", device + "tokenSha256: [" + RIGHT + "]}\n");
        for (final Map.Entry<String, String> one : registries.entrySet()) {
            Files.writeString(directory.resolve("wrong-registry.yaml"), one.getValue());
            open.put("start with " + one.getKey(), start(insecure));
        }
        open.put("start with a token in the configuration", start(insecure + "token: " + RIGHT + "\n"));
        open.put("start with a password", start("net: {insecure: true, password: " + RIGHT + "}\n"));
        open.put("start with broken YAML", start("net: {insecure: true, token: " + RIGHT + "\n  x: [\n"));
        Files.writeString(directory.resolve("wrong-tokens"), "li:" + RIGHT + ":x\nli:admin:" + RIGHT + "\n");
        open.put("start with wrong tokens", start("net: {insecure: true}\nops: {port: 0, tokens: wrong-tokens}\n"));
    }

    private String start(final String text) throws IOException {
        final Path config = Files.writeString(directory.resolve("wrong.yaml"), text);
        final StringWriter said = new StringWriter();
        final PrintWriter out = new PrintWriter(said, true);
        final int code =
                new CommandLine(new Main()).setOut(out).setErr(out).execute("serve", "--config", config.toString());
        Files.delete(config);
        assertThat(code).as("%s", said).isEqualTo(2);
        assertThat(said.toString()).startsWith("luyun: ").hasLineCount(1);
        return said.toString();
    }

    /** Which of them stand there, plain, in hexadecimal or in Base64. */
    private static List<String> birds(final String text, final String... birds) {
        final List<String> found = new ArrayList<>();
        for (final String bird : birds) {
            final byte[] bytes = bird.getBytes(UTF_8);
            final List<String> spellings =
                    new ArrayList<>(List.of(bird, HexFormat.of().formatHex(bytes)));
            for (int skip = 0; skip < 3; skip++) {
                final byte[] padded = new byte[skip + bytes.length];
                System.arraycopy(bytes, 0, padded, skip, bytes.length);
                final String base64 = Base64.getEncoder().withoutPadding().encodeToString(padded);
                spellings.add(base64.substring(skip == 0 ? 0 : skip + 1, base64.length() - 2));
            }
            spellings.stream().filter(text::contains).forEach(found::add);
        }
        return found;
    }
}
