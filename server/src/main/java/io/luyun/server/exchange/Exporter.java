package io.luyun.server.exchange;

import io.luyun.server.research.Records;
import java.io.IOException;
import java.util.Map;

/**
 * Writes records into a file of another tool, in constant memory. One thread; closed by whoever opened it. What it has no form for it
 * leaves out and counts.
 */
public interface Exporter extends AutoCloseable {
    /**
     * Says where the records come from, before the first of them; a form that has a place for it keeps it.
     *
     * @param facts by names like {@code luyun.format}
     */
    default void about(final Map<String, String> facts) {}

    /** Takes the record that a row of records stands at. */
    void add(Records record) throws IOException;

    /** Records taken that left something in the file. */
    long written();

    /** Records taken that left nothing in the file, by why. */
    default Map<String, Long> leftOut() {
        return Map.of();
    }

    /** Finishes the file. */
    @Override
    void close() throws IOException;
}
