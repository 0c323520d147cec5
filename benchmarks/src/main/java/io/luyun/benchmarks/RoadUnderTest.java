package io.luyun.benchmarks;

import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.Applications;
import io.luyun.server.alert.life.AlertEngine;
import io.luyun.server.monitor.Counters;
import io.luyun.server.site.SiteConfig;
import io.luyun.server.site.Sites;
import io.luyun.server.world.Participant;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.SignalState;
import io.luyun.server.world.World;
import io.luyun.server.world.WorldConfig;
import io.luyun.server.world.WorldListener;
import io.luyun.server.world.ZoneMap;
import org.jspecify.annotations.Nullable;

/** World and, where wanted, all rules as the core joins them; counts what comes out. One thread. */
final class RoadUnderTest implements WorldListener {
    /**
     * After so many reports of each road user all is there that world and rules keep of it; some rules begin after a second
     * only. Nothing is measured before.
     */
    static final int REPORTS_TO_SETTLE = 40;

    final World world;
    private final Sites sites;
    private final @Nullable AlertEngine engine;
    long moves;
    long signals;
    long alerts;

    RoadUnderTest(final ZoneMap zone, final WorldConfig config, final boolean rules) {
        world = new World(zone, config, this, new Counters());
        sites = new Sites(world, SiteConfig.DEFAULT);
        engine = rules
                ? Applications.engine(
                        world, sites.crossings(), AlertConfig.DEFAULT, (alert, device, receivedAtNs) -> alerts++)
                : null;
    }

    void tick(final long nowNs) {
        world.onTick(nowNs);
        sites.onTick(moves, nowNs);
        if (engine != null) {
            engine.onTick(nowNs);
        }
    }

    @Override
    public void onMoved(final Participant participant, final long sequence, final long atNs) {
        moves++;
        if (engine != null) {
            engine.onMoved(participant, sequence, atNs);
        }
    }

    @Override
    public void onGone(final Participant participant, final long atNs) {
        if (engine != null) {
            engine.onGone(participant, atNs);
        }
    }

    @Override
    public void onSignal(final SignalState signal, final long sequence, final long atNs) {
        signals++;
    }

    @Override
    public void onEvent(final RoadEventState event, final long sequence, final long atNs) {}

    @Override
    public void onEventGone(final RoadEventState event, final long atNs) {
        if (engine != null) {
            engine.onEventGone(event, atNs);
        }
    }
}
