package io.luyun.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PageFilesTest {
    private static final String IMPORTS = "{\"imports\":{\"ol\":\"/lib/ol-10.7.0/ol.js\"}}";

    private final Map<String, byte[]> jar = new HashMap<>();
    private final PageFiles files = new PageFiles(name -> {
        final byte[] bytes = jar.get(name);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    });

    @Test
    void sendsWhatTheBrowserTakes() throws Exception {
        jar.put("app.js.br", bytes("brotli"));
        jar.put("app.js.gz", gzip("let a = 1;"));
        assertThat(get("/app.js", "gzip, deflate, br").headers()).containsEntry("content-encoding", "br");
        assertThat(get("/app.js", "gzip, deflate, br").body()).isEqualTo(bytes("brotli"));
        assertThat(get("/app.js", "gzip").body()).isEqualTo(jar.get("app.js.gz"));
        assertThat(get("/app.js", "br;q=0, gzip;q=0.5").headers()).containsEntry("content-encoding", "gzip");
        final Answer plain = get("/app.js", null);
        assertThat(plain.body()).isEqualTo(bytes("let a = 1;"));
        assertThat(plain.headers()).doesNotContainKey("content-encoding").containsEntry("vary", "accept-encoding");
        assertThat(plain.contentType()).isEqualTo("text/javascript; charset=utf-8");
    }

    @Test
    void aFileThatTheBrowserHasIsNotSentAgain() throws Exception {
        jar.put("a.css", bytes("a{}"));
        final String tag = files.get("/a.css", null, null).headers().get("etag");
        final Answer again = files.get("/a.css", null, "\"other\", " + tag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers()).containsEntry("etag", tag);
        assertThat(files.get("/a.css", null, "\"other\"").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "index.html, no-cache",
        "app.js, no-cache",
        "zh-CN.json, no-cache",
        "deadbeef.css, no-cache",
        "app.9f2c4d1e.js, 'public, max-age=31536000, immutable'",
        "app-9f2c4d1e77.js, 'public, max-age=31536000, immutable'",
        "lib/ol-10.7.0/ol.js, 'public, max-age=31536000, immutable'",
        "lib/ol/10.7.0/ol.js, 'public, max-age=31536000, immutable'",
        "lib/ol@10.7.0.js, 'public, max-age=31536000, immutable'",
    })
    void keepsForeverWhatCannotChange(final String name, final String cacheControl) throws Exception {
        jar.put(name, bytes("x"));
        assertThat(get("/" + name, null).headers()).containsEntry("cache-control", cacheControl);
    }

    @Test
    void allowsTheImportMapOfThePageAndNoOtherScriptWithinIt() throws Exception {
        jar.put(
                "index.html",
                bytes("<script type=\"importmap\">" + IMPORTS
                        + "</script><script type=module src=\"/a.js\"></script>"));
        final Answer page = get("/", null);
        final String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes(IMPORTS)));
        assertThat(page.contentType()).isEqualTo("text/html; charset=utf-8");
        assertThat(page.headers().get("content-security-policy"))
                .contains("default-src 'none'; script-src 'self' 'sha256-" + hash + "'; style-src 'self';")
                .contains("frame-ancestors 'none'")
                .contains("base-uri 'none'")
                .doesNotContain("unsafe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../OpsServer.class",
                "/%2e%2e/app.js",
                "/a/../app.js",
                "/./app.js",
                "//app.js",
                "/.hidden.js",
                "/app.js/",
                "/app.js.gz",
                "/app",
                "/app.class",
                "/nowhere.js",
            })
    void hasNothingElse(final String path) throws Exception {
        jar.put("app.js", bytes("x"));
        jar.put("app.js.gz", gzip("x"));
        jar.put("../OpsServer.class", bytes("x"));
        jar.put("a/../app.js", bytes("x"));
        jar.put("app.class", bytes("x"));
        jar.put(".hidden.js", bytes("x"));
        assertThat(files.get(path, "gzip", null)).isNull();
    }

    @Test
    void aBuildWithoutThePageSaysSo() throws Exception {
        final Answer answer = get("/", "gzip");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.contentType()).startsWith("text/html");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("not in this build", "openapi.json");
    }

    private Answer get(final String path, final String accepted) throws IOException {
        return files.get(path, accepted, null);
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(final String text) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes(text));
        }
        return out.toByteArray();
    }
}
