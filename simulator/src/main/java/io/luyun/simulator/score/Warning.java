package io.luyun.simulator.score;

import io.luyun.proto.v1.AlertKind;
import io.luyun.simulator.stage.Party;
import io.luyun.simulator.truth.Advice;
import org.jspecify.annotations.Nullable;

/**
 * A warning that the server raised in a scene.
 *
 * @param kind the application
 * @param subject who is warned, null for nobody known
 * @param target place of the actor it is warned of, -1 for none, -2 for nobody known
 * @param notice place of the event or sign it is warned of, -1 for none
 * @param reason what is the matter, where the application looks for several things; else empty
 * @param advice what it says of signals ahead, or null
 * @param atS when, seconds of the scene
 * @param delayNs from the message that caused it to the client that heard it
 */
public record Warning(
        AlertKind kind,
        @Nullable Party subject,
        int target,
        int notice,
        String reason,
        @Nullable Advice advice,
        double atS,
        long delayNs) {
    static final int NONE = -1;
    static final int UNKNOWN = -2;
}
