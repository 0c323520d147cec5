package io.luyun.server.exchange.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Where the rows of one table go. One thread; closed by whoever opened it. */
interface TableSink extends AutoCloseable {
    /** Writes rows behind those before. */
    void write(Rows rows) throws IOException;

    /** Finishes the file. */
    @Override
    void close() throws IOException;

    /** Opens sinks. */
    @FunctionalInterface
    interface Opening {
        /**
         * Opens that of one table in a directory, over what is there.
         *
         * @param about what may be said in the file about where the rows come from
         */
        TableSink open(Path directory, TableSchema schema, Map<String, String> about) throws IOException;
    }
}
