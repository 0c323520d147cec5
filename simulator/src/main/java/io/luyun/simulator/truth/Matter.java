package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Pose;
import io.luyun.simulator.stage.Saying;
import java.util.EnumSet;
import java.util.Set;

/** What is the matter with a vehicle that others are warned of: what it says, or how it moves. Speeds and braking have a tolerance as a share. */
final class Matter {
    private final Set<Saying> sayings = EnumSet.noneOf(Saying.class);
    private final boolean emergency;
    private final double brakesMps2;
    private final double minMps;
    private final double toleranceShare;

    Matter(final Fields fields) {
        fields.texts("says").forEach(word -> sayings.add(fields.word("says", word, Saying.class)));
        emergency = fields.flag("emergency");
        brakesMps2 = fields.number("brakesMps2", 0, 0, 20);
        minMps = fields.number("minTargetMps", 0, 0, 50);
        toleranceShare = fields.number("toleranceShare", 0, 1);
    }

    /** Whether it is so. Without any wish for words or braking it always is. */
    boolean holds(final Actor target, final double t, final Border border) {
        final Pose pose = target.motion().at(t);
        if ((emergency && !target.kind().emergency()) || (border == Border.NARROW && pose.speedMps() < minMps)) {
            return false;
        }
        for (final Saying saying : sayings) {
            if (target.says(saying, t)) {
                return true;
            }
        }
        return brakesMps2 > 0 ? pose.accelMps2() <= -brakesMps2 * border.least(toleranceShare) : sayings.isEmpty();
    }
}
