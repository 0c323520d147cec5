package io.luyun.server.alert.collision;

import io.luyun.server.alert.life.Steps;
import io.luyun.server.world.Link;
import io.luyun.server.world.Participant;

/** How far rules look at junctions. */
final class Junctions {
    private static final double BASE_METRES = 15;

    private Junctions() {}

    /** The way somebody makes in the time that matters. */
    static double reachMetres(final Participant moved, final Steps steps) {
        return BASE_METRES + moved.speedMps() * steps.horizonSeconds();
    }

    /** Whether the next junction is out of reach. Nobody crosses the middle of a link; this spares most of the search. */
    static boolean far(final Participant moved, final Steps steps) {
        final Link link = moved.link();
        return link != null
                && !link.connector()
                && link.lengthMetres() - moved.alongMetres() > reachMetres(moved, steps);
    }
}
