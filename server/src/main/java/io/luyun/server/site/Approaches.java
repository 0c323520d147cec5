package io.luyun.server.site;

import io.luyun.server.world.Crossing;
import io.luyun.server.world.Link;
import io.luyun.server.world.Movement;
import io.luyun.server.world.World;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From each link, the crossings that lie on it or further on. Immutable: made anew when the road changes. */
final class Approaches {
    private static final Approach[] NONE = {};

    private final Approach[][] ofLink;

    /** A crossing as seen from a link. */
    static final class Approach {
        final Crossing crossing;
        /** Way from the link's begin to the crossing. */
        final double metres;
        /** The ways on that lead there; null when there is no choice. */
        private final @Nullable List<Movement> ways;

        private Approach(final Crossing crossing, final double metres, final @Nullable List<Movement> ways) {
            this.crossing = crossing;
            this.metres = metres;
            this.ways = ways;
        }

        /** Whether one may come there from a lane of the link; 0 is a lane that is not known. */
        boolean from(final int lane) {
            if (ways == null) {
                return true;
            }
            for (int i = 0; i < ways.size(); i++) {
                if (ways.get(i).serves(lane)) {
                    return true;
                }
            }
            return false;
        }
    }

    private record Step(Link link, double metres) {}

    Approaches(final World world, final double reachMetres) {
        final List<List<Approach>> found = new ArrayList<>();
        final List<List<Link>> before = new ArrayList<>();
        for (int i = 0; i < world.links(); i++) {
            found.add(new ArrayList<>());
            before.add(new ArrayList<>());
        }
        for (int i = 0; i < world.links(); i++) {
            final Link link = world.link(i);
            for (int j = 0; j < link.successors(); j++) {
                before.get(link.successor(j)).add(link);
            }
        }
        for (final Crossing crossing : world.crossings()) {
            walkUp(crossing, reachMetres, found, before);
        }
        ofLink = found.stream().map(list -> list.toArray(NONE)).toArray(Approach[][]::new);
    }

    private static void walkUp(
            final Crossing crossing,
            final double reachMetres,
            final List<List<Approach>> found,
            final List<List<Link>> before) {
        final Deque<Step> steps = new ArrayDeque<>();
        for (int i = 0; i < crossing.links(); i++) {
            add(found, crossing, crossing.link(i), crossing.alongMetres(i), null);
            steps.add(new Step(crossing.link(i), crossing.alongMetres(i)));
        }
        while (!steps.isEmpty()) {
            final Step step = steps.remove();
            if (step.metres > reachMetres) {
                continue;
            }
            for (final Link link : before.get(step.link.index())) {
                final double metres = step.metres + link.lengthMetres() + link.gapMetres(step.link);
                if (add(found, crossing, link, metres, between(link, step.link))) {
                    steps.add(new Step(link, metres));
                }
            }
        }
    }

    /** The movement from a link to another, or to a connector; null for a link that simply goes on. */
    private static @Nullable Movement between(final Link from, final Link to) {
        for (final Movement movement : from.movements()) {
            if (movement.connector() == to || (movement.connector() == null && movement.to() == to)) {
                return movement;
            }
        }
        return null;
    }

    /** False when the crossing is known from there already. */
    private static boolean add(
            final List<List<Approach>> found,
            final Crossing crossing,
            final Link link,
            final double metres,
            final @Nullable Movement way) {
        final List<Approach> here = found.get(link.index());
        for (final Approach known : here) {
            if (known.crossing == crossing) {
                if (known.ways != null && way != null && !known.ways.contains(way)) {
                    known.ways.add(way);
                }
                return false;
            }
        }
        final List<Movement> ways = way == null ? null : new ArrayList<>(List.of(way));
        here.add(new Approach(crossing, metres, ways));
        return true;
    }

    /** The crossings from a link on; not to be changed. */
    Approach[] of(final Link link) {
        return link.index() < ofLink.length ? ofLink[link.index()] : NONE;
    }
}
