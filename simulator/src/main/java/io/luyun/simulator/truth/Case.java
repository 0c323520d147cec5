package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Notice;
import io.luyun.simulator.stage.Party;
import io.luyun.simulator.stage.Scene;
import org.jspecify.annotations.Nullable;

/**
 * Someone who may or has to be warned of something. Times are seconds of the scene.
 *
 * @param scene of what scene
 * @param subject whom it warns
 * @param target of whom, or null
 * @param notice of what event or sign, or null
 * @param reason what is the matter, where an application looks for several things; empty for whatever
 * @param allowedFromS from when a warning is not wrong
 * @param allowedToS until when
 * @param dueFromS from when it is due; NaN when it never is
 * @param dueToS until when it is; at the latest then it has to have come
 */
public record Case(
        Scene scene,
        Party subject,
        @Nullable Actor target,
        @Nullable Notice notice,
        String reason,
        double allowedFromS,
        double allowedToS,
        double dueFromS,
        double dueToS) {
    /** Whom it warns on the road. */
    Actor actor() {
        if (subject instanceof final Actor actor) {
            return actor;
        }
        throw new IllegalStateException(subject.name() + " is not on the road");
    }

    /** Whether a warning has to come. */
    public boolean due() {
        return !Double.isNaN(dueFromS);
    }
}
