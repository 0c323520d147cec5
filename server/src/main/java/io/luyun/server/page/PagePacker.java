package io.luyun.server.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Packs the operations page into the classes of the server: own files and the few needed of each WebJar, each
 * compressed, below paths that change with their content, and {@code page.json} that lists them.
 *
 * <pre>
 *  /                          index.html; asked for again each time
 *  /page/HASH/js/main.js      own files; HASH is over all of them, so that relative imports stay as they are
 *  /page/lib/ol-10.7.0/…      libraries by version
 * </pre>
 *
 * In {@code index.html}, {@code @page@} stands for the folder of own files, {@code @lib:NAME@} for that of a library
 * and {@code @preload@} for a link to each module, which spares a round trip for each level of imports.
 */
public final class PagePacker {
    private static final String INDEX = "index.html";
    private static final String MAP_BEGIN = "<script type=\"importmap\">";
    private static final String MAP_END = "</script>";

    private final Path source;
    private final Path output;
    private final List<PackedFile> files = new ArrayList<>();

    /** From the folder of the page's sources into a folder that is created. */
    public PagePacker(final Path source, final Path output) {
        this.source = source;
        this.output = output;
    }

    /** Arguments: the folder of the sources and the folder to write to. */
    public static void main(final String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("PagePacker: needs two arguments, SOURCES and OUTPUT");
        }
        new PagePacker(Path.of(args[0]), Path.of(args[1])).pack(System.out);
    }

    /** Writes everything and reports the size; returns the compressed bytes of the whole page. */
    public int pack(final PrintStream report) throws IOException {
        final SortedMap<String, byte[]> own = own();
        final byte[] index = own.remove(INDEX);
        if (index == null) {
            throw new IOException(source.resolve(INDEX) + ": is not there");
        }
        final String folder = "/page/" + hash(own);
        String html = new String(index, StandardCharsets.UTF_8)
                .replace("@preload@", preloads(own))
                .replace("@page@", folder);
        for (final Library library : Library.ALL) {
            html = html.replace("@lib:" + library.name() + "@", pack(library));
        }
        for (final Map.Entry<String, byte[]> file : own.entrySet()) {
            add(folder + "/" + file.getKey(), file.getValue());
        }
        files.add(PackedFile.write(output, "/", INDEX + ".gz", html.getBytes(StandardCharsets.UTF_8), false));
        return describe(policy(html), report);
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

    private static String hash(final SortedMap<String, byte[]> own) {
        final MessageDigest digest = PackedFile.sha256();
        own.forEach((path, content) -> {
            digest.update((path + " " + content.length + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(content);
        });
        return PackedFile.hash(digest.digest()).substring(0, 12);
    }

    private static String preloads(final SortedMap<String, byte[]> own) {
        final StringBuilder links = new StringBuilder();
        for (final String path : own.keySet()) {
            if (path.endsWith(".js")) {
                links.append("<link rel=\"modulepreload\" href=\"@page@/").append(path).append("\">\n");
            }
        }
        return links.toString();
    }

    private String pack(final Library library) throws IOException {
        final String folder = "/page/lib/" + library.name() + "-" + library.version();
        for (final String file : library.files()) {
            final String name = file.substring(file.lastIndexOf('/') + 1);
            add(folder + "/" + (name.startsWith("LICENSE") ? "LICENSE.txt" : name), library.bytes(file));
        }
        return folder;
    }

    private void add(final String path, final byte[] content) throws IOException {
        files.add(PackedFile.write(output, path, path.substring("/page/".length()) + ".gz", content, true));
    }

    /** Nothing from outside, nothing inline but the import map, which browsers do not take from a file. */
    private static String policy(final String html) throws IOException {
        final int begin = html.indexOf(MAP_BEGIN) + MAP_BEGIN.length();
        final int end = html.indexOf(MAP_END, begin);
        if (begin < MAP_BEGIN.length() || end < 0) {
            throw new IOException(INDEX + ": has no " + MAP_BEGIN);
        }
        final byte[] map = html.substring(begin, end).getBytes(StandardCharsets.UTF_8);
        final String hash =
                Base64.getEncoder().encodeToString(PackedFile.sha256().digest(map));
        return "default-src 'none'; script-src 'self' 'sha256-" + hash + "'; style-src 'self'; img-src 'self' data:; "
                + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private int describe(final String policy, final PrintStream report) throws IOException {
        final int total = files.stream().mapToInt(PackedFile::gzipBytes).sum();
        final Map<String, Object> page = new LinkedHashMap<>();
        page.put("contentSecurityPolicy", policy);
        page.put("gzipBytes", total);
        page.put("files", files);
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(output.resolve("page.json").toFile(), page);
        report.printf("page: %d files, %,d bytes compressed%n", files.size(), total);
        return total;
    }
}
