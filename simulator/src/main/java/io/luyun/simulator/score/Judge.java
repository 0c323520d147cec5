package io.luyun.simulator.score;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Notice;
import io.luyun.simulator.stage.Party;
import io.luyun.simulator.stage.Scene;
import io.luyun.simulator.truth.Case;
import io.luyun.simulator.truth.Impact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what the server raised in a scene with what it ought to have raised. Pure. */
public final class Judge {
    /** What is told within this of a border counts as at the border: a message's period and the way to the server. */
    private static final double SLACK_S = 0.3;

    private static final double SECONDS_AN_HOUR = 3_600;

    private Judge() {}

    /** Judges the warnings of one application in one scene. */
    public static Verdict judge(final Application application, final Scene scene, final List<Warning> warnings) {
        final double endS = Impact.endS(scene);
        final List<Case> cases = application.meaning().cases(scene);
        final List<Verdict.Hit> hits = new ArrayList<>();
        final List<Warning> wrong = new ArrayList<>();
        final Set<Case> met = new HashSet<>();
        for (final Warning warning : warnings) {
            if (warning.kind() != application.kind() || warning.atS() > endS) {
                continue;
            }
            final Case allowed = allowing(application, cases, warning);
            if (allowed == null) {
                wrong.add(warning);
            } else if (allowed.due() && warning.atS() <= allowed.dueToS() + SLACK_S && met.add(allowed)) {
                hits.add(new Verdict.Hit(allowed, warning, application.meaning().leadS(allowed, warning.atS())));
            }
        }
        final List<Case> missed =
                cases.stream().filter(one -> one.due() && !met.contains(one)).toList();
        return new Verdict(scene, cases, hits, missed, wrong, vehicleHours(scene));
    }

    private static @Nullable Case allowing(
            final Application application, final List<Case> cases, final Warning warning) {
        final Party subject = warning.subject();
        if (subject == null) {
            return null;
        }
        for (final Case one : cases) {
            final Actor target = one.target();
            if (one.subject().is(subject)
                    && (target == null ? Warning.NONE : target.index()) == warning.target()
                    && names(one, warning.notice())
                    && (one.reason().isEmpty() || one.reason().equals(warning.reason()))
                    && warning.atS() >= one.allowedFromS() - SLACK_S
                    && warning.atS() <= one.allowedToS() + SLACK_S
                    && application.meaning().suits(one, warning.atS(), warning.advice())) {
                return one;
            }
        }
        return null;
    }

    /** A case without target and notice, as of a limit, leaves open where the server knows it from. */
    private static boolean names(final Case one, final int notice) {
        final Notice wanted = one.notice();
        return wanted == null ? one.target() == null || notice == Warning.NONE : wanted.index() == notice;
    }

    private static double vehicleHours(final Scene scene) {
        final long vehicles =
                scene.actors().stream().filter(actor -> actor.kind().vehicle()).count();
        return vehicles * scene.scenario().seconds() / SECONDS_AN_HOUR;
    }
}
