package io.luyun.server.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Packs the operations page into the classes of the server: own files and the few needed of each WebJar, each
 * compressed, below paths that change with their content, and {@code page.json}, which lists them with their sizes.
 *
 * <pre>
 *  /index.html                       asked for again each time
 *  /app/VERSION-HASH/js/main.js      own files; HASH is over all of them, so that relative imports stay as they are
 *  /lib/ol-10.7.0/ol.js              libraries by version
 * </pre>
 *
 * In {@code index.html}, {@code @page@} stands for the folder of own files, {@code @lib:NAME@} for that of a library
 * and {@code @preload@} for a link to each module, which spares a round trip for each level of imports.
 */
public final class PagePacker {
    private static final String INDEX = "index.html";

    private final Path source;
    private final Path output;
    private final String version;
    private final List<PackedFile> files = new ArrayList<>();

    /** From the folder of the page's sources into a folder that is made anew, for this version of the server. */
    public PagePacker(final Path source, final Path output, final String version) {
        this.source = source;
        this.output = output;
        this.version = version;
    }

    /** Arguments: the folder of the sources, the folder to write to, the version. */
    public static void main(final String[] args) throws IOException {
        if (args.length != 3) {
            throw new IllegalArgumentException("PagePacker: needs three arguments, SOURCES, OUTPUT and VERSION");
        }
        new PagePacker(Path.of(args[0]), Path.of(args[1]), args[2]).pack(System.out);
    }

    /** Writes everything and reports the size; returns the compressed bytes of the whole page. */
    public int pack(final PrintStream report) throws IOException {
        final SortedMap<String, byte[]> own = own();
        final byte[] index = own.remove(INDEX);
        if (index == null) {
            throw new IOException(source.resolve(INDEX) + ": is not there");
        }
        empty(output);
        final String folder = "/app/" + version + "-" + hash(own);
        String html = new String(index, StandardCharsets.UTF_8)
                .replace("@preload@", preloads(own))
                .replace("@page@", folder);
        for (final Library library : Library.ALL) {
            html = html.replace("@lib:" + library.name() + "@", pack(library));
        }
        for (final Map.Entry<String, byte[]> file : own.entrySet()) {
            files.add(PackedFile.write(output, folder + "/" + file.getKey(), file.getValue()));
        }
        files.add(PackedFile.write(output, "/" + INDEX, html.getBytes(StandardCharsets.UTF_8)));
        return describe(report);
    }

    private SortedMap<String, byte[]> own() throws IOException {
        final SortedMap<String, byte[]> own = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(source)) {
            for (final Path path : paths.filter(Files::isRegularFile).toList()) {
                own.put(source.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
        }
        return own;
    }

    /** Files of an earlier build would get into the jar as well. */
    private static void empty(final Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            for (final Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static String hash(final SortedMap<String, byte[]> own) {
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            own.forEach((path, content) -> {
                digest.update((path + " " + content.length + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String preloads(final SortedMap<String, byte[]> own) {
        final StringBuilder links = new StringBuilder();
        for (final String path : own.keySet()) {
            if (path.endsWith(".js")) {
                links.append("<link rel=\"modulepreload\" href=\"@page@/")
                        .append(path)
                        .append("\">\n");
            }
        }
        return links.toString();
    }

    private String pack(final Library library) throws IOException {
        final String folder = "/lib/" + library.name() + "-" + library.version();
        for (final String file : library.files()) {
            final String path =
                    folder + "/" + (file.startsWith("LICENSE") ? "LICENSE.txt" : file.replaceFirst("^dist/", ""));
            files.add(PackedFile.write(output, path, library.bytes(file)));
        }
        return folder;
    }

    private int describe(final PrintStream report) throws IOException {
        final int total = files.stream().mapToInt(PackedFile::gzipBytes).sum();
        final Map<String, Object> page = new LinkedHashMap<>();
        page.put("gzipBytes", total);
        page.put("files", files);
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(output.resolve("page.json").toFile(), page);
        report.printf("page: %d files, %,d bytes compressed%n", files.size(), total);
        return total;
    }
}
