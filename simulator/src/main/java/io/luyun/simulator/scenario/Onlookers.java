package io.luyun.simulator.scenario;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.Area;
import io.luyun.proto.v1.Circle;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.Subscribe;
import io.luyun.simulator.link.Identity;
import io.luyun.simulator.link.Intruder;
import io.luyun.simulator.measure.AlertBook;
import io.luyun.simulator.plan.Intrusion;
import io.luyun.simulator.plan.WatcherPlan;
import io.luyun.simulator.traffic.GeoPoint;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** All who are there beside the devices: those who look on, and those who mean harm. */
@SuppressWarnings("FutureReturnValueIgnored") // intruders come and go
final class Onlookers {
    /** Whom those pretend to be who show a token: no device of the load, so that no honest one loses its session. */
    private static final String INTRUDER = "intruder-01";

    private final List<WatcherPlan> watchers;
    private final List<Intrusion> intrusions;
    private final long firstSeed;
    private final List<GeoPoint> places;
    private final @Nullable String token;
    private final List<Intruder> intruders = new ArrayList<>();
    private final List<Observer> observers = new ArrayList<>();
    private @Nullable Observer everything;

    /**
     * These.
     *
     * @param seed of those who mean harm
     * @param places round which watchers of an area look, by turns
     */
    Onlookers(
            final List<WatcherPlan> watchers,
            final List<Intrusion> intrusions,
            final long seed,
            final List<GeoPoint> places,
            final @Nullable String token) {
        this.watchers = watchers;
        this.intrusions = intrusions;
        firstSeed = seed;
        this.places = places;
        this.token = token;
        if (places.isEmpty() && watchers.stream().anyMatch(watcher -> watcher.radiusMetres() > 0)) {
            throw new IllegalArgumentException(
                    "watchers with a radius look round the zone's roadside units, and there are none");
        }
    }

    /** Opens their sessions. */
    void watch(final Fleet fleet, final long bootEpoch) {
        int number = 0;
        for (final WatcherPlan plan : watchers) {
            for (int i = 0; i < plan.count(); i++) {
                final Observer observer =
                        new Observer(plan.radiusMetres() == 0 && everything == null ? fleet.alerts() : new AlertBook());
                if (plan.radiusMetres() == 0 && everything == null) {
                    everything = observer;
                }
                observers.add(observer);
                final String id = String.format(Locale.ROOT, "observer-%02d", ++number);
                final Identity identity =
                        new Identity(id, Role.ROLE_OBSERVER, token, bootEpoch, AckLevel.ACK_LEVEL_RECEIVED);
                fleet.subscriber(identity, observer, subscription(plan, number), plan.readBytesPerSecond());
            }
        }
    }

    /** Lets those loose who mean harm. */
    void intrude(final Fleet fleet) {
        long seed = firstSeed;
        for (final Intrusion plan : intrusions) {
            for (int i = 0; i < plan.count(); i++) {
                final Intruder intruder = fleet.clientLoops()
                        .intruder(
                                fleet.loops() - 1,
                                new Intruder.Manner(
                                        Intruder.Deed.valueOf(plan.how().name()), plan.perSecond(), ++seed, INTRUDER));
                intruders.add(intruder);
                loop(fleet).execute(intruder::start);
            }
        }
    }

    /** What the first who sees everything knows, or null. */
    RunResult.@Nullable Road road() {
        return everything == null
                ? null
                : new RunResult.Road(everything.participants(), everything.signals(), everything.events());
    }

    /** Updates all who watch have got. */
    long updates() {
        return observers.stream().mapToLong(Observer::updates).sum();
    }

    /** Connections those have had who mean harm, and how many of them the server has closed. */
    long[] intrusions(final Fleet fleet) {
        return intruders.isEmpty()
                ? new long[2]
                : loop(fleet)
                        .submit(() -> new long[] {
                            intruders.stream().mapToLong(Intruder::connections).sum(),
                            intruders.stream().mapToLong(Intruder::thrownOut).sum()
                        })
                        .syncUninterruptibly()
                        .getNow();
    }

    void end(final Fleet fleet) {
        intruders.forEach(intruder -> loop(fleet).execute(intruder::close));
    }

    private Subscribe subscription(final WatcherPlan plan, final int number) {
        final Subscribe.Builder subscription =
                Subscribe.newBuilder().setSubscriptionId(1).setIntervalMs(plan.intervalMillis());
        if (plan.radiusMetres() > 0) {
            final GeoPoint place = places.get(number % places.size());
            subscription.setArea(Area.newBuilder()
                    .setCircle(Circle.newBuilder()
                            .setCenter(
                                    Position.newBuilder().setLat(place.latE7()).setLon(place.lonE7()))
                            .setRadiusCm(100 * plan.radiusMetres())));
        }
        return subscription.build();
    }

    private static EventLoop loop(final Fleet fleet) {
        return fleet.loop(fleet.loops() - 1);
    }
}
