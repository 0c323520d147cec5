package io.luyun.server.journal;

import java.time.Instant;
import java.util.List;

/**
 * Records that are known to be missing from a journal: it is no damage that they are not there. A file {@code missing} in the
 * journal's directory lists them.
 *
 * @param firstSequence first of the range
 * @param lastSequence last of the range; 0 when that is not known
 * @param records how many of the range are missing; 0 when that is not known, or when nothing was there to be retired
 * @param file file of the journal they stood in, relative to its directory; empty when that is not known
 * @param noted when this was written down
 * @param cause why they are missing
 */
public record Missing(long firstSequence, long lastSequence, long records, String file, Instant noted, Cause cause) {
    /** Why records are missing. */
    public sealed interface Cause permits Damaged, Retired, Unsynced {}

    /**
     * They could not be read when the journal was repaired.
     *
     * @param offset where in the file of then it began
     * @param finding what was found there
     */
    public record Damaged(long offset, String finding) implements Cause {}

    /**
     * A loss of power took some of them before they were synced, the others were cut off: nobody had been told that they are safe.
     *
     * @param offset where in the file of then they began; 0 when nothing was left of them
     */
    public record Unsynced(long offset) implements Cause {}

    /**
     * Their time to be kept was over. Of a file of which some classes of messages stay, nothing says which sequences of the
     * range are missing: where one record stands behind another there, those between them are.
     *
     * @param classes what was retired; empty when the whole file was
     * @param bytes what they took
     * @param keptFirst first sequence of the range that stays; 0 when none does
     * @param keptLast last sequence of the range that stays; 0 when none does
     * @param end where the last record ends in the file of which that stays; 0 when none does
     */
    public record Retired(List<String> classes, long bytes, long keptFirst, long keptLast, long end) implements Cause {
        public Retired {
            classes = List.copyOf(classes);
        }
    }

    @Override
    public String toString() {
        final String range = "records " + firstSequence + " to " + (lastSequence == 0 ? "?" : lastSequence);
        final String in = file.isEmpty() ? "" : " in " + file;
        return switch (cause) {
            case Damaged damaged -> range + in + ": damaged, " + damaged.finding();
            case Unsynced unsynced ->
                range + in + (file.isEmpty() ? "" : " at " + unsynced.offset()) + ": never synced, lost with the power";
            case Retired retired when retired.keptFirst() == 0 -> range + in + ": retired";
            case Retired retired ->
                range + in + ", " + records + " of them: retired, " + String.join(", ", retired.classes());
        };
    }
}
