package io.luyun.server.world;

import io.luyun.proto.v1.ParticipantType;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Reckons the state of traffic on all links from the road users that are there, at ticks only, so that messages cost nothing.
 * Owned by {@link World}; allocates when the network or the number of slow vehicles grows.
 *
 * <p>Flow, density and speed are those of L. C. Edie (1963) over a link's length and an exponential window: time spent and way
 * driven by all vehicles, each divided by length times duration; their quotient is the speed.
 *
 * <p>A queue is a row of slow vehicles in a lane with small gaps. It is dense when it has enough vehicles, is long enough and
 * thick enough; before a stop line with signals it must also reach further back than a red light makes it. A lane whose
 * queue has been dense for some time has a jam, until there has been none for some time.
 */
final class Traffic {
    private static final double KMH = 3.6;
    private static final double NANO = 1e-9;
    private static final double METRES_A_KM = 1_000;

    private final TrafficConfig config;
    private final Predicate<Link> hasSignals;
    private final RoadNetwork network;
    private final Roster roster;
    private final double slowMps;
    private final long updateNs;
    private final long jamNs;
    private final long jamClearNs;
    /** By link, then lane; 0 is the link. */
    private TrafficState[][] states = {};
    /** The slow ones: place on the link of front and rear bumper, and the next further back in the same lane. */
    private double[] front = new double[256];

    private double[] rear = new double[256];
    private int[] next = new int[256];
    private int slow;
    private int jams;
    private long lastNs = TrafficState.NEVER;

    Traffic(
            final TrafficConfig config,
            final RoadNetwork network,
            final Roster roster,
            final Predicate<Link> hasSignals) {
        this.config = config;
        this.hasSignals = hasSignals;
        this.network = network;
        this.roster = roster;
        slowMps = config.slowKmh() / KMH;
        updateNs = config.updateMillis() * 1_000_000L;
        jamNs = (long) (config.jamSeconds() / NANO);
        jamClearNs = (long) (config.jamClearSeconds() / NANO);
        cover();
    }

    /** Time of the last reckoning, or {@link TrafficState#NEVER}. */
    long lastNs() {
        return lastNs;
    }

    /** Number of lanes with a jam. */
    int jams() {
        return jams;
    }

    TrafficState of(final Link link, final int lane) {
        if (link.index >= states.length) {
            cover();
        }
        final TrafficState[] ofLink = states[link.index];
        return ofLink[lane >= 0 && lane < ofLink.length ? lane : 0];
    }

    private void cover() {
        final int before = states.length;
        states = Arrays.copyOf(states, network.links.size());
        for (int i = before; i < states.length; i++) {
            final Link link = network.links.get(i);
            states[i] = new TrafficState[link.lanes + 1];
            for (int lane = 0; lane <= link.lanes; lane++) {
                states[i][lane] = new TrafficState(link, lane);
            }
        }
    }

    void onTick(final long nowNs) {
        if (lastNs != TrafficState.NEVER && nowNs - lastNs < updateNs) {
            return;
        }
        // the first reckoning stands for the time before it
        final double seconds = lastNs == TrafficState.NEVER ? updateNs * NANO : (nowNs - lastNs) * NANO;
        lastNs = nowNs;
        if (states.length < network.links.size()) {
            cover();
        }
        count();
        final double keep = StrictMath.exp(-seconds / config.windowSeconds());
        jams = 0;
        for (final TrafficState[] ofLink : states) {
            reckon(ofLink, keep, nowNs);
        }
    }

    private void count() {
        slow = 0;
        for (final TrafficState[] ofLink : states) {
            for (final TrafficState state : ofLink) {
                state.begin();
            }
        }
        for (Participant p = roster.oldest(); p != null; p = p.younger) {
            final Link link = p.link;
            if (link != null && p.ptcType == ParticipantType.PARTICIPANT_MOTOR_VALUE && p.speedMps >= 0) {
                states[link.index][0].add(p.speedMps);
                final TrafficState lane = states[link.index][p.lane];
                lane.add(p.speedMps);
                if (p.speedMps < slowMps) {
                    queue(lane, p);
                }
            }
        }
    }

