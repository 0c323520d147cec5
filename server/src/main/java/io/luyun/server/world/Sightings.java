package io.luyun.server.world;

import io.luyun.proto.codec.SeenReader;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What roadside units, and others that share what they perceive, see, and which participant it is. A thing seen is
 * <ul>
 *   <li>the vehicle whose BSM id it carries, when that is anywhere near, or
 *   <li>the participant it lay nearest to in the mean of some reports ({@link Evidence}), within the gate of position, speed
 *       and heading, vehicles that report themselves and those other units see alike; one unit sees one participant under
 *       one number at a time, and the number that lies nearer has it, or
 *   <li>when there is no such one, a participant of its own, which further reports may still join to another.
 * </ul>
 * A join holds until the mean lies outside the gate or clearly nearer to another. Positions are put right first by the clock
 * and the lag of the {@link Unit}; while the lag is not known the gate is longer along the way of travel. A vehicle that
 * reports itself is moved by its own reports only; of several units that see one, one moves it and another takes over when
 * that one falls silent. Owned by {@link World}; allocates only when its pools grow.
 */
final class Sightings {
    /** A unit silent for so long no longer moves what it sees if another one sees it too. */
    private static final long OWNER_SILENT_NS = 300_000_000L;
    /** A number silent for so long no longer keeps other numbers of its unit from being the same. */
    private static final long SIBLING_SILENT_NS = 250_000_000L;

    /** Gates, in parts of that of the mean: of single reports, of an id hint, of a join that is left. */
    private static final double REPORT_WIDEN = 2;

    private static final double HINT_WIDEN = 4;
    private static final double LEAVE_PART = 1.25;
    /** How much nearer it has to be to one than to another to be that one after all. */
    private static final double CLEARLY = 0.25;
    /** How many times the reports that confirm it waits while there is one just outside the gate. */
    private static final int PATIENCE = 3;
    /** Reports before a pair says how a unit sees. */
    private static final int TEACHING_REPORTS = 5;

    private final WorldConfig config;
    private final Roster roster;
    private final Counters counters;
    private final LocalPlane plane;
    private final long timeoutNs;
    private final long staleNs;
    private final TrackTable tracks = new TrackTable();
    private final Int2ObjectHashMap<Unit> units = new Int2ObjectHashMap<>();
    private final Report report = new Report();
    private final ParticipantVisitor weigher = this::weigh;
    private final ParticipantVisitor adopter = this::weighForAdoption;
    private final ParticipantVisitor bodyFinder = this::weighBody;

    // of the report in hand
    private double slackMetres;
    private Track track = new Track();
    private @Nullable Participant best;
    private double bestPart;
    private double secondPart;
    private int searchDevice;

    Sightings(final WorldConfig config, final Roster roster, final LocalPlane plane, final Counters counters) {
        this.config = config;
        this.roster = roster;
        this.plane = plane;
        this.counters = counters;
        timeoutNs = config.participantTimeoutMillis() * 1_000_000L;
        staleNs = config.staleMillis() * 1_000_000L;
    }

    void onSeen(final long sequence, final long receivedAtNs, final int device, final SeenReader seen) {
        final Unit unit = unit(device);
        int ordinal = 0;
        while (seen.next()) {
            if (seen.ptcType() != ParticipantType.PARTICIPANT_RSU_VALUE) {
                report.read(sequence, receivedAtNs, seen, plane);
                report.ptcType = seen.ptcType();
                report.obstacleType = seen.obstacleType();
                track = tracks.of(device, seen.ptcId(), seen.obstacle());
                if (isUsable(unit)) {
                    onSeen(unit, seen.hasId() ? roster.byBsmId(seen.participantIdAsLong()) : null, ordinal);
                }
            }
            ordinal++;
        }
    }

    private Unit unit(final int device) {
        Unit unit = units.get(device);
        if (unit == null) {
            unit = new Unit(device);
            units.put(device, unit);
        }
        return unit;
    }

    private boolean isUsable(final Unit unit) {
        final long ageNs = unit.clock.ageNs(report.secMark, report.atNs, staleNs);
        if (ageNs == StampClock.STALE) {
            counters.increment(Counter.WORLD_STALE);
            return false;
        }
        report.age(ageNs);
        if (report.measuredAtNs < track.measuredAtNs) {
            counters.increment(Counter.WORLD_LATE);
            return false;
        }
        return true;
    }

    private void onSeen(final Unit unit, final @Nullable Participant hinted, final int ordinal) {
        if (track.motion.correct(report)) {
            counters.increment(Counter.WORLD_MOTION);
        }
        unit.correct(report);
        track.measuredAtNs = report.measuredAtNs;
        track.lastAtNs = report.atNs;
        tracks.touch(track);
        lookAround(unit);
        if (hinted != null && hinted.device >= 0 && hinted != track.participant && isNear(hinted)) {
            join(hinted);
        }
        final Participant p = track.participant;
        if (p == null) {
            onUnknown(ordinal);
        } else if (p.owner == track) {
            onOwn(p);
        } else {
            onOther(p);
        }
        teach(unit);
    }

