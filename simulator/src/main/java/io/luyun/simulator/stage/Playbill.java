package io.luyun.simulator.stage;

import com.google.protobuf.MessageLite;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.RsmParticipant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Everything the devices of a scene send, with the times; what gets lost is left out. Devices are the reporting actors in
 * their order and after them the roadside units.
 */
public final class Playbill {
    /** Number a roadside unit gives to the scene's first actor; the others follow. */
    public static final int FIRST_SEEN = 1;

    /** Vehicles and persons report at this pace, and roadside units what they see. */
    private static final double PERIOD_S = 0.1;

    private static final double SHARE_PERIOD_S = 0.2;
    private static final double NOTICE_PERIOD_S = 1;
    private static final double SIGNAL_PERIOD_S = 0.5;
    private static final double MAP_PERIOD_S = 1;
    private static final double WORD_PERIOD_S = 0.5;
    private static final double TALK_PERIOD_S = 0.2;
    private static final int MOST_SEEN = 16;

    private final Scene scene;
    private final Noise noise;
    private final StageMessages messages;
    private final StageSpat signals;
    private final StageTalk talk;
    private final long startUtcMs;
    private final List<Line> lines = new ArrayList<>();

    /**
     * A message.
     *
     * @param dueS when it is sent, seconds of the scene
     * @param device place of the sender among the scene's devices
     * @param kind number of the MessageKind
     * @param body canonical bytes
     */
    public record Line(double dueS, int device, int kind, DirectBuffer body) {}

    private Playbill(final Scene scene, final NoiseLevels levels, final int tile, final long startUtcMs) {
        this.scene = scene;
        noise = new Noise(scene, levels);
        messages = new StageMessages(scene, StageZone.plane(tile));
        signals = new StageSpat(scene, tile);
        talk = new StageTalk(scene, messages, tile);
        this.startUtcMs = startUtcMs;
    }

    /** The actors that have a device, in the order of their devices. */
    public static List<Actor> reporters(final Scene scene) {
        return scene.actors().stream()
                .filter(actor -> actor.report() != Actor.Report.NOTHING)
                .toList();
    }

    /**
     * Writes it.
     *
     * @param tile place of the scene among those that are played
     * @param startUtcMs time of the scene's beginning
     */
    public static List<Line> of(final Scene scene, final NoiseLevels levels, final int tile, final long startUtcMs) {
        final Playbill bill = new Playbill(scene, levels, tile, startUtcMs);
        final List<Actor> reporters = reporters(scene);
        for (int device = 0; device < reporters.size(); device++) {
            bill.report(device, reporters.get(device));
            if (!scene.wishes().isEmpty()) {
                bill.says(device, reporters.get(device), MessageKind.MESSAGE_KIND_VIR, bill.talk::wishes);
            }
            if (!scene.platoons().isEmpty()) {
                bill.says(device, reporters.get(device), MessageKind.MESSAGE_KIND_CLPMM, bill.talk::platoon);
            }
        }
        for (int unit = 0; unit < scene.scenario().units().size(); unit++) {
            bill.watch(reporters.size() + unit, unit);
            if (!scene.signals().isEmpty()) {
                bill.repeats(
                        reporters.size() + unit,
                        unit,
                        SIGNAL_PERIOD_S,
                        MessageKind.MESSAGE_KIND_SPAT,
                        bill.signals::of);
            }
            if (!scene.words().isEmpty()) {
                bill.repeats(
                        reporters.size() + unit, unit, WORD_PERIOD_S, MessageKind.MESSAGE_KIND_RSC, bill.talk::words);
            }
            if (!scene.maps().isEmpty()) {
                bill.repeats(
                        reporters.size() + unit, unit, MAP_PERIOD_S, MessageKind.MESSAGE_KIND_MAP, bill.signals::map);
            }
        }
        bill.lines.sort(Comparator.comparingDouble(Line::dueS));
        return bill.lines;
    }

    private void report(final int device, final Actor actor) {
        final double phase = noise.phase();
        final double seconds = scene.scenario().seconds();
        for (int step = 0; (step + 1) * PERIOD_S <= seconds; step++) {
            final double t = (step + phase) * PERIOD_S;
            final double dueS = Math.max(0, t + noise.jitterS());
            final Pose told = noise.told(actor, dueS);
            if (!noise.lost()) {
                final long utcMs = utcMs(dueS, noise.clockMillis(actor));
                if (actor.report() == Actor.Report.BSM) {
                    add(dueS, device, MessageKind.MESSAGE_KIND_BSM, messages.bsm(actor, told, dueS, step, utcMs));
                } else {
                    add(dueS, device, MessageKind.MESSAGE_KIND_PSM, messages.psm(actor, told, step, utcMs));
                }
            }
        }
    }

    /** What a vehicle says beside its report, or null. */
    private interface Talking {
        @Nullable
        MessageLite at(Actor actor, Pose told, double t, int count, long utcMs);
    }

