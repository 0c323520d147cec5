package io.luyun.server.core;

import static io.luyun.server.world.Participant.ABSENT;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.codec.BsmReader;
import io.luyun.proto.codec.PsmReader;
import io.luyun.proto.codec.RsmReader;
import io.luyun.proto.codec.SeenReader;
import io.luyun.proto.codec.SpatReader;
import io.luyun.proto.codec.SsmReader;
import io.luyun.proto.v1.AlertAcknowledged;
import io.luyun.proto.v1.Clpmm;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Rsc;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.proto.v1.SessionClosed;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.proto.v1.SubscriptionChanged;
import io.luyun.proto.v1.Vir;
import io.luyun.server.alert.Applications;
import io.luyun.server.alert.life.AlertEngine;
import io.luyun.server.journal.Damage;
import io.luyun.server.journal.JournalReader;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.site.Sites;
import io.luyun.server.world.World;
import java.util.List;
import java.util.function.BiFunction;
import org.agrona.ErrorHandler;

/**
 * Reads the journal and keeps the road, raises alerts and tells its audience by it. Whoever drives the line calls
 * {@link #doWork()}; one thread at a time. Messages that come often allocate nothing here.
 */
public final class CoreAgent implements AutoCloseable {
    private static final int RECORDS_PER_CYCLE = 256;

    private final JournalReader journal;
    private final World world;
    private final Sites sites;
    private final AlertEngine alerts;
    private final Audience audience;
    private final Counters counters;
    private final ErrorHandler errors;
    private final BsmReader bsm = new BsmReader();
    private final PsmReader psm = new PsmReader();
    private final RsmReader rsm = new RsmReader();
    private final SsmReader ssm = new SsmReader();
    private final SpatReader spat = new SpatReader();
    private long nowNs;
    private long sequence;
    private boolean ended;

    /**
     * An agent that starts where the reader stands, with an empty road.
     *
     * @param tell makes the audience of the road, which is there by then
     */
    public CoreAgent(
            final JournalReader journal,
            final CoreConfig config,
            final BiFunction<World, Sites, Audience> tell,
            final Counters counters,
            final ErrorHandler errors) {
        this.journal = journal;
        this.counters = counters;
        this.errors = errors;
        final RoadListener listener = new RoadListener();
        world = new World(config.zone(), config.world(), listener, counters);
        sites = new Sites(world, config.site());
        audience = tell.apply(world, sites);
        alerts = Applications.engine(world, sites.crossings(), config.alert(), config.share(), audience);
        listener.tell(alerts, audience);
    }

    /** The road and who is on it. Owned by the thread that does this agent's work. */
    public World world() {
        return world;
    }

    /** The places beside the road; its board may be read by any thread. */
    public Sites sites() {
        return sites;
    }

    /** One duty cycle: a bounded number of records, then what waits and is due; returns how much was done. */
    public int doWork() {
        return take(RECORDS_PER_CYCLE, Long.MAX_VALUE, Long.MAX_VALUE) + audience.doWork(nowNs);
    }

    /**
     * Takes the next records of a journal that lies there, and tells the audience at once.
     *
     * @param most how many records at most
     * @param lastSequence records behind this one are not taken
     * @param untilNs records received from this time on are not taken; the first one that is not ends it, and waits
     * @return how many there were; less than most at the end
     */
    public int take(final int most, final long lastSequence, final long untilNs) {
        int taken = 0;
        while (taken < most && (ended || journal.next())) {
            ended = journal.sequence() > lastSequence || journal.receivedAtNs() >= untilNs;
            if (ended) {
                return taken;
            }
            take(journal.kind());
            taken++;
        }
        return taken;
    }

    /** Whether a record has been met that was not to be taken; it is the next one. */
    public boolean ended() {
        return ended;
    }

    /** Sequence of the last record taken; 0 before the first. */
    public long sequence() {
        return sequence;
    }

