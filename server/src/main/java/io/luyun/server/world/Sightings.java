package io.luyun.server.world;

import io.luyun.proto.codec.SeenReader;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What roadside units, and others that share what they perceive, see, and which participant it is. A thing seen is
 * <ul>
 *   <li>the vehicle whose BSM id it carries, or
 *   <li>the participant nearest to it within the gate of position, speed and heading, vehicles that report themselves and
 *       those other units see alike, as long as the same unit does not already see that one under another number, or
 *   <li>after some reports in a row, a participant of its own, which a later run of reports may still join to another.
 * </ul>
 * A join holds until some reports in a row lie outside twice the gate. A vehicle that reports itself is moved by its own
 * reports only; of several units that see one, one moves it and another takes over when that one falls silent. Owned by
 * {@link World}; allocates only when its pool grows.
 */
final class Sightings {
    private static final double HOLD_WIDEN = 2;
    /** A unit silent for so long no longer moves what it sees if another one sees it too. */
    private static final long OWNER_SILENT_NS = 300_000_000L;

    private static final double SEARCH_SECONDS = 0.5;
    /** A unit numbers obstacles apart from road users. */
    private static final long OBSTACLE_KEY = 1 << 16;

    private final WorldConfig config;
    private final Roster roster;
    private final Counters counters;
    private final LocalPlane plane;
    private final long timeoutNs;
    private final long lateNs;
    private final Long2ObjectHashMap<Track> tracks = new Long2ObjectHashMap<>();
    private final Report report = new Report();
    private final ParticipantVisitor weigher = this::weigh;
    private @Nullable Track free;
    private @Nullable Track oldest;
    private @Nullable Track youngest;

    private int searchDevice;
    private boolean searchUnseen;
    private @Nullable Participant searchNot;
    private @Nullable Participant best;
    private double bestPart;

    Sightings(final WorldConfig config, final Roster roster, final LocalPlane plane, final Counters counters) {
        this.config = config;
        this.roster = roster;
        this.plane = plane;
        this.counters = counters;
        timeoutNs = config.participantTimeoutMillis() * 1_000_000L;
        lateNs = config.lateMillis() * 1_000_000L;
    }

    void onSeen(final long sequence, final long receivedAtNs, final int device, final SeenReader seen) {
        int ordinal = 0;
        while (seen.next()) {
            if (seen.ptcType() != ParticipantType.PARTICIPANT_RSU_VALUE) {
                report.read(sequence, receivedAtNs, seen, plane);
                report.ptcType = seen.ptcType();
                final Track track = track(device, seen.ptcId(), seen.obstacle());
                onSeen(track, seen.hasId() ? roster.byBsmId(seen.participantIdAsLong()) : null, ordinal);
            }
            ordinal++;
        }
    }

    private void onSeen(final Track track, final @Nullable Participant known, final int ordinal) {
        if (isLate(report.deviceTimeNs, track.deviceTimeNs, lateNs)) {
            counters.increment(Counter.WORLD_LATE);
            return;
        }
        track.deviceTimeNs = report.deviceTimeNs;
        track.lastAtNs = report.atNs;
        unchain(track);
        append(track);
        if (known != null && known.device >= 0 && known != track.participant) {
            join(track, known);
        }
        final Participant p = track.participant;
        if (p == null) {
            onUnknown(track, ordinal);
        } else if (p.owner == track) {
            onOwn(track, p);
        } else {
            onOther(track, p);
        }
    }

    static boolean isLate(final long timeNs, final long lastNs, final long lateNs) {
        return timeNs != Long.MIN_VALUE && lastNs != Long.MIN_VALUE && timeNs < lastNs && lastNs - timeNs <= lateNs;
    }

    private void onUnknown(final Track track, final int ordinal) {
        final Participant near = nearest(track.device, null, true);
        if (near != null) {
            join(track, near);
            onOther(track, near);
        } else if (++track.streak >= config.confirmReports()) {
            final Participant p = roster.create(report, ordinal);
            if (p != null) {
                link(track, p);
                take(track, p);
                roster.move(p, report);
            }
        }
    }

    /** It moves this one, unless for some reports in a row another participant is where this one is. */
    private void onOwn(final Track track, final Participant p) {
        final Participant near = nearest(track.device, p, true);
        if (near == null || !(near.device >= 0 || near.id < p.id)) {
            track.streak = 0;
        } else if (near.id == track.candidateId) {
            track.streak++;
        } else {
            track.candidateId = near.id;
            track.streak = 1;
        }
        if (near != null && track.streak >= config.confirmReports()) {
            join(track, near);
            onOther(track, near);
        } else {
            roster.move(p, report);
        }
    }

