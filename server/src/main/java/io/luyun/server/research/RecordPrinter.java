package io.luyun.server.research;

/** Makes of records what is written to a file or pipe. One thread. */
public interface RecordPrinter {
    /** Appends what stands before all records. */
    default void header(final TextBytes out) {}

    /** Appends the record that a row of records stands at. */
    void print(TextBytes out, Records record);
}
