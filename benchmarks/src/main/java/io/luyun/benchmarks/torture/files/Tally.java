package io.luyun.benchmarks.torture.files;

import io.luyun.benchmarks.torture.Outcome;

/** Counts what came of changes. One thread. */
final class Tally {
    private static final int MOST_TROUBLES = 20;

    private final Outcome.Notes notes;
    private long places;
    private long harmful;
    private long detected;
    private long records;
    private long troubles;

    Tally(final Outcome.Notes notes) {
        this.notes = notes;
    }

    void add(final Change change, final Inspection.Finding finding) {
        places++;
        records += finding.damaged();
        if (finding.damaged() + finding.headers() > 0) {
            harmful++;
            detected += finding.reported() > 0 ? 1 : 0;
        }
        for (final String line : finding.troubles()) {
            if (troubles++ < MOST_TROUBLES) {
                notes.trouble(change.file().getFileName() + ", " + change.what() + ": " + line);
            }
        }
    }

    void figures(final int servers) {
        notes.figure("places", places)
                .figure("with damage", harmful)
                .figure("detected", detected)
                .figure("records damaged", records)
                .figure("wrongly served or not served", troubles)
                .figure("servers started", servers);
    }
}
