package io.luyun.server.live;

import io.luyun.proto.v1.Alert;
import io.luyun.server.alert.Applications.Share;
import io.luyun.server.core.Audience;
import io.luyun.server.core.BothAudiences;
import io.luyun.server.core.CoreAgent;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.journal.JournalReader;
import io.luyun.server.monitor.Counters;
import io.luyun.server.research.RecordedAlerts;
import io.luyun.server.site.Sites;
import io.luyun.server.world.World;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;

/**
 * The road of a time of the journal: built up from some seconds before, then led on record by record. Its alerts are those that were
 * recorded; acknowledgements stand in the journal itself. One thread, which closes it.
 */
final class PastRoad implements AutoCloseable {
    /** Alerts raised so long before are known when the time begins; chosen here. */
    private static final long ALERTS_BEFORE_NS = TimeUnit.MINUTES.toNanos(10);

    private static final int NOBODY = -1;

    private final JournalReader journal;
    private final RecordedAlerts alerts;
    private final CoreAgent core;
    private final LiveFeed feed;

    private PastRoad(
            final LiveRoads roads,
            final JournalReader journal,
            final RecordedAlerts alerts,
            final LivePipe pipe,
            final ErrorHandler errors) {
        this.journal = journal;
        this.alerts = alerts;
        final LiveFeed[] made = new LiveFeed[1];
        core = new CoreAgent(
                journal,
                roads.road().with(Share.NONE),
                (world, sites) -> {
                    made[0] = audience(roads, pipe, world, sites);
                    return new BothAudiences(new Tape(made[0]), made[0]);
                },
                new Counters(),
                errors);
        feed = made[0];
    }

    /** Opens both journals so long before a time, which is not before the first record. */
    static PastRoad open(
            final LiveRoads roads,
            final long fromNs,
            final long warmUpNs,
            final LivePipe pipe,
            final ErrorHandler errors) {
        final JournalArchive archive = roads.journal().get();
        RecordedAlerts alerts = null;
        JournalReader journal = null;
        try {
            alerts = RecordedAlerts.following(roads.alerts().get(), fromNs - ALERTS_BEFORE_NS);
            journal = archive.followAt(fromNs - warmUpNs);
            final PastRoad road = new PastRoad(roads, journal, alerts, pipe, errors);
            alerts = null;
            journal = null;
            return road;
        } finally {
            CloseHelper.closeAll(alerts, journal);
        }
    }

    private LiveFeed audience(final LiveRoads roads, final LivePipe pipe, final World world, final Sites sites) {
        for (int i = 0; i < roads.devices().getAsInt(); i++) {
            world.nameDevice(i, roads.names().apply(i));
        }
        return new LiveFeed(pipe, world, sites, RecordHead.of(journal), new Counters());
    }

    /** Leads on through the next records before a time; how many there were. */
    int lead(final int most, final long untilNs) {
        return core.take(most, Long.MAX_VALUE, untilNs);
    }

    /** Whether there is a record of the time led to, or later: nothing of before is missing. */
    boolean reached() {
        return core.ended();
    }

    /** Time of the last record; 0 before the first. */
    long nowNs() {
        return core.nowNs();
    }

    /** Hands over how it is at a time all records of before have been led through. */
    void tell(final long atNs) {
        alerts.before(atNs, this::step);
        feed.turn(atNs);
    }

    private void step(final Alert alert, final byte[] bytes) {
        feed.onAlert(alert, NOBODY, alert.getAtNs());
    }

    @Override
    public void close() {
        CloseHelper.closeAll(alerts, core);
    }

    /** Gives out what was told before a record, before the record. */
    private final class Tape implements Audience {
        private final LiveFeed to;

        Tape(final LiveFeed to) {
            this.to = to;
        }

        @Override
        public void at(final long sequence) {
            alerts.before(journal.receivedAtNs(), (alert, bytes) -> to.onAlert(alert, NOBODY, alert.getAtNs()));
        }

        @Override
        public void onAlert(final Alert alert, final int subjectDevice, final long causeReceivedAtNs) {
            throw new IllegalStateException("no rule runs here, yet alert " + alert.getAlertId() + " was raised");
        }
    }
}
