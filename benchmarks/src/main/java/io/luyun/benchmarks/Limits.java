package io.luyun.benchmarks;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
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
     */
    record Limit(
            String benchmark,
            @Nullable String reference,
            @Nullable Double maxRatio,
            @Nullable Double maxBytes) {
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

    static Limits read(final InputStream yaml) throws IOException {
        return new YAMLMapper().readValue(yaml, Limits.class);
    }
}
