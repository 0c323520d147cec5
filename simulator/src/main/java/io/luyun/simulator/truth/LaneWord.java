package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Layout;
import io.luyun.simulator.stage.Word;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A roadside unit manages lanes the vehicle is on, or its way leads to within some metres. */
final class LaneWord extends Meaning {
    private static final double STEP_METRES = 10;

    private final Set<Word.Purpose> purposes = EnumSet.noneOf(Word.Purpose.class);
    private final double reachMetres;
    private final double toleranceShare;
    private final double acrossToleranceMetres;
    private final Span span;

    LaneWord(final Fields fields) {
        fields.texts("purposes").forEach(word -> purposes.add(fields.word("purposes", word, Word.Purpose.class)));
        reachMetres = fields.number("reachMetres", 0, 1_000);
        toleranceShare = fields.number("toleranceShare", 0, 1);
        acrossToleranceMetres = fields.number("acrossToleranceMetres", 0, 5);
        span = Span.of(fields);
    }

    @Override
    void look(final Cases cases) {
        final List<Layout.Carriageway> links = cases.scene().scenario().layout().carriageways();
        for (final Actor subject : cases.vehicles()) {
            final List<Word> words = cases.scene().words().stream()
                    .filter(word -> word.link() >= 0 && purposes.contains(word.purpose()))
                    .toList();
            cases.add(
                    subject,
                    "",
                    span.holdSeconds(),
                    (t, border) -> words.stream()
                            .anyMatch(word -> span.holds(word.fromS(), word.toS(), t, border)
                                    && leadsTo(links.get(word.link()), word.lanes(), subject, t, border)));
        }
    }

    private boolean leadsTo(
            final Layout.Carriageway link,
            final List<Integer> lanes,
            final Actor subject,
            final double t,
            final Border border) {
        for (double way = 0; way <= reachMetres * border.most(toleranceShare); way += STEP_METRES) {
            if (Lanes.isOn(link, lanes, subject.motion().further(t, way), border.give(acrossToleranceMetres))) {
                return true;
            }
        }
        return false;
    }
}
