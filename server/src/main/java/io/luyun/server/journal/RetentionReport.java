package io.luyun.server.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What retention did, or would do.
 *
 * @param applied whether it was done
 * @param steps what was told of each file, in order
 * @param bytesBefore how much room the records took
 * @param bytesAfter how much they take now, or would
 * @param tooLarge why more is left than maxBytes allows, in one line; null when there is not
 */
public record RetentionReport(
        boolean applied,
        List<RetentionStep> steps,
        long bytesBefore,
        long bytesAfter,
        @Nullable String tooLarge) {
    public RetentionReport {
        steps = List.copyOf(steps);
    }
}
