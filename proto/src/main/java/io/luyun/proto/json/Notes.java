package io.luyun.proto.json;

import java.util.Collection;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What of a text was not understood, each thing once. */
final class Notes {
    private static final int MOST = 8;

    private final TreeSet<String> notes = new TreeSet<>();
    private boolean more;

    void add(String note) {
        final String plain = note.replaceAll("\\[\\d+]", "[]");
        if (notes.size() < MOST || notes.contains(plain)) {
            notes.add(plain);
        } else {
            more = true;
        }
    }

    void addAll(Collection<String> all) {
        all.forEach(this::add);
    }

    @Nullable
    String text() {
        return notes.isEmpty() ? null : "not understood: " + String.join(", ", notes) + (more ? ", ..." : "");
    }
}
