package io.luyun.benchmarks.torture.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What browsers and programs send to the HTTP face. */
final class HttpBytes {
    static final List<byte[]> TOKENS = Seeds.texts(
            "\r\n",
            "\n",
            "\r",
            "\r\n\r\n",
            " ",
            "\t",
            ":",
            "\u0000",
            "%00",
            "%",
            "%zz",
            "..",
            "/../",
            "?",
            "&",
            "=",
            "#",
            "HTTP/1.1",
            "HTTP/1.0",
            "HTTP/2.0",
            "HTTP/0.9",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "Content-Length: 5\r\n",
            "Content-Length: -1\r\n",
            "Content-Length: 99999999999999999999\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Host: elsewhere\r\n",
            "Expect: 100-continue\r\n",
            "Connection: close\r\n",
            "Upgrade: websocket\r\n",
            "Origin: null\r\n",
            "Cookie: luyun=;;,\"\r\n",
            "Range: bytes=0-\r\n",
            " folded\r\n",
            "5;ext=\"\\\r\nhello\r\n0\r\n\r\n",
            "{\"a\":",
            "[[[[[[[[",
            "1e999999999",
            "\\ud800");

    private static final String HOST = "Host: localhost\r\n";
    private static final int TEXT = 0x81;
    private static final int MASK = 0x5A;

    private HttpBytes() {}

    static List<byte[]> requests() {
        return Seeds.texts(
                "GET / HTTP/1.1\r\n" + HOST + "Accept-Encoding: br, gzip\r\nIf-None-Match: \"x\"\r\n\r\n",
                "GET /api/v1/things/7%20a?x=1&y=%E8%B7%AF HTTP/1.1\r\n" + HOST + "Authorization: Bearer abc\r\n\r\n",
                "GET /livez HTTP/1.1\r\n" + HOST + "\r\nGET /readyz HTTP/1.1\r\n" + HOST + "\r\n",
                "HEAD /api/v1/openapi.json HTTP/1.1\r\n" + HOST + "Cookie: luyun=abc; a=b\r\n\r\n",
                "GET /api/v1/status HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
                "POST /api/v1/things HTTP/1.1\r\n" + HOST
                        + "Origin: http://localhost\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n"
                        + "{\"a\":1,\"b\":2}",
                "POST /api/v1/things HTTP/1.1\r\n" + HOST
                        + "Origin: http://localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n2\r\n1}\r\n0\r\n\r\n",
                "POST /api/v1/things HTTP/1.1\r\n" + HOST
                        + "Origin: http://localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
                "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n",
                "DELETE /api/v1/things/7 HTTP/1.1\r\n" + HOST + "Content-Length: 0\r\n\r\n",
                new String(handshake(), StandardCharsets.UTF_8));
    }

    static byte[] handshake() {
        return ("GET /api/v1/live HTTP/1.1\r\n" + HOST + "Origin: http://localhost\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Frames of a browser: each text masked with octets that are alike, so that pieces of one mean something in another. */
    static List<byte[]> frames() {
        final List<byte[]> frames = new ArrayList<>();
        for (final String text : List.of(
                "{\"type\":\"view\",\"box\":[106.2,29.5,106.4,29.7],\"hz\":10}",
                "{\"type\":\"watch\",\"participant\":\"12\"}",
                "{\"type\":\"speed\",\"speed\":2}",
                "{\"type\":\"pause\"}",
                "{\"type\":\"play\"}",
                "{\"type\":\"step\",\"seconds\":1}",
                "{\"type\":\"seek\",\"to\":\"2026-11-30T08:00:00Z\"}",
                "{\"type\":\"live\"}",
                "路\ud83d\ude97")) {
            frames.add(frame(TEXT, text.getBytes(StandardCharsets.UTF_8)));
        }
        frames.add(frame(0x82, new byte[300]));
        frames.add(frame(0x89, new byte[] {1, 2, 3}));
        frames.add(frame(0x8A, new byte[0]));
        frames.add(frame(0x88, new byte[] {3, (byte) 0xE8, 'b', 'y', 'e'}));
        // in two parts
        final ByteArrayOutputStream parts = new ByteArrayOutputStream();
        parts.writeBytes(frame(0x01, "{\"type\":".getBytes(StandardCharsets.UTF_8)));
        parts.writeBytes(frame(0x80, "\"live\"}".getBytes(StandardCharsets.UTF_8)));
        frames.add(parts.toByteArray());
        return frames;
    }

    private static byte[] frame(final int head, final byte[] payload) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(head);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else {
            out.write(0x80 | 126);
            out.write(payload.length >>> 8);
            out.write(payload.length);
        }
        for (int i = 0; i < 4; i++) {
            out.write(MASK);
        }
        for (final byte octet : payload) {
            out.write(octet ^ MASK);
        }
        return out.toByteArray();
    }
}
