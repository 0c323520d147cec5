package io.luyun.server.world;

import org.jspecify.annotations.Nullable;

/**
 * Which lane a road user drives in. What it remembers of a road user is kept there; allocates nothing.
 *
 * <p>The offset from the link's line is carried on from report to report by the way driven and the angle between heading and
 * link, and drawn to the position by a small part each time, so that errors of position that last for seconds average out. It
 * goes over from a link to a connector and on to the next link where their lines meet. A lane is left when the offset is
 * well beyond its edge, or a little when the road user steers that way.
 */
final class LaneMatch {
    /** Part by which the offset is drawn to the position; about 5 s at ten reports a second. */
    private static final double GAIN = 0.02;
    /** A position further away than this for so many reports, longer than a jump of a receiver, is believed sooner. */
    private static final double FAR_METRES = 3.5;

    private static final int FAR_REPORTS = 10;

    private static final double FAR_GAIN = 0.2;
    /** How far beyond the edge a lane is held, reached after so many reports as each adds. */
    private static final double HOLD_METRES = 1;

    private static final double HOLD_PER_REPORT = 0.01;
    private static final double STEERING_HOLD_METRES = 0.2;
    private static final double STEERING_GAIN = 0.2;
    /** Sine of the angle to the link that is steering across, about 2 degrees. */
    private static final double STEERS = 0.035;

    private static final double MAX_TANGENT = 0.5;
    private static final double MAX_STEP_METRES = 10;

    private LaneMatch() {}

    /** The best place on the road for one report; one object, reused. */
    static final class Candidate {
        @Nullable
        Link link;

        double score;
        double alongMetres;
        /** Of the position with what is remembered. */
        double lateralMetres;
        /** Sine of the angle by which it heads to the right of the link. */
        double across;

        void clear() {
            link = null;
            score = Double.POSITIVE_INFINITY;
        }
    }

    /** Forgets what a road user did in its lane. */
    static void forget(final Participant p) {
        p.laneReports = 0;
        p.farReports = 0;
        p.leftOfLateralMetres = 0;
        p.steering = 0;
    }

    /** Puts a road user where it was found. */
    static void take(final Participant p, final Candidate found) {
        final Link before = p.link;
        final Link link = found.link;
        if (link == null) {
            p.link = null;
            p.lane = 0;
            forget(p);
            return;
        }
        final double position = found.lateralMetres - p.leftOfLateralMetres;
        final double expected = p.laneReports == 0 ? Double.NaN : expected(p, before, link, found);
        if (Double.isNaN(expected)) {
            forget(p);
        }
        p.laneReports++;
        if (!p.coasting) {
            // the road may bend while nothing is heard of the heading
            p.steering += STEERING_GAIN * (found.across - p.steering);
        }
        final double from = Double.isNaN(expected) ? position : expected;
        p.farReports = Math.abs(position - from) > FAR_METRES ? p.farReports + 1 : 0;
        final double gain = p.farReports > FAR_REPORTS ? FAR_GAIN : GAIN;
        p.lateralMetres = from + Math.max(gain, 1.0 / p.laneReports) * (position - from);
        p.leftOfLateralMetres = p.lateralMetres - position;
        p.alongMetres = found.alongMetres;
        final int lane = Double.isNaN(expected) ? 0 : carried(p, before, link);
        p.link = link;
        p.lane = lane(p, link, lane);
    }

    /** The offset by way and heading alone; NaN when nothing leads there from where it was. */
    private static double expected(
            final Participant p, final @Nullable Link before, final Link link, final Candidate found) {
        if (before == null) {
            return Double.NaN;
        }
        final double across = found.across;
        final double tangent = Math.max(-MAX_TANGENT, Math.min(MAX_TANGENT, across));
        if (before == link) {
            final double step = found.alongMetres - p.alongMetres;
            return p.lateralMetres + Math.max(-MAX_STEP_METRES, Math.min(MAX_STEP_METRES, step)) * tangent;
        }
        if (before.leadsTo(link)) {
            final int last = before.xs.length - 2;
            return link.across(0, before, last, last + 1, p.lateralMetres)
                    + Math.min(MAX_STEP_METRES, found.alongMetres) * tangent;
        }
        // another way on from the same stop line: as far from it as its position says
        return before.movement != null && link.movement != null && before.movement.from == link.movement.from
                ? found.lateralMetres
                : Double.NaN;
    }

    /** The lane it would be in had it kept its own; 0 when that is not known. */
    private static int carried(final Participant p, final @Nullable Link before, final Link link) {
        if (before == null || before == link) {
            return before == null ? 0 : p.lane;
        }
        if (before.leadsTo(link)) {
            return link.connector ? link.laneFrom(p.lane) : before.toLane(p.lane);
        }
        return link.connector && before.connector ? link.laneFrom(before.fromLane(p.lane)) : 0;
    }

    private static int lane(final Participant p, final Link link, final int before) {
        if (before > 0) {
            final double off = p.lateralMetres - link.laneCentreMetres(before, p.alongMetres);
            final boolean steers = p.steering * off > 0 && Math.abs(p.steering) > STEERS;
            final double hold = steers ? STEERING_HOLD_METRES : Math.min(HOLD_METRES, HOLD_PER_REPORT * p.laneReports);
            if (Math.abs(off) <= link.laneWidthMetres * 0.5 + hold) {
                return before;
            }
        }
        return link.laneAt(p.lateralMetres, p.alongMetres);
    }
}
