package io.luyun.server.alert.signal;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.world.Link;
import io.luyun.server.world.Participant;
import io.luyun.server.world.SignalState;
import io.luyun.server.world.World;

/** GLOSA: at which speeds the subject finds the signals ahead green. See the package. */
public final class GreenSpeedRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_GLOSA_VALUE;
    private static final double KMH = 3.6;
    private static final double RAW_MPS = 0.02;
    private static final double NANO = 1e-9;
    /** Limits come in steps of 0.02 m/s: 59.98 is 60. */
    private static final double LIMIT_STEP_KMH = 0.1;

    private final World world;
    private final GreenSpeed config;
    private final AlertBook book;
    private final Approach approach;
    private final int worth;
    private final long everyNs;
    private int minSpeed;
    private int maxSpeed;
    private long greenNs;

    public GreenSpeedRule(final World world, final GreenSpeed config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        book.hold(AlertKind.ALERT_KIND_GLOSA, config.holdMillis());
        approach = new Approach(world, config.sureLaneMetres());
        worth = raw(config.stepKmh() / KMH);
        everyNs = config.updateMillis() * 1_000_000L;
    }

    @Override
    public void assess(final Participant subject, final long atNs) {
        if (subject.speedMps() < config.clearSpeedMps() || !approach.find(subject, atNs)) {
            return;
        }
        final boolean told = book.severity(KIND, subject, null, null) > 0;
        final double metres = approach.metres();
        if (metres < config.endMetres()
                || metres > config.reachMetres() * (told ? config.clearFactor() : 1)
                || (!told && subject.speedMps() < config.minSpeedMps())) {
            return;
        }
        final int phaseId = onlyPhase();
        final int state = phaseId == ABSENT ? -1 : approach.signal().shown(phaseId, atNs);
        if (state < 0 || isQueued(subject) || !advise(state, metres, limitMps(subject), atNs)) {
            return;
        }
        book.of(KIND, subject)
                .signal(
                        approach.signal(),
                        phaseId,
                        approach.signal().lightOf(state),
                        approach.signal().expectedEndNs(state))
                .speeds(minSpeed, maxSpeed, greenNs, worth, everyNs)
                .confirmedBy(config.confirmReports())
                .inSeconds(metres / subject.speedMps())
                .inMetres(metres)
                .is(Severity.SEVERITY_INFO_VALUE);
    }

    /** The phase of all ways it may take; ABSENT when they have several. */
    private int onlyPhase() {
        int only = ABSENT;
        for (int i = 0; i < approach.ways(); i++) {
            if (approach.takes(i)) {
                final int phaseId = approach.way(i).phaseId();
                if (phaseId == 0 || (only != ABSENT && only != phaseId)) {
                    return ABSENT;
                }
                only = phaseId;
            }
        }
        return only;
    }

    private boolean isQueued(final Participant subject) {
        final Link link = approach.link();
        return world.traffic(link, subject.link() == link ? subject.lane() : 0).queueMetres() > config.maxQueueMetres();
    }

    private double limitMps(final Participant subject) {
        final Link link = approach.link();
        final int byLane =
                subject.link() == link ? link.laneLimits(subject.lane()).limit(false, false) : ABSENT;
        final int limit = byLane == ABSENT ? link.limits().limit(false, false) : byLane;
        return limit == ABSENT ? config.defaultLimitKmh() / KMH : limit * RAW_MPS;
    }

    /**
     * Goes through what the phase is likely to show and takes the first green that an allowed speed arrives in. After a red
     * that nothing is said to follow comes a green; of a green whose end is not said a short part is reckoned with.
     *
     * @return false when it is not known how long the light shown lasts, or what follows it
     */
    private boolean advise(final int shown, final double metres, final double limitMps, final long atNs) {
        final SignalState signal = approach.signal();
        minSpeed = ABSENT;
        maxSpeed = ABSENT;
        greenNs = Long.MIN_VALUE;
        if (approach.signal().expectedEndNs(shown) == Long.MIN_VALUE) {
            return false;
        }
        long begin = atNs;
        int last = shown;
        for (int state = shown; state >= 0; state = signal.next(state)) {
            final boolean green = isGreen(signal.lightOf(state));
            final boolean endKnown = approach.signal().expectedEndNs(state) != Long.MIN_VALUE;
            final long end = endKnown ? approach.signal().expectedEndNs(state) : assumedEnd(begin);
            if (green && state != shown && greenNs == Long.MIN_VALUE) {
                greenNs = begin;
            }
            if ((green && band(begin, end, metres, limitMps, atNs)) || !endKnown) {
                return true;
            }
            begin = Math.max(begin, end);
            last = state;
        }
        if (signal.lightOf(last) == LightState.LIGHT_RED_VALUE) {
            greenNs = greenNs == Long.MIN_VALUE ? begin : greenNs;
            band(begin, assumedEnd(begin), metres, limitMps, atNs);
        }
        return true;
    }

    private long assumedEnd(final long begin) {
        return begin + (long) (config.assumedGreenSeconds() / NANO);
    }

    /** The speeds that arrive within a green, whole km/h within it; false when none is allowed. */
    private boolean band(
            final long begin, final long end, final double metres, final double limitMps, final long atNs) {
        final double first = begin > atNs ? (begin - atNs) * NANO + config.startSeconds() : 0;
        final double last = (end - atNs) * NANO - config.endSeconds();
        if (last <= first) {
            return false;
        }
        final double fastest = first > 0 ? Math.min(limitMps, metres / first) : limitMps;
        final double slowest = Math.max(config.minAdviceKmh() / KMH, metres / last);
        final double low = Math.ceil(slowest * KMH) / KMH;
        final double high = Math.floor(fastest * KMH + LIMIT_STEP_KMH) / KMH;
        if (low > high) {
            return false;
        }
        minSpeed = raw(low);
        maxSpeed = raw(high);
        return true;
    }

    private static boolean isGreen(final int light) {
        return light == LightState.LIGHT_PROTECTED_GREEN_VALUE
                || light == LightState.LIGHT_PERMISSIVE_GREEN_VALUE
                || light == LightState.LIGHT_FLASHING_GREEN_VALUE;
    }

    private static int raw(final double mps) {
        return (int) Math.rint(mps / RAW_MPS);
    }
}