    /** Time of the last record; 0 before the first. */
    public long nowNs() {
        return nowNs;
    }

    /** The engine, for who puts together what several cores with a share of the rules each tell. */
    public AlertEngine alerts() {
        return alerts;
    }

    /** Damaged ranges of the journal met so far. */
    public List<Damage> damage() {
        return journal.damage();
    }

    @Override
    public void close() {
        journal.close();
    }

    private void take(final int kind) {
        nowNs = Math.max(nowNs, journal.receivedAtNs());
        sequence = journal.sequence();
        audience.at(sequence);
        alerts.onRecord(sequence);
        try {
            if (!dispatch(kind)) {
                counters.increment(Counter.WORLD_REJECTED);
            }
        } catch (final InvalidProtocolBufferException | IllegalArgumentException e) {
            // bad input, for example a MAP that contradicts itself: not an error of the server
            counters.increment(Counter.WORLD_REJECTED);
        } catch (final RuntimeException e) {
            counters.increment(Counter.WORLD_REJECTED);
            errors.onError(new IllegalStateException("record " + journal.sequence() + " of kind " + kind, e));
        }
    }

    /** Kinds not named here mean nothing to the road. */
    private boolean dispatch(final int kind) throws InvalidProtocolBufferException {
        switch (kind) {
            case RecordKind.RECORD_KIND_BSM_VALUE -> {
                return onBsm();
            }
            case RecordKind.RECORD_KIND_RSM_VALUE -> {
                return onSeen(rsm) && heard(MessageKind.MESSAGE_KIND_RSM_VALUE, rsm.refLatE7(), rsm.refLonE7());
            }
            case RecordKind.RECORD_KIND_SSM_VALUE -> {
                return onSeen(ssm) && heard(MessageKind.MESSAGE_KIND_SSM_VALUE, ABSENT, ABSENT);
            }
            case RecordKind.RECORD_KIND_PSM_VALUE -> {
                return onPsm();
            }
            case RecordKind.RECORD_KIND_SPAT_VALUE -> {
                return onSpat() && heard(MessageKind.MESSAGE_KIND_SPAT_VALUE, ABSENT, ABSENT);
            }
            case RecordKind.RECORD_KIND_RSI_VALUE -> onRsi(Rsi.parseFrom(payload()));
            case RecordKind.RECORD_KIND_RSC_VALUE -> onRsc(Rsc.parseFrom(payload()));
            case RecordKind.RECORD_KIND_CLPMM_VALUE ->
                world.onClpmm(
                        journal.sequence(), journal.receivedAtNs(), journal.deviceIndex(), Clpmm.parseFrom(payload()));
            case RecordKind.RECORD_KIND_VIR_VALUE -> {
                return onVir(Vir.parseFrom(payload()));
            }
            case RecordKind.RECORD_KIND_MAP_VALUE -> onMap(MapData.parseFrom(payload()));
            case RecordKind.RECORD_KIND_TICK_VALUE -> {
                world.onTick(journal.receivedAtNs());
                sites.onTick(journal.sequence(), journal.receivedAtNs());
                alerts.onTick(journal.receivedAtNs());
                audience.onTick(journal.receivedAtNs());
            }
            default -> {
                return control(kind);
            }
        }
        return true;
    }

    /** Records that are not messages. */
    private boolean control(final int kind) throws InvalidProtocolBufferException {
        switch (kind) {
            case RecordKind.RECORD_KIND_SERVER_STARTED_VALUE -> {
                clear();
                audience.onServerStarted(ServerStarted.parseFrom(payload()), journal.receivedAtNs());
            }
            case RecordKind.RECORD_KIND_SESSION_OPENED_VALUE -> onSessionOpened(SessionOpened.parseFrom(payload()));
            case RecordKind.RECORD_KIND_SESSION_CLOSED_VALUE ->
                audience.onSessionClosed(SessionClosed.parseFrom(payload()).getSessionId());
            case RecordKind.RECORD_KIND_SUBSCRIPTION_CHANGED_VALUE -> {
                return audience.onSubscription(SubscriptionChanged.parseFrom(payload()));
            }
            case RecordKind.RECORD_KIND_ALERT_ACKNOWLEDGED_VALUE ->
                audience.onAlertAcknowledged(
                        AlertAcknowledged.parseFrom(payload()).getAcknowledgement(),
                        world.deviceName(journal.deviceIndex()),
                        journal.receivedAtNs());
            default -> {}
        }
        return true;
    }