    private void lookAround(final Unit unit) {
        final double mps = report.speedMps > 0 ? report.speedMps : 0;
        slackMetres = 2 * mps * unit.lagUnsureSeconds();
        final double reach =
                REPORT_WIDEN * Math.max(config.mergeAlongMetres() + slackMetres, config.mergeAcrossMetres());
        track.evidence.begin();
        roster.grid.visit(report.x - reach, report.y - reach, report.x + reach, report.y + reach, weigher);
    }

    private void weigh(final Participant p) {
        if (p.owner == track || !report.isLike(p, config)) {
            return;
        }
        final double dx = report.eastOf(p);
        final double dy = report.northOf(p);
        if (Report.part(p, dx, dy, slackMetres, config) <= REPORT_WIDEN) {
            track.evidence.add(p, dx, dy);
        }
    }

    private boolean isNear(final Participant p) {
        return Report.part(p, report.eastOf(p), report.northOf(p), slackMetres, config) <= HINT_WIDEN;
    }

    /** How far a track lies from a participant in the mean; infinite when it is not near. */
    private double part(final Track of, final Participant p) {
        final int i = of.evidence.indexOf(p);
        return i < 0
                ? Double.POSITIVE_INFINITY
                : Report.part(p, of.evidence.meanX(i), of.evidence.meanY(i), slackMetres, config);
    }

    /** Finds the nearest of those it was near to for some reports, besides the one it is. */
    private void findBest(final int reports) {
        best = null;
        bestPart = Double.POSITIVE_INFINITY;
        final Evidence evidence = track.evidence;
        for (int i = 0; i < Evidence.SIZE; i++) {
            final Participant p = evidence.who(i);
            if (p == null || p == track.participant || evidence.reports(i) < reports || !evidence.isNear(i)) {
                continue;
            }
            final double part = part(track, p);
            if ((part < bestPart || (part == bestPart && best != null && p.id < best.id)) && !isTaken(p, part, i)) {
                best = p;
                bestPart = part;
            }
        }
    }

