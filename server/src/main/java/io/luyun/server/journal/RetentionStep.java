package io.luyun.server.journal;

import java.util.List;

/**
 * What retention does, or would do, with a file of a journal.
 *
 * @param action what
 * @param file the file, relative to the journal's directory
 * @param classes which classes of messages go; empty when the whole file does
 * @param records how many records go; 0 when the file stays as it is
 * @param bytes how much room they take
 * @param why in one line, for people
 */
public record RetentionStep(Action action, String file, List<String> classes, long records, long bytes, String why) {
    public RetentionStep {
        classes = List.copyOf(classes);
    }

    /** What happens to a file. */
    public enum Action {
        /** It is deleted. */
        DELETE,
        /** It is written anew without some classes of messages. */
        REWRITE,
        /** It stays as it is though a rule says otherwise. */
        KEEP
    }
}
