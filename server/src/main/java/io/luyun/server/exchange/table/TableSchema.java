package io.luyun.server.exchange.table;

import java.util.List;

/**
 * What a table is. Immutable.
 *
 * @param row what one row is, for people
 * @param columns in order; those of one field stand beside each other
 * @param buffers how the integers of the columns are kept
 */
public record TableSchema(String name, String row, List<Column> columns, List<Kept> buffers) {
    /** How the integers are kept that columns are made of. */
    enum Kept {
        /** 32 bits. */
        NARROW,
        /** 64 bits. */
        WIDE,
        /** Texts and octets, each once, and their numbers. */
        TEXTS
    }

    public TableSchema {
        columns = List.copyOf(columns);
        buffers = List.copyOf(buffers);
    }
}
