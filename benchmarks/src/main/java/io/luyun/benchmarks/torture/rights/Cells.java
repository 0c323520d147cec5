package io.luyun.benchmarks.torture.rights;

import java.util.ArrayList;
import java.util.List;

/** What was asked so far, and what came of it. One thread. */
final class Cells {
    private final List<String> wrong = new ArrayList<>();
    private int taken;
    private int refused;

    /**
     * One is answered.
     *
     * @param name who with what, and what
     * @param expected whether it was to be taken
     * @param answer how it was answered
     */
    void add(final String name, final boolean expected, final Answer answer) {
        if (answer.taken()) {
            taken++;
        } else {
            refused++;
        }
        if (expected != answer.taken()) {
            wrong.add(name + ": must be " + (expected ? "taken" : "refused") + ", is answered " + answer.said());
        }
    }

    /** Something that must hold and is neither taken nor refused. */
    void check(final String name, final boolean holds, final String why) {
        if (!holds) {
            wrong.add(name + ": " + why);
        }
    }

    int refused() {
        return refused;
    }

    RightsReport report(final long slowestRevocationMillis) {
        return new RightsReport(taken + refused, taken, refused, slowestRevocationMillis, List.copyOf(wrong));
    }
}
