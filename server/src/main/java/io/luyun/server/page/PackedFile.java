package io.luyun.server.page;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * One file of the page as {@code page.json} lists it.
 *
 * @param path path of the URL
 * @param resource gzip member beside {@code page.json}
 * @param type content type
 * @param etag strong, with its quotes
 * @param immutable whether the path changes with the content, so that browsers may keep it for ever
 * @param bytes size as it is
 * @param gzipBytes size compressed
 */
record PackedFile(
        @JsonProperty("path") String path,
        @JsonProperty("resource") String resource,
        @JsonProperty("type") String type,
        @JsonProperty("etag") String etag,
        @JsonProperty("immutable") boolean immutable,
        @JsonProperty("bytes") int bytes,
        @JsonProperty("gzipBytes") int gzipBytes) {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8");

    /** Writes a file compressed below the output directory and says what it is. */
    static PackedFile write(
            final Path output, final String path, final String resource, final byte[] content, final boolean immutable)
            throws IOException {
        final byte[] packed = gzip(content);
        final Path file = output.resolve(resource);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, packed);
        return new PackedFile(
                path,
                resource,
                type(path),
                '"' + hash(content).substring(0, 16) + '"',
                immutable,
                content.length,
                packed.length);
    }

    static String hash(final byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String type(final String path) {
        final String name = path.equals("/") ? "index.html" : path;
        final String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        final String type = TYPES.get(ending);
        if (type == null) {
            throw new IllegalArgumentException(path + ": a page has no files of type '" + ending + "'");
        }
        return type;
    }

    private static byte[] gzip(final byte[] content) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length / 2 + 64);
        try (OutputStream gzip = new Smallest(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    /** Packed once, sent often: the slowest level. */
    private static final class Smallest extends GZIPOutputStream {
        Smallest(final OutputStream out) throws IOException {
            super(out);
            def.setLevel(9);
        }
    }
}
