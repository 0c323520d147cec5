package io.luyun.server.exchange.table;

import java.util.Set;

/**
 * A table and where its rows come from.
 *
 * @param kinds numbers of RecordKind of the records that have rows in it
 */
record Table(TableSchema schema, Set<Integer> kinds, RowSource source) {
    Table {
        kinds = Set.copyOf(kinds);
    }
}
