package io.luyun.server.redecide;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a core tells of a stretch of the journal.
 *
 * @param records how many records; the same for every core
 * @param nowNs time of the last record
 * @param last whether nothing follows
 * @param more whether the journal has records of a later time than is looked at
 * @param failure why the core has ended, when it did not get to the end
 */
record Chunk(
        List<Told> told,
        int records,
        long nowNs,
        boolean last,
        boolean more,
        @Nullable Throwable failure) {
    Chunk {
        told = List.copyOf(told);
    }
}
