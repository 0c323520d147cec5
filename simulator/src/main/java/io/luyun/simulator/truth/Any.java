package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Fields;
import java.util.ArrayList;
import java.util.List;

/** Several meanings at once, of different things. */
final class Any extends Meaning {
    private final List<Meaning> all = new ArrayList<>();

    Any(final Fields fields) {
        fields.objects("of").forEach(one -> all.add(Meanings.of(one)));
    }

    @Override
    void look(final Cases cases) {
        all.forEach(one -> one.look(cases));
    }

    /** That of the first which knows one: a case of another has none. */
    @Override
    public double leadS(final Case theCase, final double t) {
        return all.stream()
                .mapToDouble(one -> one.leadS(theCase, t))
                .filter(lead -> !Double.isNaN(lead))
                .findFirst()
                .orElse(Double.NaN);
    }
}
