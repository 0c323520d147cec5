package io.luyun.server.site;

import io.luyun.proto.v1.BusStopState;
import io.luyun.proto.v1.CrossingState;
import io.luyun.proto.v1.LinkTraffic;
import io.luyun.server.world.World;
import java.util.ArrayList;
import java.util.List;

/** The places beside the road. Driven by the core's thread at ticks; {@link #board} may be asked by any thread. */
public final class Sites {
    private static final long BOARD_NS = 1_000_000_000L;

    private final World world;
    private final Crossings crossings;
    private final Arrivals arrivals;
    private final TrafficSites traffic;
    private volatile SiteBoard board = SiteBoard.EMPTY;
    private long boardSequence;
    private long nextBoardNs = Long.MIN_VALUE;

    public Sites(final World world, final SiteConfig config) {
        this.world = world;
        crossings = new Crossings(world, config.crossing());
        arrivals = new Arrivals(world, config.busStop());
        traffic = new TrafficSites(world);
    }

    /** Time has passed; the world has been told already. */
    public void onTick(final long sequence, final long nowNs) {
        crossings.onTick(sequence, nowNs);
        traffic.onTick(sequence, nowNs);
        arrivals.onTick(sequence, nowNs);
        if (nowNs >= nextBoardNs) {
            nextBoardNs = nowNs + BOARD_NS;
            renewBoard(sequence);
        }
    }

    /** The road is empty. */
    public void clear() {
        nextBoardNs = Long.MIN_VALUE;
        board = SiteBoard.EMPTY;
        traffic.clear();
        arrivals.clear();
    }

    /** Only what is new since the last one is put into words anew. */
    private void renewBoard(final long sequence) {
        boolean news = false;
        for (final CrossingSite site : crossings.all()) {
            news |= site.lastSequence() > boardSequence;
        }
        for (final StopSite site : arrivals.all()) {
            news |= site.lastSequence() > boardSequence;
        }
        for (final TrafficSite site : traffic.all()) {
            news |= site.lastSequence() > boardSequence;
        }
        if (!news) {
            return;
        }
        boardSequence = sequence;
        final List<CrossingState> states = new ArrayList<>(crossings.all().length);
        for (final CrossingSite site : crossings.all()) {
            states.add(site.toMessage(world));
        }
        final List<BusStopState> stops = new ArrayList<>(arrivals.all().length);
        for (final StopSite site : arrivals.all()) {
            stops.add(site.toMessage());
        }
        final List<LinkTraffic> links = new ArrayList<>(traffic.all().length);
        for (final TrafficSite site : traffic.all()) {
            links.add(site.toMessage());
        }
        board = new SiteBoard(List.copyOf(states), List.copyOf(stops), List.copyOf(links), world.jams());
    }

    /** The bus stops. */
    public Arrivals arrivals() {
        return arrivals;
    }

    /** The crossings. */
    public Crossings crossings() {
        return crossings;
    }

    /** The traffic. */
    public TrafficSites traffic() {
        return traffic;
    }

    /** The places as they were within the last second of ticks. Any thread. */
    public SiteBoard board() {
        return board;
    }
}