    /** Another one moves this; this unit sees it too. */
    private void onOther(final Track track, final Participant p) {
        if (Double.isNaN(report.gate(p, config, HOLD_WIDEN))) {
            if (++track.streak >= config.confirmReports()) {
                unlink(track);
            }
            return;
        }
        track.streak = 0;
        final Track owner = p.owner;
        if (owner != null && report.atNs - owner.lastAtNs > OWNER_SILENT_NS) {
            take(track, p);
            roster.move(p, report);
        } else if (p.device >= 0) {
            p.seenBy = track.device;
            p.ptcId = track.ptcId;
            p.seenAtNs = report.atNs;
        }
    }

    private static void take(final Track track, final Participant p) {
        p.owner = track;
        p.seenBy = track.device;
        p.ptcId = track.ptcId;
        p.deviceTimeNs = Long.MIN_VALUE;
    }

    /** Makes a track be a participant; the one it moved alone until now is gone. */
    private void join(final Track track, final Participant p) {
        final Participant before = track.participant;
        if (before != null) {
            if (before.owner == track) {
                roster.remove(before, report.atNs);
            } else {
                unlink(track);
            }
        }
        link(track, p);
    }

    private static void link(final Track track, final Participant p) {
        track.participant = p;
        track.streak = 0;
        track.candidateId = 0;
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
        track.participant = null;
        track.nextOfParticipant = null;
        track.streak = 0;
    }

    /** A participant seen only that a self-reporting vehicle turns out to be, or null. */
    @Nullable
    Participant adoptable(final Report own) {
        copyForSearch(own);
        return nearest(-1, null, false);
    }

    private void copyForSearch(final Report own) {
        report.x = own.x;
        report.y = own.y;
        report.speedMps = own.speedMps;
        report.headingDeg = own.headingDeg;
        report.ptcType = own.ptcType;
        report.atNs = own.atNs;
    }

    /** The nearest participant within the gate that the unit does not see under another number already. */
    private @Nullable Participant nearest(final int device, final @Nullable Participant not, final boolean unseenOnly) {
        searchDevice = device;
        searchNot = not;
        searchUnseen = unseenOnly;
        best = null;
        bestPart = Double.POSITIVE_INFINITY;
        final double reach = Math.max(config.mergeAlongMetres(), config.mergeAcrossMetres())
                + (report.speedMps > 0 ? report.speedMps * SEARCH_SECONDS : 0);
        roster.grid.visit(report.x - reach, report.y - reach, report.x + reach, report.y + reach, weigher);
        final Participant found = best;
        best = null;
        return found;
    }

    private void weigh(final Participant p) {
        if (p == searchNot) {
            return;
        }
        if (searchUnseen) {
            for (Track track = p.tracks; track != null; track = track.nextOfParticipant) {
                if (track.device == searchDevice) {
                    return;
                }
            }
        } else if (p.device >= 0) {
            return;
        }
        final double part = report.gate(p, config, 1);
        if (part < bestPart || (part == bestPart && best != null && p.id < best.id)) {
            best = p;
            bestPart = part;
        }
    }

    /** Forgets tracks that fell silent; before the participants' own time-out, which takes what they moved. */
    void onTick(final long nowNs) {
        for (Track track = oldest; track != null && nowNs - track.lastAtNs > timeoutNs; track = oldest) {
            final Participant p = track.participant;
            if (p != null) {
                if (p.owner == track) {
                    roster.remove(p, nowNs);
                } else {
                    if (p.seenBy == track.device) {
                        p.seenBy = -1;
                    }
                    unlink(track);
                }
            }
            unchain(track);
            tracks.remove(track.key);
            track.reset();
            track.younger = free;
            free = track;
        }
    }

    private Track track(final int device, final int ptcId, final boolean obstacle) {
        final long key = (long) device << 17 | (obstacle ? OBSTACLE_KEY : 0) | ptcId;
        Track track = tracks.get(key);
        if (track == null) {
            track = free;
            if (track == null) {
                track = new Track();
            } else {
                free = track.younger;
            }
            track.reset();
            track.key = key;
            track.device = device;
            track.ptcId = ptcId;
            track.older = null;
            track.younger = null;
            tracks.put(key, track);
            append(track);
        }
        return track;
    }

    private void append(final Track track) {
        track.older = youngest;
        track.younger = null;
        if (youngest != null) {
            youngest.younger = track;
        } else {
            oldest = track;
        }
        youngest = track;
    }

    private void unchain(final Track track) {
        if (track.older != null) {
            track.older.younger = track.younger;
        } else {
            oldest = track.younger;
        }
        if (track.younger != null) {
            track.younger.older = track.older;
        } else {
            youngest = track.older;
        }
        track.older = null;
        track.younger = null;
    }
}
