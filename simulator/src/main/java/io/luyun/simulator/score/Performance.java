package io.luyun.simulator.score;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertDelivery;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.Subscribe;
import io.luyun.proto.v1.Topic;
import io.luyun.proto.v1.Welcome;
import io.luyun.simulator.link.DeviceClient;
import io.luyun.simulator.link.Identity;
import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.link.LinkListener;
import io.luyun.simulator.measure.Timetable;
import io.luyun.simulator.measure.Totals;
import io.luyun.simulator.scenario.Fleet;
import io.luyun.simulator.scenario.ResourceException;
import io.luyun.simulator.stage.NoiseLevels;
import io.luyun.simulator.stage.Playbill;
import io.luyun.simulator.stage.Scene;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/**
 * Plays scenes side by side against a server, in real time: the server's rules rest on when it receives what. All messages
 * are made beforehand. An observer that subscribes to all alerts hears what is raised;
 * other kinds than those asked for are left out.
 */
final class Performance {
    private static final long OPEN_MILLIS = 30_000;
    private static final int DRAIN_MILLIS = 10_000;
    private static final long LEAD_NS = 1_500_000_000L;
    private static final double NS = 1e9;
    private static final long NS_A_MILLI = 1_000_000;
    private static final Subscribe ALERTS = Subscribe.newBuilder()
            .setSubscriptionId(1)
            .addTopics(Topic.TOPIC_ALERTS)
            .build();

    private final List<Scene> scenes;
    private final NoiseLevels noise;
    private final Set<AlertKind> kinds;
    private final NanoClock clock;
    private final EpochNanoClock epochClock;

    /**
     * What came of it.
     *
     * @param warnings by scene
     * @param strays alerts about nobody known
     * @param totals messages and latencies
     */
    record Outcome(List<List<Warning>> warnings, int strays, Totals totals) {}

    private record Plan(long startEpochNs, List<Cue> cues) {}

    /** A message of one device among all. */
    private record Cue(long dueNs, int device, int kind, DirectBuffer body) {}

    Performance(
            final List<Scene> scenes,
            final NoiseLevels noise,
            final Set<AlertKind> kinds,
            final NanoClock clock,
            final EpochNanoClock epochClock) {
        this.scenes = scenes;
        this.noise = noise;
        this.kinds = kinds;
        this.clock = clock;
        this.epochClock = epochClock;
    }

    Outcome play(final LinkConfig link) throws IOException, InterruptedException, ResourceException {
        final Cast cast = new Cast(scenes, epochClock.nanoTime());
        final Hearing hearing = new Hearing(cast, scenes.size(), kinds);
        try (Fleet fleet = new Fleet(link, cast.identities(), 1, clock, epochClock, new LinkListener() {})) {
            fleet.open(OPEN_MILLIS);
            fleet.subscriber(
                    new Identity(
                            "observer-score",
                            Role.ROLE_OBSERVER,
                            null,
                            epochClock.nanoTime(),
                            AckLevel.ACK_LEVEL_RECEIVED),
                    hearing,
                    ALERTS);
            if (!hearing.open.await(OPEN_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new ResourceException("the observer has no session after " + OPEN_MILLIS + " ms");
            }
            final Plan plan = plan(cast);
            final SceneClock sceneClock =
                    new SceneClock(plan.cues.stream().mapToLong(Cue::dueNs).toArray());
            hearing.sceneClock = sceneClock;
            send(fleet, plan.cues, sceneClock, clock.nanoTime() + plan.startEpochNs - epochClock.nanoTime());
            fleet.drain(DRAIN_MILLIS);
            final Totals totals = fleet.totals();
            return fleet.loop(0)
                    .submit(() -> new Outcome(hearing.warnings, hearing.strays, totals))
                    .syncUninterruptibly()
                    .getNow();
        }
    }

    /** All messages, in time for a start that lies ahead. */
    private Plan plan(final Cast cast) {
        for (long leadNs = LEAD_NS; ; leadNs *= 2) {
            final long startEpochNs = epochClock.nanoTime() + leadNs;
            final List<Cue> cues = new ArrayList<>();
            for (int tile = 0; tile < scenes.size(); tile++) {
                final int first = cast.firstDevice(tile);
                for (final Playbill.Line line : Playbill.of(scenes.get(tile), noise, tile, startEpochNs / NS_A_MILLI)) {
                    cues.add(new Cue((long) (line.dueS() * NS), first + line.device(), line.kind(), line.body()));
                }
            }
            cues.sort(Comparator.comparingLong(Cue::dueNs));
            if (startEpochNs - epochClock.nanoTime() >= LEAD_NS / 4) {
                return new Plan(startEpochNs, cues);
            }
        }
    }

    private void send(final Fleet fleet, final List<Cue> cues, final SceneClock sceneClock, final long startNs)
            throws InterruptedException {
        final CountDownLatch finished = new CountDownLatch(1);
        final Timetable timetable = new Timetable(
                fleet.loop(0), clock, cues.stream().mapToLong(Cue::dueNs).toArray(), new Timetable.Target() {
                    @Override
                    public void due(final int index, final long intendedNs) {
                        final Cue cue = cues.get(index);
                        sceneClock.sends(epochClock.nanoTime());
                        fleet.send(cue.device, cue.kind, cue.body, 0, cue.body.capacity(), intendedNs);
                        fleet.client(cue.device).flush();
                    }

                    @Override
                    public void finished() {
                        finished.countDown();
                    }
                });
        timetable.start(startNs);
        finished.await();
        if (timetable.failure() != null) {
            throw new IllegalStateException("sending failed", timetable.failure());
        }
    }

    /** Hears of all alerts; its fields belong to the loop once the scenes are played. */
    private static final class Hearing implements LinkListener {
        private final Cast cast;
        private final Set<AlertKind> kinds;
        private final List<List<Warning>> warnings = new ArrayList<>();
        private final CountDownLatch open = new CountDownLatch(1);
        private volatile SceneClock sceneClock = new SceneClock(new long[0]);
        private int strays;

        Hearing(final Cast cast, final int scenes, final Set<AlertKind> kinds) {
            this.kinds = kinds;
            this.cast = cast;
            for (int i = 0; i < scenes; i++) {
                warnings.add(new ArrayList<>());
            }
        }

        @Override
        public void onOpen(final DeviceClient client, final Welcome welcome, final boolean again) {
            open.countDown();
        }

        @Override
        public void onAlert(final DeviceClient client, final AlertDelivery delivery, final long receivedEpochNs) {
            final Alert alert = delivery.getAlert();
            if (alert.getState() != AlertState.ALERT_STATE_RAISED || !kinds.contains(alert.getKind())) {
                return;
            }
            final int tile = cast.tile(alert);
            if (tile < 0) {
                strays++;
                return;
            }
            warnings.get(tile)
                    .add(new Warning(
                            alert.getKind(),
                            cast.subject(alert),
                            cast.target(alert),
                            Cast.notice(alert),
                            Cast.reason(alert),
                            Cast.advice(alert),
                            sceneClock.secondsAt(alert.getAtNs()),
                            receivedEpochNs - delivery.getReceivedAtNs()));
        }
    }
}
