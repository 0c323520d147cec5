package io.luyun.server.site;

import io.luyun.server.world.Link;
import io.luyun.server.world.World;
import java.util.ArrayList;
import java.util.List;

/**
 * The traffic on every link, looked at whenever the world has reckoned it anew. Ways through junctions have none of their
 * own. Core's thread; allocates only when the road has changed.
 */
public final class TrafficSites {
    private static final TrafficSite[] NONE = {};

    private final World world;
    private TrafficSite[] sites = NONE;
    private long roadVersion = -1;
    private long reckonedNs = Long.MIN_VALUE;

    TrafficSites(final World world) {
        this.world = world;
    }

    void onTick(final long sequence, final long nowNs) {
        if (world.trafficAtNs() == reckonedNs) {
            return;
        }
        reckonedNs = world.trafficAtNs();
        settle();
        for (final TrafficSite site : sites) {
            site.look(sequence, nowNs);
        }
    }

    /** The road is empty. */
    void clear() {
        sites = NONE;
        roadVersion = -1;
        reckonedNs = Long.MIN_VALUE;
    }

    private void settle() {
        if (roadVersion == world.roadVersion()) {
            return;
        }
        roadVersion = world.roadVersion();
        final List<TrafficSite> found = new ArrayList<>();
        for (int i = 0; i < world.links(); i++) {
            final Link link = world.link(i);
            if (!link.connector()) {
                found.add(known(found.size(), link));
            }
        }
        sites = found.toArray(NONE);
    }

    /** What was told of a link before stays told: a MAP that comes every second is no news. */
    private TrafficSite known(final int place, final Link link) {
        return place < sites.length && sites[place].link() == link ? sites[place] : new TrafficSite(world, link);
    }

    /** All of them in the order of the links; not to be changed. */
    public TrafficSite[] all() {
        return sites;
    }
}
