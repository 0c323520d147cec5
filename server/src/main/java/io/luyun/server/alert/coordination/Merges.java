package io.luyun.server.alert.coordination;

import io.luyun.server.world.Link;
import io.luyun.server.world.Ramp;
import io.luyun.server.world.World;
import java.util.ArrayList;
import java.util.List;

/** From each link, the links whose vehicles it meets where one of both is a slip road on. Made anew when the road changes. */
final class Merges {
    private static final Merge[] NONE = {};

    private final World world;
    private long roadVersion = -1;
    private Merge[][] ofLink = {};

    /**
     * Two links that lead to one.
     *
     * @param other the other one
     * @param onMetres way from the end of the first to where they meet
     * @param otherOnMetres from the end of the other
     */
    record Merge(Link other, double onMetres, double otherOnMetres) {}

    private record Way(Link to, double metres) {}

    Merges(final World world) {
        this.world = world;
    }

    /** Those of a link; not to be changed. */
    Merge[] of(final Link link) {
        if (roadVersion != world.roadVersion()) {
            roadVersion = world.roadVersion();
            build();
        }
        return ofLink[link.index()];
    }

    private void build() {
        final int links = world.links();
        final List<List<Way>> ways = new ArrayList<>(links);
        for (int i = 0; i < links; i++) {
            ways.add(waysOn(world.link(i)));
        }
        ofLink = new Merge[links][];
        for (int i = 0; i < links; i++) {
            final List<Merge> found = new ArrayList<>();
            for (int j = 0; j < links; j++) {
                if (i != j && (world.link(i).ramp() == Ramp.ON || world.link(j).ramp() == Ramp.ON)) {
                    add(found, world.link(i), ways.get(i), world.link(j), ways.get(j));
                }
            }
            ofLink[i] = found.isEmpty() ? NONE : found.toArray(NONE);
        }
    }

    /** The links a link leads to, through connectors. */
    private List<Way> waysOn(final Link link) {
        final List<Way> ways = new ArrayList<>();
        for (int i = 0; !link.connector() && i < link.successors(); i++) {
            final Link next = world.link(link.successor(i));
            final double gap = link.gapMetres(next);
            if (!next.connector()) {
                ways.add(new Way(next, gap));
                continue;
            }
            for (int j = 0; j < next.successors(); j++) {
                final Link after = world.link(next.successor(j));
                ways.add(new Way(after, gap + next.lengthMetres() + next.gapMetres(after)));
            }
        }
        return ways;
    }

    private static void add(
            final List<Merge> found,
            final Link one,
            final List<Way> ways,
            final Link other,
            final List<Way> otherWays) {
        for (final Way way : ways) {
            for (final Way otherWay : otherWays) {
                // a lane for each of them: nobody has to let anybody in
                if (way.to() == otherWay.to() && way.to().lanes() < one.lanes() + other.lanes()) {
                    found.add(new Merge(other, way.metres(), otherWay.metres()));
                    return;
                }
            }
        }
    }
}
