package io.luyun.benchmarks;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The committed limits: what each benchmark may cost, compared with its bare reference in the same run. */
record Limits(List<Limit> limits) {
    private static final String RESOURCE = "/guard-limits.yaml";

    /**
     * One limit.
     *
     * @param benchmark class and method, as JMH names them, without the package
     * @param reference what it is compared with; absent when only bytes are limited
     * @param maxRatio most time for an operation, as a multiple of the reference's
     * @param maxBytes most bytes allocated for an operation
     * @param quick whether it is compiled so soon that shorter turns tell as much in the short form
     */
    record Limit(
            String benchmark,
            @Nullable String reference,
            @Nullable Double maxRatio,
            @Nullable Double maxBytes,
            @Nullable Boolean quick) {
        Limit {
            Objects.requireNonNull(benchmark, "benchmark");
            if ((reference == null) != (maxRatio == null)) {
                throw new IllegalArgumentException(benchmark + ": reference and maxRatio belong together");
            }
        }
    }

    Limits {
        limits = List.copyOf(limits);
    }

    /** Those of this jar. */
    static Limits load() throws IOException {
        try (InputStream in = Limits.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException(RESOURCE + " is missing");
            }
            return read(in);
        }
    }

    /**
     * Fails where a name is none of these benchmarks.
     *
     * @throws IllegalArgumentException with one line for people
     */
    void expectIn(final Set<String> known) {
        for (final Limit limit : limits) {
            expect(known, limit.benchmark(), "benchmark", limit.benchmark());
            if (limit.reference() != null) {
                expect(known, limit.benchmark(), "reference", limit.reference());
            }
        }
    }

    private static void expect(
            final Set<String> known, final String limit, final String field, final String benchmark) {
        if (!known.contains(benchmark)) {
            throw new IllegalArgumentException(RESOURCE.substring(1) + ": " + limit + "." + field + " = " + benchmark
                    + ": must be a benchmark of this jar");
        }
    }

    static Limits read(final InputStream yaml) throws IOException {
        return new YAMLMapper().readValue(yaml, Limits.class);
    }
}