    private boolean onBsm() {
        if (!bsm.wrap(journal.buffer(), journal.payloadOffset(), journal.payloadLength())) {
            return false;
        }
        world.onBsm(journal.sequence(), journal.receivedAtNs(), journal.deviceIndex(), bsm);
        return true;
    }

    private boolean onPsm() {
        if (!psm.wrap(journal.buffer(), journal.payloadOffset(), journal.payloadLength())) {
            return false;
        }
        world.onPsm(journal.sequence(), journal.receivedAtNs(), journal.deviceIndex(), psm);
        return true;
    }

    private boolean onSeen(final SeenReader seen) {
        if (!seen.wrap(journal.buffer(), journal.payloadOffset(), journal.payloadLength())) {
            return false;
        }
        world.onRsm(journal.sequence(), journal.receivedAtNs(), journal.deviceIndex(), seen);
        return true;
    }

    private boolean onSpat() {
        if (!spat.wrap(journal.buffer(), journal.payloadOffset(), journal.payloadLength())) {
            return false;
        }
        world.onSpat(journal.sequence(), journal.receivedAtNs(), journal.deviceIndex(), spat);
        return true;
    }

    private void onRsi(final Rsi rsi) {
        world.onRsi(journal.sequence(), journal.receivedAtNs(), journal.deviceIndex(), rsi);
        heard(MessageKind.MESSAGE_KIND_RSI_VALUE, rsi.getRefPos());
    }

    private void onRsc(final Rsc rsc) {
        world.onRsc(journal.sequence(), journal.receivedAtNs(), journal.deviceIndex(), rsc);
    }

    private boolean onVir(final Vir vir) {
        world.onVir(journal.sequence(), journal.receivedAtNs(), journal.deviceIndex(), vir);
        return audience.onVir(journal.receivedAtNs(), journal.deviceIndex(), vir);
    }

    private void onMap(final MapData map) {
        world.onMap(journal.sequence(), journal.receivedAtNs(), journal.deviceIndex(), map);
        audience.onMap(map);
        alerts.onMap(map, journal.sequence(), journal.receivedAtNs());
        heard(
                MessageKind.MESSAGE_KIND_MAP_VALUE,
                map.getNodesCount() == 0
                        ? Position.getDefaultInstance()
                        : map.getNodes(0).getRefPos());
    }

    private void heard(final int kind, final Position at) {
        heard(kind, at.hasLat() ? at.getLat() : ABSENT, at.hasLon() ? at.getLon() : ABSENT);
    }

    /** A roadside unit has sent a message that could be read; true. */
    private boolean heard(final int kind, final int latE7, final int lonE7) {
        alerts.onUnitMessage(journal.deviceIndex(), kind, latE7, lonE7, journal.sequence(), journal.receivedAtNs());
        audience.onUnitMessage(journal.deviceIndex(), latE7, lonE7);
        return true;
    }

    private void onSessionOpened(final SessionOpened opened) {
        world.nameDevice(journal.deviceIndex(), opened.getDeviceId());
        audience.onSessionOpened(opened, journal.deviceIndex());
    }

    private void clear() {
        world.clear();
        sites.clear();
        alerts.clear();
    }

    private byte[] payload() {
        final byte[] bytes = new byte[journal.payloadLength()];
        journal.buffer().getBytes(journal.payloadOffset(), bytes);
        return bytes;
    }
}
