package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Word;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A roadside unit asks the vehicle to do something. */
final class Asked extends Meaning {
    private final Set<Word.Purpose> purposes = EnumSet.noneOf(Word.Purpose.class);
    private final Span span;

    Asked(final Fields fields) {
        fields.texts("purposes").forEach(word -> purposes.add(fields.word("purposes", word, Word.Purpose.class)));
        span = Span.of(fields);
    }

    @Override
    void look(final Cases cases) {
        for (final Actor subject : cases.vehicles()) {
            final List<Word> words = cases.scene().words().stream()
                    .filter(word -> word.to() == subject.index() && purposes.contains(word.purpose()))
                    .toList();
            cases.add(
                    subject,
                    "",
                    span.holdSeconds(),
                    (t, border) -> words.stream().anyMatch(word -> span.holds(word.fromS(), word.toS(), t, border)));
        }
    }
}
