package io.luyun.server.alert.supervision;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertReason;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Finding;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.alert.life.Site;
import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RSU_RATE: a roadside unit is silent, or sends less often than it should. See the package. */
public final class BroadcastRateRule implements Rule.OfUnits, Rule.OfTicks {
    private static final int KIND = AlertKind.ALERT_KIND_RSU_RATE_VALUE;
    private static final int KINDS = 16;
    private static final int SLOW_WINDOWS = 2;
    private static final double SECOND_NS = 1e9;
    private static final double MINUTE_NS = 60 * SECOND_NS;

    /** One kind of message of one unit. */
    private static final class Stream {
        final Site unit;
        final int kind;
        int learned;
        /** Of the last message, or of the last look when nobody was there to be told of. */
        long lastAtNs = Long.MIN_VALUE;

        long heardAtNs;
        long windowAtNs;
        int inWindow;

        Stream(final Site unit, final int kind) {
            this.unit = unit;
            this.kind = kind;
        }
    }

    private final World world;
    private final BroadcastRate config;
    private final AlertBook book;
    private final long[] intervalNs = new long[KINDS];
    private final long[] silentNs = new long[KINDS];
    private final long windowNs;
    private final long forgetNs;
    private final List<Stream> streams = new ArrayList<>();
    private final ParticipantVisitor finder = this::visit;
    private @Nullable Stream[] byUnit = new Stream[KINDS * KINDS];
    private boolean somebody;

    public BroadcastRateRule(final World world, final BroadcastRate config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        book.hold(AlertKind.ALERT_KIND_RSU_RATE, config.holdMillis());
        for (final BroadcastRate.Expected expected : config.expected()) {
            final double seconds = expected.intervalSeconds();
            intervalNs[expected.number()] = (long) (seconds * SECOND_NS);
            silentNs[expected.number()] =
                    (long) (Math.max(seconds * config.silentFactor(), config.minSilentSeconds()) * SECOND_NS);
        }
        windowNs = (long) (config.windowSeconds() * SECOND_NS);
        forgetNs = (long) (config.forgetMinutes() * MINUTE_NS);
    }

    @Override
    public void onMessage(
            final int unit, final int kind, final int latE7, final int lonE7, final long sequence, final long atNs) {
        if (unit < 0 || intervalNs[kind] == 0) {
            return;
        }
        final Stream stream = stream(unit, kind);
        stream.unit.heard(unit, sequence);
        if (isSeen(kind)) {
            stream.unit.at(latE7, lonE7);
        }
        if (watched(stream)) {
            if (atNs - stream.lastAtNs > silentNs[kind]) {
                startWindow(stream, atNs);
            }
            finding(stream, AlertReason.ALERT_REASON_SILENT_VALUE).is(0);
        } else if (stream.learned == 0 || atNs - stream.lastAtNs > silentNs[kind]) {
            stream.learned = 1;
            startWindow(stream, atNs);
        } else {
            stream.learned++;
        }
        stream.inWindow++;
        stream.lastAtNs = atNs;
        stream.heardAtNs = atNs;
    }

    @Override
    public void onTick(final long nowNs) {
        for (int i = 0; i < streams.size(); i++) {
            final Stream stream = streams.get(i);
            if (watched(stream)) {
                look(stream, nowNs);
            }
        }
    }

    private void look(final Stream stream, final long nowNs) {
        final int kind = stream.kind;
        long silence = nowNs - stream.lastAtNs;
        if (silence > 2 * intervalNs[kind] && isSeen(kind) && !anybodyNear(stream.unit)) {
            // who sends nothing when it sees nobody is not silent
            stream.lastAtNs = nowNs;
            startWindow(stream, nowNs);
            silence = 0;
        }
        if (nowNs - stream.heardAtNs > forgetNs) {
            finding(stream, AlertReason.ALERT_REASON_SILENT_VALUE).gone();
            finding(stream, AlertReason.ALERT_REASON_SLOW_VALUE).gone();
            stream.learned = 0;
        } else if (silence > silentNs[kind]) {
            finding(stream, AlertReason.ALERT_REASON_SLOW_VALUE).is(0);
            finding(stream, AlertReason.ALERT_REASON_SILENT_VALUE)
                    .measured(silence / SECOND_NS, silentNs[kind] / SECOND_NS)
                    .is(Severity.SEVERITY_WARNING_VALUE);
        } else if (nowNs - stream.windowAtNs >= windowNs) {
            lookAtWindow(stream, nowNs);
        }
    }

    private void lookAtWindow(final Stream stream, final long nowNs) {
        final double rate = stream.inWindow / ((nowNs - stream.windowAtNs) / SECOND_NS);
        final double least = config.slowShare() / (intervalNs[stream.kind] / SECOND_NS);
        finding(stream, AlertReason.ALERT_REASON_SLOW_VALUE)
                .confirmedBy(SLOW_WINDOWS)
                .measured(rate, least)
                .is(rate < least ? Severity.SEVERITY_CAUTION_VALUE : 0);
        startWindow(stream, nowNs);
    }

    private static void startWindow(final Stream stream, final long atNs) {
        stream.windowAtNs = atNs;
        stream.inWindow = 0;
    }

    private boolean watched(final Stream stream) {
        return stream.learned >= config.learnMessages();
    }

    /** Whether it tells of who is seen, and may well be about nobody. */
    private static boolean isSeen(final int kind) {
        return kind == MessageKind.MESSAGE_KIND_RSM_VALUE || kind == MessageKind.MESSAGE_KIND_SSM_VALUE;
    }

    private boolean anybodyNear(final Site unit) {
        if (config.nearMetres() == 0 || unit.latE7() == ABSENT) {
            return config.nearMetres() == 0;
        }
        final double x = world.zone().plane().x(unit.lonE7());
        final double y = world.zone().plane().y(unit.latE7());
        final double reach = config.nearMetres();
        somebody = false;
        world.forEachIn(x - reach, y - reach, x + reach, y + reach, finder);
        return somebody;
    }

    private void visit(final Participant participant) {
        somebody |= participant.device() >= 0;
    }

    private Finding finding(final Stream stream, final int reason) {
        return book.of(KIND, stream.unit).because(reason).messages(stream.kind);
    }

    private Stream stream(final int unit, final int kind) {
        final int first = unit * KINDS;
        if (first >= byUnit.length) {
            byUnit = Arrays.copyOf(byUnit, Math.max(first + KINDS, byUnit.length * 2));
        }
        final Stream known = byUnit[first + kind];
        if (known != null) {
            return known;
        }
        Site site = null;
        for (int i = first; i < first + KINDS && site == null; i++) {
            final Stream other = byUnit[i];
            site = other == null ? null : other.unit;
        }
        final Stream stream = new Stream(site == null ? Site.unit(unit) : site, kind);
        byUnit[first + kind] = stream;
        streams.add(stream);
        return stream;
    }

    @Override
    public void clear() {
        streams.clear();
        Arrays.fill(byUnit, null);
    }
}
