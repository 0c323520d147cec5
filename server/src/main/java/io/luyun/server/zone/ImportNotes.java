package io.luyun.server.zone;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an import left out or simplified, counted by what it is, in the order of first appearance. */
public final class ImportNotes {
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    ImportNotes() {}

    void count(final String what) {
        counts.merge(what, 1, Integer::sum);
    }

    /** One line each, the number first. */
    public List<String> lines() {
        return counts.entrySet().stream()
                .map(note -> note.getValue() + " " + note.getKey())
                .toList();
    }
}
