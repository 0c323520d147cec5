package io.luyun.server.exchange.table;

import io.luyun.server.research.Records;

/** Makes rows of a table out of records. One thread. */
@FunctionalInterface
interface RowSource {
    /**
     * Adds the rows of the record that a row of records stands at.
     *
     * @param head of that record
     * @return how many
     */
    int add(Records record, RecordHead head, Rows rows);
}
