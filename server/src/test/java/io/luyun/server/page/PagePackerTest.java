package io.luyun.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is packed, how much it is, and that its words are whole. */
final class PagePackerTest {
    private static final Path SOURCES = Path.of("src", "main", "page");
    private static final int MOST_BYTES = 450 * 1024;
    private static final Pattern WORD = Pattern.compile("\\bt\\('([^']+)'");
    private static final Pattern FOREIGN =
            Pattern.compile("(?:https?:)?//(?!www\\.w3\\.org/2000/svg)[a-z0-9.-]+\\.[a-z]{2,}");

    private final ObjectMapper mapper = new ObjectMapper();

    @TempDir
    Path output;

    @TempDir
    Path more;

    @Test
    void packsTheWholePageIntoWhatASlowLineCarries() throws IOException {
        final ByteArrayOutputStream report = new ByteArrayOutputStream();
        final int bytes =
                new PagePacker(SOURCES, output, "1.2.3").pack(new PrintStream(report, true, StandardCharsets.UTF_8));
        System.out.print(report.toString(StandardCharsets.UTF_8));
        assertThat(bytes).isBetween(200_000, MOST_BYTES);
        final JsonNode page = mapper.readTree(output.resolve("page.json").toFile());
        assertThat(page.path("gzipBytes").asInt()).isEqualTo(bytes);
        long written = 0;
        for (final JsonNode file : page.path("files")) {
            written += Files.size(output.resolve(file.path("path").asText().substring(1) + ".gz"));
        }
        assertThat(written).isEqualTo(bytes);
    }

    @Test
    void whatTheIndexNamesIsThereAndFromHere() throws IOException {
        new PagePacker(SOURCES, output, "1.2.3").pack(System.out);
        final String index = unpack("index.html");
        assertThat(index)
                .doesNotContain("@page@", "@lib:", "@preload@", " style=", "onload=")
                .doesNotContainPattern(FOREIGN);
        final Matcher named = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"|\"(/(?:app|lib)/[^\"]+)\"")
                .matcher(index);
        final List<String> missing = new ArrayList<>();
        final Set<String> asked = new TreeSet<>();
        int count = 0;
        while (named.find()) {
            final String path = named.group(1) != null ? named.group(1) : named.group(2);
            count++;
            if (path.startsWith("/api/")) {
                asked.add(path);
            } else if (!path.endsWith("/") && !Files.exists(output.resolve(path.substring(1) + ".gz"))) {
                missing.add(path);
            }
        }
        assertThat(missing).isEmpty();
        assertThat(count).isGreaterThan(30);
        // what main.js asks for first; anything else here would be asked for twice
        assertThat(asked).containsExactly("/api/v1/session", "/api/v1/zone");
    }

    @Test
    void pathsChangeWithTheContentAndOnlyThen() throws IOException {
        final Path sources = copy();
        final String before = folder(sources);
        assertThat(folder(sources)).isEqualTo(before).startsWith("1.2.3-");
        Files.writeString(sources.resolve("css").resolve("page.css"), "body { margin: 1px }");
        assertThat(folder(sources)).isNotEqualTo(before);
        try (Stream<Path> left = Files.list(output.resolve("app"))) {
            assertThat(left.toList()).as("what an earlier build has left").hasSize(1);
        }
    }

    @Test
    void bothLanguagesHaveEveryWordThatIsAskedFor() throws IOException {
        final Set<String> english = words("en");
        assertThat(words("zh-CN")).isEqualTo(english);
        final Set<String> asked = new TreeSet<>();
        try (Stream<Path> scripts = Files.walk(SOURCES.resolve("js"))) {
            for (final Path script : scripts.filter(Files::isRegularFile).toList()) {
                final Matcher word = WORD.matcher(Files.readString(script));
                while (word.find()) {
                    asked.add(word.group(1));
                }
            }
        }
        assertThat(asked).hasSizeGreaterThan(60);
        assertThat(english).containsAll(asked);
    }

    @Test
    void theSourcesNameNothingFromOutside() throws IOException {
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            for (final Path source : sources.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(source))
                        .as(source.toString())
                        .doesNotContainPattern(FOREIGN)
                        .doesNotContain("innerHTML", "unsafeHTML", "eval(");
            }
        }
    }

    private Set<String> words(final String language) throws IOException {
        final Set<String> words = new TreeSet<>();
        mapper.readTree(SOURCES.resolve("i18n").resolve(language + ".json").toFile())
                .fieldNames()
                .forEachRemaining(words::add);
        return words;
    }

    private String folder(final Path sources) throws IOException {
        new PagePacker(sources, output, "1.2.3").pack(System.out);
        try (Stream<Path> folders = Files.list(output.resolve("app"))) {
            return folders.findFirst().orElseThrow().getFileName().toString();
        }
    }

    private Path copy() throws IOException {
        final Path copy = more.resolve("sources");
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            for (final Path source : sources.filter(Files::isRegularFile).toList()) {
                final Path to = copy.resolve(SOURCES.relativize(source));
                Files.createDirectories(to.getParent());
                Files.copy(source, to);
            }
        }
        return copy;
    }

    private String unpack(final String name) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(output.resolve(name + ".gz")))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
