package io.luyun.server.exchange.mcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.server.exchange.SampleJournal;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import io.luyun.server.research.Selection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Foxglove's own reader takes our files, and our schemas of its messages are its own. Needs node and npm (Debian: nodejs, npm); its packages are fetched once, into the temporary
 * directory or where LUYUN_MCAP_READER says.
 */
final class McapReferenceTest {
    private static final List<String> PACKAGES = List.of(
            "@mcap/core@2.2.2",
            "@mcap/support@1.1.0",
            "@foxglove/schemas@2.1.0",
            "@foxglove/wasm-zstd@1.0.1",
            "protobufjs@7.6.6");
    private static final String COMPLETE = "complete-" + Integer.toHexString(PACKAGES.hashCode());

    @TempDir
    private Path directory;

    @Test
    void everyMessageIsReadByIndexAndFromEndToEnd() throws Exception {
        final Path reader = reader();
        final Path file = directory.resolve("sample.mcap");
        SampleJournal.write(directory, 7);
        final long records = export(file);

        final JsonNode found = new ObjectMapper().readTree(run(reader, "node", "check.mjs", file.toString()));
        assertThat(found.get("library").asText()).isEqualTo("luyun");
        assertThat(found.get("byIndex").asLong())
                .isEqualTo(found.get("statistics").asLong());
        assertThat(found.get("byStream").asLong())
                .isEqualTo(found.get("statistics").asLong());
        assertThat(found.get("chunks").asLong())
                .isPositive()
                .isEqualTo(found.get("chunkIndexes").asLong());
        assertThat(found.get("schemaFields").asInt()).isGreaterThan(60);
        final JsonNode topics = found.get("topics");
        final int rounds = 2 * SampleJournal.ROUNDS;
        assertThat(topics.get("/bsm").asInt()).isEqualTo(3 * rounds);
        assertThat(topics.get("/tick").asInt()).isEqualTo(rounds);
        assertThat(topics.get("/position/bus").asInt()).isEqualTo(rounds);
        assertThat(topics.get("/seen/pedestrian").asInt()).isEqualTo(rounds);
        assertThat(topics.get("/scene/self").asInt()).isEqualTo(4 * rounds);
        assertThat(raw(topics)).isEqualTo(records);
        final JsonNode bsm = found.get("firsts").get("/bsm");
        assertThat(bsm.get("heading").asInt()).isEqualTo(7_200);
        assertThat(bsm.get("record").get("device").asText()).isEqualTo("car-1");
        assertThat(found.get("firsts")
                        .get("/scene/self")
                        .get("entities")
                        .get(0)
                        .get("frame_id")
                        .asText())
                .isEqualTo("zone");
    }

    private long export(final Path file) throws IOException {
        long records = 0;
        try (Records all = Recording.open(directory).records(Selection.ALL);
                McapExporter exporter = McapExporter.open(file, new McapOptions(null, Set.of("car-1")))) {
            while (all.next()) {
                exporter.add(all);
                records++;
            }
        }
        return records;
    }

    /** Messages of the topics that carry records. */
    private static long raw(final JsonNode topics) {
        long count = 0;
        for (final String name : (Iterable<String>) topics::fieldNames) {
            count += name.lastIndexOf('/') == 0 && !name.equals("/log") && !name.equals("/tf")
                    ? topics.get(name).asLong()
                    : 0;
        }
        return count;
    }

    /** A directory in which the script finds the reader's packages. */
    private static Path reader() throws Exception {
        final boolean there = Stream.of("node", "npm")
                .allMatch(tool -> Arrays.stream(System.getenv("PATH").split(":"))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, tool))));
        if (!there) {
            skip("node and npm are not there (Debian: nodejs, npm)");
        }
        final String told = System.getenv("LUYUN_MCAP_READER");
        final Path reader =
                told != null ? Path.of(told) : Path.of(System.getProperty("java.io.tmpdir"), "luyun-mcap-reader");
        if (!Files.isRegularFile(reader.resolve(COMPLETE))) {
            Files.createDirectories(reader);
            final ProcessBuilder npm =
                    new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-save");
            npm.command().addAll(PACKAGES);
            final Process process = npm.directory(reader.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(reader.resolve("npm.log").toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                skip("npm cannot fetch " + PACKAGES + ": " + reader.resolve("npm.log"));
            }
            Files.createFile(reader.resolve(COMPLETE));
        }
        try (InputStream script = McapReferenceTest.class.getResourceAsStream("check.mjs")) {
            Files.copy(script, reader.resolve("check.mjs"), StandardCopyOption.REPLACE_EXISTING);
        }
        return reader;
    }

    private static void skip(final String why) {
        System.out.println("SKIPPED: MCAP files are not read by @mcap/core: " + why);
        assumeTrue(false, why);
    }

    private String run(final Path in, final String... command) throws Exception {
        final Path out = directory.resolve("out.json");
        final Path err = directory.resolve("err.txt");
        final Process process = new ProcessBuilder(command)
                .directory(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        return Files.readString(out);
    }
}
