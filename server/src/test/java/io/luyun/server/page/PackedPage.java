package io.luyun.server.page;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The packed page as the server hands it out: compressed, and with a policy that forbids everything from outside. */
final class PackedPage {
    private static final String FOLDER = "io/luyun/server/ops/page";
    private static final String MAP = "<script type=\"importmap\">";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8");

    FullHttpResponse get(final String path) throws IOException {
        final String name = path.equals("/") ? "/index.html" : path;
        try (InputStream in = open(name + ".gz")) {
            if (in == null) {
                return MockOps.text(404, "text/plain", "no such file");
            }
            final FullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(in.readAllBytes()));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, TYPES.get(name.substring(name.lastIndexOf('.') + 1)))
                    .set(HttpHeaderNames.CONTENT_ENCODING, "gzip")
                    .set("content-security-policy", policy());
            return response;
        }
    }

    /** A packed file as it was before. */
    static String text(final String name) throws IOException {
        try (InputStream in = open(name + ".gz");
                InputStream unpacked = new GZIPInputStream(in)) {
            return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static InputStream open(final String name) {
        return PackedPage.class.getClassLoader().getResourceAsStream(FOLDER + name);
    }

    static String policy() throws IOException {
        final String html = text("/index.html");
        final int begin = html.indexOf(MAP) + MAP.length();
        final byte[] map =
                html.substring(begin, html.indexOf("</script>", begin)).getBytes(StandardCharsets.UTF_8);
        return "default-src 'none'; script-src 'self' 'sha256-"
                + Base64.getEncoder().encodeToString(sha256(map))
                + "'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static byte[] sha256(final byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