    /** Whether the unit sees this one under another number that lies nearer. */
    private boolean isTaken(final Participant p, final double part, final int evidence) {
        for (Track other = p.tracks; other != null; other = other.nextOfParticipant) {
            if (other.device == track.device && other != track && isHeard(other) && !isSameBody(p, evidence)) {
                final double its = other == p.owner ? 0 : part(other, p);
                if (!(part + CLEARLY < its)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isHeard(final Track other) {
        return report.atNs - other.lastAtNs < SIBLING_SILENT_NS;
    }

    private boolean isSameBody(final Participant p, final int i) {
        return report.ptcType == ParticipantType.PARTICIPANT_MOTOR_VALUE
                && Report.isSameBody(p, track.evidence.meanX(i), track.evidence.meanY(i));
    }

    private void onUnknown(final int ordinal) {
        findBest(config.confirmReports());
        final Participant near = best;
        track.streak++;
        if (near != null && bestPart <= 1) {
            join(near);
            onOther(near);
        } else if (track.streak >= config.confirmReports() && !mayBeKnown()) {
            final Participant p = roster.create(report, ordinal);
            if (p != null) {
                link(p);
                take(track, p);
                roster.move(p, report);
            }
        }
    }

    /** Whether there is one that it is not yet known to be or not to be. */
    private boolean mayBeKnown() {
        if (track.streak >= PATIENCE * config.confirmReports()) {
            return false;
        }
        findBest(1);
        return best != null && bestPart <= LEAVE_PART;
    }

    /** It moves this one, unless another participant turns out to be where this one is. */
    private void onOwn(final Participant p) {
        findBest(config.confirmReports());
        final Participant near = best;
        if (near != null && bestPart <= 1 && (near.device >= 0 || near.id < p.id)) {
            join(near);
            onOther(near);
        } else {
            roster.move(p, report);
        }
    }

    /** Another one moves this; this unit sees it too. */
    private void onOther(final Participant p) {
        final double part = part(track, p);
        final int evidence = track.evidence.indexOf(p);
        final boolean near = evidence >= 0 && track.evidence.isNear(evidence) && part <= LEAVE_PART;
        if (!near) {
            if (++track.streak >= config.confirmReports()) {
                unlink(track);
            }
            return;
        }
        track.streak = 0;
        findBest(2 * config.confirmReports());
        final Participant nearer = best;
        if (nearer != null && bestPart + CLEARLY < part && (nearer.device >= 0 || p.device < 0)) {
            join(nearer);
            return;
        }
        final Track owner = p.owner;
        if (owner != null && report.atNs - owner.lastAtNs > OWNER_SILENT_NS) {
            take(track, p);
            roster.move(p, report);
        } else if (p.device >= 0) {
            p.seenBy = track.device;
            p.ptcId = track.ptcId;
        }
    }

    /** A pair that is certain tells how the unit sees. */
    private void teach(final Unit unit) {
        final Participant p = track.participant;
        if (p == null || p.owner == track || p.coasting) {
            return;
        }
        final int pair = track.evidence.indexOf(p);
        if (pair < 0 || track.evidence.reports(pair) < TEACHING_REPORTS || !track.evidence.isNear(pair)) {
            return;
        }
        final double mps = p.speedMps > 0 ? p.speedMps : 0;
        unit.learn(track.evidence.lastX(pair), track.evidence.lastY(pair), mps * p.dirX, mps * p.dirY);
    }

    private static void take(final Track by, final Participant p) {
        p.owner = by;
        p.seenBy = by.device;
        p.ptcId = by.ptcId;
        p.measuredAtNs = Long.MIN_VALUE;
    }

    /** Makes the track be a participant; the one it moved alone until now is gone, other numbers of the unit are not it. */
    private void join(final Participant p) {
        final Participant before = track.participant;
        if (before != null) {
            if (before.owner == track) {
                roster.remove(before, report.atNs);
            } else {
                unlink(track);
            }
        }
        final int pair = track.evidence.indexOf(p);
        final boolean sameBody = pair >= 0 && isSameBody(p, pair);
        for (Track other = p.tracks; other != null; ) {
            final Track next = other.nextOfParticipant;
            if (other.device == track.device && !(sameBody && isHeard(other))) {
                final boolean moved = p.owner == other;
                unlink(other);
                if (moved) {
                    take(track, p);
                }
            }
            other = next;
        }
        link(p);
    }

    private void link(final Participant p) {
        track.participant = p;
        track.streak = 0;
        track.nextOfParticipant = p.tracks;
        p.tracks = track;
    }

    private static void unlink(final Track track) {
        final Participant p = track.participant;
        if (p == null) {
            return;
        }
        if (p.tracks == track) {
            p.tracks = track.nextOfParticipant;
        } else {
            for (Track other = p.tracks; other != null; other = other.nextOfParticipant) {
                if (other.nextOfParticipant == track) {
                    other.nextOfParticipant = track.nextOfParticipant;
                    break;
                }
            }
        }
        if (p.device >= 0 && p.seenBy == track.device && p.ptcId == track.ptcId) {
            p.seenBy = -1;
        }
        track.participant = null;
        track.nextOfParticipant = null;
        track.streak = 0;
    }

    /** A participant seen only that a self-reporting vehicle turns out to be, or null when it may be one or another. */
    @Nullable
    Participant adoptable(final Report own) {
        best = null;
        bestPart = Double.POSITIVE_INFINITY;
        secondPart = Double.POSITIVE_INFINITY;
        report.copyPlace(own);
        final double reach = Math.max(config.mergeAlongMetres(), config.mergeAcrossMetres());
        roster.grid.visit(report.x - reach, report.y - reach, report.x + reach, report.y + reach, adopter);
        return bestPart + CLEARLY < secondPart ? best : null;
    }

    private void weighForAdoption(final Participant p) {
        final double part = report.gate(p, config, 1);
        if (p.device >= 0 || Double.isNaN(part)) {
            return;
        }
        if (part < bestPart) {
            secondPart = bestPart;
            best = p;
            bestPart = part;
        } else {
            secondPart = Math.min(secondPart, part);
        }
    }

    /** The motor vehicle another device reports that has its body where this one has, or null. */
    @Nullable
    Participant sameBody(final Report own, final int device) {
        best = null;
        searchDevice = device;
        report.copyPlace(own);
        final double reach = config.mergeAlongMetres();
        roster.grid.visit(report.x - reach, report.y - reach, report.x + reach, report.y + reach, bodyFinder);
        return best;
    }

    private void weighBody(final Participant p) {
        if (p.device >= 0
                && p.device != searchDevice
                && p.ptcType == ParticipantType.PARTICIPANT_MOTOR_VALUE
                && report.isLike(p, config)
                && Report.isSameBody(p, report.eastOf(p), report.northOf(p))) {
            best = p;
        }
    }

    /** Forgets tracks that fell silent; before the participants' own time-out, which takes what they moved. */
    void onTick(final long nowNs) {
        for (Track old = tracks.oldest(); old != null && nowNs - old.lastAtNs > timeoutNs; old = tracks.oldest()) {
            final Participant p = old.participant;
            if (p != null && p.owner == old) {
                roster.remove(p, nowNs);
            } else {
                unlink(old);
            }
            tracks.remove(old);
        }
    }
}
