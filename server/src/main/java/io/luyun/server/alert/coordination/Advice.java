package io.luyun.server.alert.coordination;

import io.luyun.proto.v1.Severity;
import io.luyun.server.world.Coordination;
import io.luyun.server.world.Participant;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/** Finds what units ask of a vehicle for some purpose. Stateless. */
final class Advice {
    /** Bits of CoordinationInfo. */
    static final int LANE_CHANGE = 1;

    static final int MERGE = 1 << 1;
    static final int LANE_CHANGE_AT_JUNCTION = 1 << 2;
    static final int PASSING = 1 << 3;
    static final int DYNAMIC_LANE = 1 << 4;
    static final int RESERVATION = 1 << 5;
    static final int RESTRICTION = 1 << 6;

    /** Bits of DriveBehavior. */
    private static final int STOP_AND_GO = 1 << 9;

    private static final int STOP = 1 << 10;

    private final World world;
    private final int purposes;

    /** One for words whose purposes are among these bits. */
    Advice(final World world, final int purposes) {
        this.world = world;
        this.purposes = purposes;
    }

    /** The word said last that holds now where the subject is; null when there is none. */
    @Nullable
    Coordination find(final Participant subject, final long atNs) {
        Coordination last = null;
        for (final Coordination each : world.coordinationsTo(subject)) {
            if ((each.info() & purposes) != 0
                    && each.holdsAt(atNs)
                    && each.distanceMetres(subject, Double.MAX_VALUE) >= 0
                    && (last == null || each.lastSequence() > last.lastSequence())) {
                last = each;
            }
        }
        return last;
    }

    static int severity(final Coordination word) {
        return (word.suggestion() & (STOP | STOP_AND_GO)) != 0
                ? Severity.SEVERITY_WARNING_VALUE
                : Severity.SEVERITY_CAUTION_VALUE;
    }
}
