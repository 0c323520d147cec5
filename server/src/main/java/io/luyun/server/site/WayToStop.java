package io.luyun.server.site;

import io.luyun.server.world.BusStop;
import io.luyun.server.world.Link;
import io.luyun.server.world.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** From every link the shortest way to a stop. Immutable: made anew when the road changes. */
final class WayToStop {
    private static final int NONE = -1;

    final BusStop stop;
    private final int[] next;
    private final double[] metres;

    private record Step(int link, double metres) {}

    WayToStop(final World world, final BusStop stop) {
        this.stop = stop;
        next = new int[world.links()];
        metres = new double[world.links()];
        Arrays.fill(next, NONE);
        Arrays.fill(metres, Double.POSITIVE_INFINITY);
        final List<List<Link>> before = new ArrayList<>();
        for (int i = 0; i < next.length; i++) {
            before.add(new ArrayList<>());
        }
        for (int i = 0; i < next.length; i++) {
            final Link link = world.link(i);
            for (int j = 0; j < link.successors(); j++) {
                before.get(link.successor(j)).add(link);
            }
        }
        final PriorityQueue<Step> open =
                new PriorityQueue<>(Comparator.comparingDouble(Step::metres).thenComparingInt(Step::link));
        open.add(new Step(stop.link().index(), stop.alongMetres()));
        final double[] least = new double[next.length];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        least[stop.link().index()] = stop.alongMetres();
        while (!open.isEmpty()) {
            final Step step = open.remove();
            if (step.metres > least[step.link]) {
                continue;
            }
            metres[step.link] = Math.min(metres[step.link], step.metres);
            final Link to = world.link(step.link);
            for (final Link link : before.get(step.link)) {
                final double way = step.metres + link.lengthMetres() + link.gapMetres(to);
                if (way < least[link.index()]) {
                    least[link.index()] = way;
                    next[link.index()] = step.link;
                    open.add(new Step(link.index(), way));
                }
            }
        }
        round(world);
    }

    /** Who has passed the stop on its own link comes back by the shortest way there is. */
    private void round(final World world) {
        final Link own = stop.link();
        double shortest = Double.POSITIVE_INFINITY;
        for (int j = 0; j < own.successors(); j++) {
            final Link after = world.link(own.successor(j));
            final double way = metres[after.index()] + own.lengthMetres() + own.gapMetres(after);
            if (way < shortest && after != own) {
                shortest = way;
                next[own.index()] = after.index();
            }
        }
    }

    /** Way from a place on a link; infinite where there is none. */
    double metres(final World world, final Link link, final double alongMetres, final double pastMetres) {
        if (link.index() >= metres.length) {
            return Double.POSITIVE_INFINITY;
        }
        if (link != stop.link() || alongMetres <= stop.alongMetres() + pastMetres) {
            return metres[link.index()] - alongMetres;
        }
        if (next[link.index()] == NONE) {
            return Double.POSITIVE_INFINITY;
        }
        final Link after = world.link(next[link.index()]);
        return link.lengthMetres() - alongMetres + link.gapMetres(after) + metres[after.index()];
    }

    /** The link after one on the way, or -1. */
    int next(final Link link) {
        return link.index() < next.length ? next[link.index()] : NONE;
    }
}
