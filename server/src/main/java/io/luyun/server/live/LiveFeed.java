package io.luyun.server.live;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertAcknowledgement;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.core.Audience;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.site.Sites;
import io.luyun.server.world.LocalPlane;
import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.World;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayList;

/**
 * Hands the road over to who shows it, at most ten times a second of record time and only while somebody watches: until then it
 * keeps the alerts that stand and nothing else. Core's thread; never waits, and allocates nothing for a road user. When nobody
 * takes what was handed over it leaves out a turn, and tells everything anew at the next one.
 */
public final class LiveFeed implements Audience {
    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Steps, acknowledgements and events that wait for the next turn; chosen here. */
    private static final int MOST_WAITING = 4_096;

    private final LivePipe pipe;
    private final World world;
    private final Sites sites;
    private final LocalPlane plane;
    private final RecordHead record;
    private final Counters counters;
    private final SignalWatch signals;
    private final UnitWatch units;
    private final ParticipantVisitor writer = this::write;
    private final Long2ObjectHashMap<Alert> standing = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<News.Acknowledged> acknowledged = new Long2ObjectHashMap<>();
    private final LongArrayList gone = new LongArrayList();
    private final BitSet named = new BitSet();
    private List<News> waiting = new ArrayList<>();
    private long alertsLost;
    private long watch;
    private boolean everything;
    private boolean cleared;
    private long sequence;
    private long afterSequence;
    private long nextNs = Long.MIN_VALUE;
    private Batch filling = new Batch();

    /**
     * Nobody watches yet.
     *
     * @param record the one that is being taken
     */
    public LiveFeed(
            final LivePipe pipe,
            final World world,
            final Sites sites,
            final RecordHead record,
            final Counters counters) {
        this.pipe = pipe;
        this.world = world;
        this.sites = sites;
        this.record = record;
        this.counters = counters;
        plane = world.zone().plane();
        signals = new SignalWatch(world);
        units = new UnitWatch();
    }

    @Override
    public void at(final long recordSequence) {
        sequence = recordSequence;
        if (watch != 0) {
            units.onRecord(record.deviceIndex(), record.bootEpoch(), record.number());
        }
    }

    @Override
    public void onServerStarted(final ServerStarted started, final long atNs) {
        standing.clear();
        acknowledged.clear();
        waiting.clear();
        signals.clear();
        units.clear();
        cleared = true;
        everything = true;
        nextNs = Long.MIN_VALUE;
    }

    @Override
    public void onMap(final MapData map) {
        signals.onMap(map);
    }

    @Override
    public void onUnitMessage(final int device, final int latE7, final int lonE7) {
        units.onUnitMessage(device, latE7, lonE7);
    }

    @Override
    public void onSessionOpened(final SessionOpened opened, final int device) {
        units.onSessionOpened(opened.getSessionId(), device);
    }

    @Override
    public void onSessionClosed(final long sessionId) {
        units.onSessionClosed(sessionId);
    }

    @Override
    public void onAlert(final Alert alert, final int subjectDevice, final long causeReceivedAtNs) {
        if (alert.getState() == AlertState.ALERT_STATE_CLEARED) {
            standing.remove(alert.getAlertId());
            acknowledged.remove(alert.getAlertId());
        } else {
            standing.put(alert.getAlertId(), alert);
        }
        tellAlert(new News.AlertStep(alert));
    }

    @Override
    public void onAlertAcknowledged(
            final AlertAcknowledgement acknowledgement, final String deviceId, final long atNs) {
        final News.Acknowledged seen =
                new News.Acknowledged(acknowledgement.getAlertId(), deviceId, acknowledgement.getNote(), atNs);
        if (standing.containsKey(seen.alertId())) {
            acknowledged.put(seen.alertId(), seen);
        }
        tellAlert(seen);
    }

    @Override
    public void onParticipantGone(final long participantId) {
        if (watch != 0) {
            gone.addLong(participantId);
        }
    }

    @Override
    public void onEvent(final RoadEventState event, final long eventSequence) {
        tell(event(event));
    }

    @Override
    public void onEventGone(final RoadEventState event) {
        tell(new News.EventGone(event.id()));
    }

    @Override
    public int doWork(final long nowNs) {
        if (nowNs < nextNs && pipe.watch() == watch) {
            return 0;
        }
        nextNs = nowNs + INTERVAL_NS;
        return turn(nowNs) ? 1 : 0;
    }

    /** Hands over what is there, if somebody watches; for who keeps turns himself. */
    boolean turn(final long nowNs) {
        final long watchNow = pipe.watch();
        if (watchNow == 0) {
            if (watch != 0) {
                stop();
            }
            return false;
        }
        if (watchNow != watch) {
            watch = watchNow;
            everything = true;
        }
        return handOver(nowNs);
    }

    /** Hands over what is there now; false when nobody has taken what was handed over before. */
    private boolean handOver(final long nowNs) {
        final Batch batch = pipe.empty();
        if (batch == null) {
            counters.increment(Counter.LIVE_SKIPPED);
            gone.clear();
            everything = true;
            return false;
        }
        filling = batch;
        batch.watch = watch;
        batch.atNs = nowNs;
        batch.whole = everything;
        batch.cleared = cleared;
        batch.board = sites.board();
        final List<News> given = waiting;
        waiting = batch.news;
        batch.news = given;
        if (alertsLost > 0) {
            given.add(new News.AlertsLost(alertsLost));
            alertsLost = 0;
        }
        if (everything) {
            beginAnew(given);
        }
        world.forEach(writer);
        for (int i = 0; i < gone.size(); i++) {
            batch.addGone(gone.getLong(i));
        }
        signals.tell(nowNs, given);
        units.tell(nowNs, world, given);
        gone.clear();
        afterSequence = sequence;
        everything = false;
        cleared = false;
        pipe.handOver(batch);
        return true;
    }

    private void stop() {
        watch = 0;
        gone.clear();
        waiting.clear();
        alertsLost = 0;
        units.rest();
    }

    private void beginAnew(final List<News> given) {
        named.clear();
        signals.forgetTold();
        units.forgetTold();
        gone.clear();
        afterSequence = 0;
        given.add(new News.Everything());
        for (final Alert alert : standing.values()) {
            given.add(new News.AlertStep(alert));
        }
        given.addAll(acknowledged.values());
        for (final RoadEventState event : world.events()) {
            given.add(event(event));
        }
    }

    private void write(final Participant p) {
        if (p.lastSequence() > afterSequence || p.coasting()) {
            filling.addRow(p, plane);
            name(p.device());
            name(p.seenBy());
        }
    }

    private void name(final int device) {
        if (device >= 0 && !named.get(device)) {
            named.set(device);
            filling.news.add(new News.DeviceName(device, world.deviceName(device)));
        }
    }

    private void tellAlert(final News news) {
        if (watch != 0 && !tell(news)) {
            alertsLost++;
            counters.increment(Counter.LIVE_ALERTS_LOST);
        }
    }

    /** False when there is no room: then all is told anew. */
    private boolean tell(final News news) {
        if (watch == 0) {
            return true;
        }
        if (waiting.size() >= MOST_WAITING) {
            everything = true;
            return false;
        }
        waiting.add(news);
        return true;
    }

    private News.Event event(final RoadEventState event) {
        return new News.Event(
                event.id(),
                event.sign(),
                event.code(),
                event.latE7(),
                event.lonE7(),
                event.radius(),
                event.description(),
                world.deviceName(event.device()));
    }
}