    /** Sorts a slow one into its lane, the foremost first. */
    private void queue(final TrafficState lane, final Participant p) {
        if (slow == front.length) {
            front = Arrays.copyOf(front, slow * 2);
            rear = Arrays.copyOf(rear, slow * 2);
            next = Arrays.copyOf(next, slow * 2);
        }
        final double half = p.lengthMetres() * 0.5;
        front[slow] = p.alongMetres + half;
        rear[slow] = p.alongMetres - half;
        int before = -1;
        int at = lane.firstSlow;
        while (at >= 0 && front[at] > front[slow]) {
            before = at;
            at = next[at];
        }
        next[slow] = at;
        if (before < 0) {
            lane.firstSlow = slow;
        } else {
            next[before] = slow;
        }
        slow++;
    }

    private void reckon(final TrafficState[] ofLink, final double keep, final long nowNs) {
        final TrafficState whole = ofLink[0];
        whole.average(keep);
        whole.jam = true;
        whole.queueMetres = 0;
        whole.queueVehicles = 0;
        for (int lane = 1; lane < ofLink.length; lane++) {
            final TrafficState state = ofLink[lane];
            state.average(keep);
            queues(state, nowNs);
            if (state.jam) {
                jams++;
            }
            take(whole, state, lane == 1);
        }
    }

    private static void take(final TrafficState whole, final TrafficState lane, final boolean first) {
        if (lane.queueMetres > whole.queueMetres) {
            whole.queueMetres = lane.queueMetres;
            whole.queueVehicles = lane.queueVehicles;
        }
        whole.jam &= lane.jam;
        if (lane.jam) {
            whole.jamTailMetres = first ? lane.jamTailMetres : Math.min(whole.jamTailMetres, lane.jamTailMetres);
            whole.jamHeadMetres = first ? lane.jamHeadMetres : Math.max(whole.jamHeadMetres, lane.jamHeadMetres);
        }
    }

    /** Goes through the queues of a lane from its end; of several that are dense the last counts, who comes meets it first. */
    private void queues(final TrafficState state, final long nowNs) {
        state.queueMetres = 0;
        state.queueVehicles = 0;
        boolean dense = false;
        final double stopLine = state.link.stopLineMetres;
        for (int head = state.firstSlow; head >= 0; ) {
            int tail = head;
            int vehicles = 1;
            while (next[tail] >= 0 && middle(tail) - middle(next[tail]) <= config.gapMetres()) {
                tail = next[tail];
                vehicles++;
            }
            final boolean atStopLine = head == state.firstSlow && stopLine - front[head] <= config.gapMetres();
            if (atStopLine) {
                state.queueMetres = Math.max(0, stopLine - rear[tail]);
                state.queueVehicles = vehicles;
            }
            if (isDense(state.link, head, tail, vehicles)) {
                dense = true;
                state.jamHeadMetres = front[head];
                state.jamTailMetres = Math.max(0, rear[tail]);
            }
            head = next[tail];
        }
        settle(state, dense, nowNs);
    }

    private double middle(final int of) {
        return (front[of] + rear[of]) * 0.5;
    }

    private boolean isDense(final Link link, final int head, final int tail, final int vehicles) {
        final double metres = front[head] - rear[tail];
        return vehicles >= config.jamVehicles()
                && metres >= config.jamMetres()
                && vehicles * METRES_A_KM >= config.jamDensityPerKm() * metres
                && (link.stopLineMetres - rear[tail] > config.signalQueueMetres() || !hasSignals.test(link));
    }

    private void settle(final TrafficState state, final boolean dense, final long nowNs) {
        if (dense) {
            state.denseSinceNs = state.denseSinceNs == TrafficState.NEVER ? nowNs : state.denseSinceNs;
            state.denseAtNs = nowNs;
            state.jam = nowNs - state.denseSinceNs >= jamNs;
        } else if (state.denseSinceNs != TrafficState.NEVER && nowNs - state.denseAtNs >= jamClearNs) {
            state.denseSinceNs = TrafficState.NEVER;
            state.jam = false;
        }
    }
}
