package io.luyun.server.journal;

/**
 * A range of the journal that cannot be read.
 *
 * @param firstSequence first sequence missing
 * @param lastSequence last sequence missing; 0 when unknown; below the first when something is damaged but no record missing
 * @param file file of the journal, relative to its directory
 * @param offset where in the file it begins
 * @param finding what was found there
 */
public record Damage(long firstSequence, long lastSequence, String file, long offset, String finding) {
    @Override
    public String toString() {
        return "records " + firstSequence + " to " + (lastSequence == 0 ? "?" : lastSequence) + " in " + file + " at "
                + offset + ": " + finding;
    }
}
