package io.luyun.server.page;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * One file of the page as {@code page.json} lists it.
 *
 * @param path path of the URL; the resource is the same with {@code .gz}
 * @param bytes size as it is
 * @param gzipBytes size compressed
 */
record PackedFile(
        @JsonProperty("path") String path,
        @JsonProperty("bytes") int bytes,
        @JsonProperty("gzipBytes") int gzipBytes) {
    /** Writes a file compressed below the output directory and says what it is. */
    static PackedFile write(final Path output, final String path, final byte[] content) throws IOException {
        final byte[] packed = gzip(content);
        final Path file = output.resolve(path.substring(1) + ".gz");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, packed);
        return new PackedFile(path, content.length, packed.length);
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
