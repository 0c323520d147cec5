package io.luyun.server.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** How often an application was right over seeded variants of scenes. */
public final class Score {
    private final String name;
    private final List<String> wrong = new ArrayList<>();
    private int hits;
    private int misses;
    private int falseAlarms;
    private int quiet;

    public Score(final String name) {
        this.name = name;
    }

    /** One variant: whether there should have been an alert, and whether there was. */
    public void add(final String variant, final long seed, final boolean should, final boolean was) {
        if (should) {
            hits += was ? 1 : 0;
            misses += was ? 0 : 1;
        } else {
            falseAlarms += was ? 1 : 0;
            quiet += was ? 0 : 1;
        }
        if (should != was) {
            wrong.add(variant + " seed " + seed);
        }
    }

    public void check() {
        final double precision = hits + falseAlarms == 0 ? 1 : (double) hits / (hits + falseAlarms);
        final double recall = hits + misses == 0 ? 1 : (double) hits / (hits + misses);
        System.out.printf(
                "%s: precision %.3f, recall %.3f (%d right, %d missed, %d false, %d rightly quiet) %s%n",
                name, precision, recall, hits, misses, falseAlarms, quiet, wrong);
        assertThat(hits + misses).isPositive();
        assertThat(falseAlarms + quiet).isPositive();
        assertThat(precision).as("%s %s", name, wrong).isGreaterThanOrEqualTo(0.99);
        assertThat(recall).as("%s %s", name, wrong).isGreaterThanOrEqualTo(0.99);
    }
}