    private void says(final int device, final Actor actor, final MessageKind kind, final Talking saying) {
        final double phase = noise.phase();
        for (int step = 0; (step + phase) * TALK_PERIOD_S <= scene.scenario().seconds(); step++) {
            final double dueS = (step + phase) * TALK_PERIOD_S;
            final Pose told = noise.told(actor, dueS);
            final MessageLite message = saying.at(actor, told, dueS, step, utcMs(dueS, noise.clockMillis(actor)));
            if (message != null && !noise.lost()) {
                add(dueS, device, kind, message);
            }
        }
    }

    private void watch(final int device, final int unit) {
        final List<Actor> seen = scene.actors().stream()
                .filter(actor -> actor.seenBy().contains(unit) && !actor.kind().obstacle())
                .toList();
        final double phase = noise.phase();
        final double seconds = scene.scenario().seconds();
        for (int step = 0; (step + 1) * PERIOD_S <= seconds && !seen.isEmpty(); step++) {
            final double dueS = Math.max(0, (step + phase) * PERIOD_S + noise.jitterS());
            final long utcMs = utcMs(dueS, noise.unitClockMillis(unit));
            final List<RsmParticipant> participants = new ArrayList<>();
            for (final Actor actor : seen) {
                participants.add(messages.seen(actor, noise.seen(unit, actor, dueS), utcMs));
            }
            for (int from = 0; from < participants.size(); from += MOST_SEEN) {
                if (!noise.lost() && sends(unit, MessageKind.MESSAGE_KIND_RSM, dueS, step)) {
                    final List<RsmParticipant> part =
                            participants.subList(from, Math.min(participants.size(), from + MOST_SEEN));
                    add(dueS, device, MessageKind.MESSAGE_KIND_RSM, messages.rsm(unit, part, step));
                }
            }
        }
        share(device, unit, phase);
        repeats(device, unit, phase, NOTICE_PERIOD_S, MessageKind.MESSAGE_KIND_RSI, messages::rsi);
    }

    /** How often a unit sends messages of a kind while nothing is left out, seconds; NaN for never. */
    public static double everyS(final Scene scene, final Unit unit, final Outage.Kind kind) {
        final int index = unit.index();
        final boolean sends = switch (kind) {
            case RSM -> scene.actors().stream().anyMatch(actor -> actor.seenBy().contains(index));
            case RSI -> scene.notices().stream().anyMatch(notice -> notice.unit() == index);
            case SPAT -> scene.signals().stream().anyMatch(signal -> signal.unit() == index);
            case MAP -> scene.maps().stream().anyMatch(map -> map.unit() == index);
        };
        if (!sends) {
            return Double.NaN;
        }
        return switch (kind) {
            case RSM -> PERIOD_S;
            case RSI -> NOTICE_PERIOD_S;
            case SPAT -> SIGNAL_PERIOD_S;
            case MAP -> MAP_PERIOD_S;
        };
    }

    /** What a unit tells, or null. */
    private interface Telling {
        @Nullable
        MessageLite at(int unit, double t, int count, long utcMs);
    }

    private void repeats(
            final int device, final int unit, final double periodS, final MessageKind kind, final Telling telling) {
        repeats(device, unit, noise.phase(), periodS, kind, telling);
    }

    private void repeats(
            final int device,
            final int unit,
            final double phase,
            final double periodS,
            final MessageKind kind,
            final Telling telling) {
        for (int step = 0; (step + phase) * periodS <= scene.scenario().seconds(); step++) {
            final double dueS = (step + phase) * periodS;
            final MessageLite message = telling.at(unit, dueS, step, utcMs(dueS, 0));
            if (message != null && !noise.lost() && sends(unit, kind, dueS, step)) {
                add(dueS, device, kind, message);
            }
        }
    }

    private void share(final int device, final int unit, final double phase) {
        final List<Actor> obstacles = scene.actors().stream()
                .filter(actor -> actor.seenBy().contains(unit) && actor.kind().obstacle())
                .toList();
        for (int step = 0;
                (step + phase) * SHARE_PERIOD_S <= scene.scenario().seconds() && !obstacles.isEmpty();
                step++) {
            final double dueS = (step + phase) * SHARE_PERIOD_S;
            final List<Pose> seen = new ArrayList<>();
            obstacles.forEach(obstacle -> seen.add(noise.seen(unit, obstacle, dueS)));
            if (!noise.lost()) {
                final long utcMs = utcMs(dueS, noise.unitClockMillis(unit));
                add(dueS, device, MessageKind.MESSAGE_KIND_SSM, messages.ssm(unit, obstacles, seen, step, utcMs));
            }
        }
    }

    private boolean sends(final int unit, final MessageKind kind, final double t, final int count) {
        return scene.outages().stream().noneMatch(outage -> outage.drops(unit, kind, t, count));
    }

    private long utcMs(final double dueS, final double clockMillis) {
        return startUtcMs + Math.round(dueS * 1e3 + clockMillis);
    }

    private void add(final double dueS, final int device, final MessageKind kind, final MessageLite message) {
        lines.add(new Line(dueS, device, kind.getNumber(), new UnsafeBuffer(message.toByteArray())));
    }
}
