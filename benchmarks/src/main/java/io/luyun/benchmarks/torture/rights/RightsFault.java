package io.luyun.benchmarks.torture.rights;

import io.luyun.benchmarks.torture.Fault;
import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.Trial;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** F23: who may do what, made from the registry and asked of a whole server. */
public final class RightsFault implements Fault {
    private static final int WHOLE_CYCLES = 5;
    private static final long REVOKED_MILLIS = TimeUnit.SECONDS.toMillis(5);

    @Override
    public String id() {
        return "F23";
    }

    @Override
    public String what() {
        return "foreign ids, places, kinds and topics; wrong, expired and revoked certificates; wrong tokens";
    }

    @Override
    public String promise() {
        return "every right thing is taken, every wrong one refused, counted and in the audit; revoked within 5 s";
    }

    @Override
    public Outcome run(final Trial trial) throws IOException, InterruptedException {
        final RightsReport report =
                RightsMatrix.run(trial.directory(), trial.cycles() >= WHOLE_CYCLES ? Breadth.WHOLE : Breadth.SHORT);
        final Outcome.Notes notes = new Outcome.Notes();
        report.wrong().forEach(notes::trouble);
        return notes.figure("asked", report.cells())
                .figure("taken", report.taken())
                .figure("refused", report.refused())
                .figure("revoked within ms, most", report.slowestRevocationMillis())
                .expect(report.cells() > 0, "nothing was asked")
                .inTime(
                        report.slowestRevocationMillis() <= REVOKED_MILLIS,
                        "a session without its right went on for " + report.slowestRevocationMillis() + " ms")
                .outcome();
    }
}
