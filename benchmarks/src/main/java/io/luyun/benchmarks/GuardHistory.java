package io.luyun.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The runs of the releases, a file each, named by the version: {@code 0.1.0.json}. */
final class GuardHistory {
    private static final String SUFFIX = ".json";
    private static final String SNAPSHOT = "-SNAPSHOT";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private final Path directory;

    GuardHistory(final Path directory) {
        this.directory = directory;
    }

    /** A run as one line. */
    static String line(final GuardRun run) throws IOException {
        return JSON.writeValueAsString(run);
    }

    /** Where the run of a version is kept. */
    Path file(final String version) {
        return directory.resolve(version + SUFFIX);
    }

    /**
     * Fails where a run of this version may not be kept: that of a release stays as it is.
     *
     * @throws IllegalArgumentException with one line for people
     */
    void expectRoom(final String version, final boolean force) {
        if (Files.exists(file(version)) && !version.endsWith(SNAPSHOT) && !force) {
            throw new IllegalArgumentException(
                    "--record = " + file(version) + ": is there already; --force puts this run in its place");
        }
    }

    /** Keeps a run; {@link #expectRoom} has been asked. */
    Path add(final GuardRun run) throws IOException {
        Files.createDirectories(directory);
        final String text =
                JSON.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(run);
        return Files.writeString(file(run.version()), text + "\n");
    }

    /**
     * All runs, the oldest version first.
     *
     * @throws IllegalArgumentException with one line for people when a file is no run, or another version's
     */
    List<GuardRun> runs() throws IOException {
        final List<GuardRun> runs = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return runs;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (final Path file :
                    files.filter(each -> each.toString().endsWith(SUFFIX)).toList()) {
                runs.add(read(file));
            }
        }
        runs.sort(Comparator.comparing(run -> ModuleDescriptor.Version.parse(run.version())));
        return runs;
    }

    private GuardRun read(final Path file) throws IOException {
        final GuardRun run;
        try {
            run = JSON.readValue(file.toFile(), GuardRun.class);
        } catch (final JacksonException e) {
            throw new IllegalArgumentException(file + ": is no run of the guard: " + firstLine(e), e);
        }
        if (!file.equals(file(run.version()))) {
            throw new IllegalArgumentException(
                    file + ": version = " + run.version() + ": must be that of the file's name");
        }
        return run;
    }

    private static String firstLine(final JacksonException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("");
    }
}
