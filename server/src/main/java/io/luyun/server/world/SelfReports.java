package io.luyun.server.world;

import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import org.jspecify.annotations.Nullable;

/**
 * Road users that report themselves, and which participant each of them is: the one its device reports under this
 * temporary id; the one that is there and that the device reported under another id; the one another device reports, whose
 * reports go before; the one roadside units see there; or a new one. Owned by {@link World}; allocates when it meets a
 * device for the first time.
 */
final class SelfReports {
    /** A vehicle that changes its temporary id is expected within this. */
    private static final double RENAME_WIDEN = 1.5;
    /** The same temporary id from another device is the same vehicle within this. */
    private static final double SECOND_PATH_WIDEN = 3;
    /** Another device's reports of a vehicle are left unused as long as those of the first are not older. */
    private static final long SECOND_PATH_NS = 500_000_000L;

    private final WorldConfig config;
    private final Roster roster;
    private final Sightings sightings;
    private final Counters counters;
    private final long staleNs;
    private Report report = new Report();

    SelfReports(final WorldConfig config, final Roster roster, final Sightings sightings, final Counters counters) {
        this.config = config;
        this.roster = roster;
        this.sightings = sightings;
        this.counters = counters;
        staleNs = config.staleMillis() * 1_000_000L;
    }

    /** Takes a report. */
    void onReport(final Report newReport, final int device, final long bsmId) {
        report = newReport;
        Participant p = roster.find(device, bsmId);
        if (p != null) {
            if (isUsable(device, p)) {
                roster.move(p, report);
            }
            return;
        }
        final Participant same = sameVehicle(device, bsmId);
        if (same != null && report.atNs - same.lastAtNs <= SECOND_PATH_NS) {
            counters.increment(Counter.WORLD_SECOND_PATH);
            return;
        }
        final Participant first = roster.first(device);
        if (first == null) {
            // what a device kept while it was away is no vehicle of now
            if (isUsable(device, null)) {
                takeIn(same == null ? sightings.adoptable(report) : same, device, bsmId);
            }
            return;
        }
        final Participant former = roster.former(device, bsmId);
        if (former != null) {
            // out of order, or it lives on beside the one that was taken for it
            if (isUsable(device, former)) {
                takeIn(null, device, bsmId);
            }
            return;
        }
        p = same == null ? renamed(device) : same;
        if (p == null || p.device != device || isUsable(device, p)) {
            takeIn(p == null ? sightings.adoptable(report) : p, device, bsmId);
        }
    }

    private void takeIn(final @Nullable Participant known, final int device, final long bsmId) {
        final Participant p = known == null ? roster.create(report, 0) : known;
        if (p != null) {
            roster.own(p, device, bsmId);
            roster.move(p, report);
        }
    }

    /** Ages the report by the clock of its sender. */
    private boolean isUsable(final int device, final @Nullable Participant p) {
        final long ageNs = roster.clock(device, p).ageNs(report.secMark, report.atNs, staleNs);
        if (ageNs == StampClock.STALE) {
            counters.increment(Counter.WORLD_STALE);
            return false;
        }
        report.age(ageNs);
        if (p != null && report.measuredAtNs < p.measuredAtNs) {
            counters.increment(Counter.WORLD_LATE);
            return false;
        }
        return true;
    }

    /** The vehicle that another device reports, by its temporary id, or by its body being where this one is. */
    private @Nullable Participant sameVehicle(final int device, final long bsmId) {
        final Participant p = roster.byBsmId(bsmId);
        return p == null || Double.isNaN(report.gate(p, config, SECOND_PATH_WIDEN))
                ? sightings.sameBody(report, device)
                : p;
    }

    /** The device's participant that is where the report says, under another temporary id. */
    private @Nullable Participant renamed(final int device) {
        final Participant first = roster.first(device);
        if (first != null && first.nextOfDevice == null) {
            // a vehicle of its own: the gate is right only for what its clock says
            report.age(Math.max(0, roster.clock(device, first).ageNs(report.secMark, report.atNs, staleNs)));
        }
        Participant nearest = null;
        double least = Double.POSITIVE_INFINITY;
        for (Participant p = first; p != null; p = p.nextOfDevice) {
            final double part = report.gate(p, config, RENAME_WIDEN);
            if (part < least) {
                nearest = p;
                least = part;
            }
        }
        return nearest;
    }
}
