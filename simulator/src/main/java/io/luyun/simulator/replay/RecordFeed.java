package io.luyun.simulator.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the player gets its records. Used by the player's thread. */
interface RecordFeed {
    /** Whether the first records have been read, or there are none. */
    boolean primed();

    /** Receive time at which the playing begins, ns since 1970; once primed. */
    long beginNs();

    /** Some of the first records, once primed. */
    List<Recorded> sample();

    /** The next record, which stays the next until it is removed; null while it has not been read. */
    @Nullable
    Recorded peek();

    /** The next record has been played. */
    void remove();

    /** The next record is the first one of this receive time or later. */
    void seek(long timeNs);
}
