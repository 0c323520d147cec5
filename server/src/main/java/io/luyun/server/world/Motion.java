package io.luyun.server.world;

import io.luyun.proto.v1.ParticipantType;

/**
 * What the places at which a unit saw something say of its motion, against what the unit says of it. There are units whose
 * headings turn the other way round, point backwards, or whose speeds are in another unit, all the time. Where both
 * contradict each other for long, the places are believed, until they agree for as long. One for each track; world's thread.
 *
 * <p>The velocity is the slope of a line through the places by least squares, the older ones with a weight that falls with
 * their age. It says how it was a while ago, so it is compared with what was said as long ago. It contradicts when it points
 * elsewhere by more than 60 degrees, or when the speeds differ by 35 % of the larger and more than the scatter of the places
 * explains; it says nothing of who is slower than noise could make it. Chosen here for places that are 1.5 m off.
 *
 * <p>What is believed then is what is said now, put right by what was found: the east and the north part of the heading
 * each with the sign that agrees with the places, the speed times the factor between both. Where no signs agree, and where
 * nothing is said, it is the slope.
 */
final class Motion {
    private static final double VEHICLE_MEMORY_SECONDS = 0.6;
    private static final double PERSON_MEMORY_SECONDS = 1.2;
    private static final double VEHICLE_MIN_MPS = 3;
    private static final double PERSON_MIN_MPS = 0.8;
    private static final double FASTEST_MPS = 70;
    /** Bounds of what scatter explains, and how many times its own error of the slope that is. */
    private static final double LEAST_TOLERANCE_MPS = 0.8;

    private static final double MOST_TOLERANCE_MPS = 2.5;
    private static final double TOLERANCE_SIGMAS = 5;
    private static final double SPEED_TOLERANCE_PART = 0.35;
    private static final double ELSEWHERE_COS = 0.5;
    private static final double SIGNS_COS = 0.87;
    /** Nothing is said of a shorter stretch, and a longer silence begins a new one. */
    private static final double MIN_SPAN_SECONDS = 0.8;

    private static final double MAX_SILENCE_SECONDS = 1;
    private static final int REPORTS_IN_A_ROW = 8;
    private static final int MINUTE_MILLIS = 60_000;

    private final Slope slope = new Slope();
    /** What was said, smoothed twice: as long ago as the slope is. */
    private final Lagged saidX = new Lagged();

    private final Lagged saidY = new Lagged();
    private final Lagged saidMps = new Lagged();
    private long atNs;
    private int secMark = Participant.ABSENT;
    /** Reports in a row that were stamped alike. */
    private int alike;

    private double spanSeconds;
    /** How the parts of both headings agree, -1 to 1, in the mean of as long. */
    private double agreeX;

    private double agreeY;
    private int streak;
    private boolean measured;

    void reset() {
        restart();
        streak = 0;
        measured = false;
    }

    private void restart() {
        slope.reset();
        saidX.reset();
        saidY.reset();
        saidMps.reset();
        spanSeconds = 0;
        agreeX = 0;
        agreeY = 0;
    }

    /**
     * Takes in where a report is, and puts the measured speed and heading into it while they are believed.
     *
     * @return true when they begin to be believed with this report
     */
    boolean correct(final Report report) {
        final boolean person = report.ptcType == ParticipantType.PARTICIPANT_PEDESTRIAN_VALUE
                || report.ptcType == ParticipantType.PARTICIPANT_NON_MOTOR_VALUE;
        final double memory = person ? PERSON_MEMORY_SECONDS : VEHICLE_MEMORY_SECONDS;
        if (!add(report, memory)) {
            return false;
        }
        final double vx = slope.x();
        final double vy = slope.y();
        final double mps = Math.sqrt(vx * vx + vy * vy);
        if (!(mps <= FASTEST_MPS)) {
            reset();
            return false;
        }
        final boolean moves = mps >= (person ? PERSON_MIN_MPS : VEHICLE_MIN_MPS);
        final boolean before = measured;
        final boolean speedAgrees = speedAgrees(mps, memory);
        weigh(moves ? !speedAgrees || !headingAgrees(vx / mps, vy / mps) : before);
        if (measured && moves) {
            put(report, vx / mps, vy / mps, mps, speedAgrees);
        }
        return measured && !before;
    }

    private void weigh(final boolean speaksForMeasured) {
        if (speaksForMeasured == measured) {
            streak = 0;
        } else if (++streak >= REPORTS_IN_A_ROW) {
            measured = !measured;
            streak = 0;
        }
    }

    /** What is not said at all does not agree; nor does NaN. */
    private boolean speedAgrees(final double mps, final double memorySeconds) {
        final double scatter = TOLERANCE_SIGMAS * slope.error(memorySeconds);
        final double tolerance = Math.max(LEAST_TOLERANCE_MPS, Math.min(MOST_TOLERANCE_MPS, scatter))
                + SPEED_TOLERANCE_PART * Math.max(mps, saidMps.value);
        return Math.abs(mps - saidMps.value) <= tolerance;
    }

    private boolean headingAgrees(final double x, final double y) {
        final double gain = 1.0 / REPORTS_IN_A_ROW;
        agreeX += gain * (x * saidX.value - agreeX);
        agreeY += gain * (y * saidY.value - agreeY);
        return x * saidX.value + y * saidY.value >= ELSEWHERE_COS;
    }

    private void put(final Report report, final double x, final double y, final double mps, final boolean speedAgrees) {
        final double signX = agreeX < 0 ? -1 : 1;
        final double signY = agreeY < 0 ? -1 : 1;
        final boolean headed = report.dirX != 0 || report.dirY != 0;
        final boolean signs = headed && signX * x * saidX.value + signY * y * saidY.value >= SIGNS_COS;
        final boolean scales = report.speedMps >= 0 && saidMps.value > 0;
        final double speed = !scales ? mps : speedAgrees ? report.speedMps : report.speedMps * mps / saidMps.value;
        report.moves(Math.min(speed, FASTEST_MPS), signs ? signX * report.dirX : x, signs ? signY * report.dirY : y);
    }

    /** Takes a place in; false while there is too little to say anything. */
    private boolean add(final Report report, final double memorySeconds) {
        final double passed = (report.measuredAtNs - atNs) * 1e-9;
        double seconds = stamped(report, passed);
        if (!slope.empty() && seconds == 0) {
            return false;
        }
        if (slope.empty() || seconds < 0 || Math.max(seconds, passed) > MAX_SILENCE_SECONDS) {
            restart();
            seconds = 0;
        }
        final double keeps = memorySeconds / (memorySeconds + seconds);
        slope.add(seconds, report.sentX, report.sentY, keeps);
        saidX.add(report.dirX, keeps);
        saidY.add(report.dirY, keeps);
        saidMps.add(report.speedMps, keeps);
        spanSeconds += seconds;
        atNs = report.measuredAtNs;
        secMark = report.secMark;
        return spanSeconds >= MIN_SPAN_SECONDS;
    }

    /**
     * Time since the last place by the unit's own stamps: what a backlog does to times of arrival would look like speed. Less
     * than 0 when the unit's clock was set back. A clock that stands is none.
     */
    private double stamped(final Report report, final double passedSeconds) {
        if (report.secMark == Participant.ABSENT || secMark == Participant.ABSENT) {
            return Math.max(0, passedSeconds);
        }
        final int millis = Math.floorMod(report.secMark - secMark, MINUTE_MILLIS);
        alike = millis == 0 ? alike + 1 : 0;
        if (alike > REPORTS_IN_A_ROW) {
            return Math.max(0, passedSeconds);
        }
        return (millis > MINUTE_MILLIS / 2 ? millis - MINUTE_MILLIS : millis) * 1e-3;
    }

    /** A value smoothed twice. */
    private static final class Lagged {
        private double first;
        private double value;
        private boolean empty = true;

        void reset() {
            empty = true;
        }

        void add(final double now, final double keeps) {
            if (empty || Double.isNaN(value)) {
                first = now;
                value = now;
                empty = false;
            } else {
                first = now + keeps * (first - now);
                value = first + keeps * (value - first);
            }
        }
    }

    /** A line through places by least squares. */
    private static final class Slope {
        // sums of weight, time and place, both counted from the last report
        private double w;
        private double wt;
        private double wtt;
        private double wx;
        private double wy;
        private double wtx;
        private double wty;
        private double wrr;
        private double x;
        private double y;

        void reset() {
            w = 0;
            wt = 0;
            wtt = 0;
            wx = 0;
            wy = 0;
            wtx = 0;
            wty = 0;
            wrr = 0;
        }

        boolean empty() {
            return w == 0;
        }

        double x() {
            return (w * wtx - wt * wx) / (w * wtt - wt * wt);
        }

        double y() {
            return (w * wty - wt * wy) / (w * wtt - wt * wt);
        }

        /** Standard error of the slope, by how the places scatter around the line. */
        double error(final double memorySeconds) {
            final double spread = wrr - (wx * wx + wy * wy) / w;
            final double explained = (x() * (w * wtx - wt * wx) + y() * (w * wty - wt * wy)) / w;
            final double sigma2 = Math.max(0, spread - explained) / (2 * w);
            return Math.sqrt(sigma2 / w) / (2 * memorySeconds);
        }

        void add(final double seconds, final double newX, final double newY, final double keeps) {
            if (w > 0) {
                shift(seconds, newX - x, newY - y, keeps);
            }
            w += 1;
            x = newX;
            y = newY;
        }

        private void shift(final double seconds, final double dx, final double dy, final double keeps) {
            wtt += seconds * (seconds * w - 2 * wt);
            wtx -= seconds * wx;
            wty -= seconds * wy;
            wt -= seconds * w;
            wtx -= dx * wt;
            wty -= dy * wt;
            wrr += dx * (dx * w - 2 * wx) + dy * (dy * w - 2 * wy);
            wx -= dx * w;
            wy -= dy * w;
            w *= keeps;
            wt *= keeps;
            wtt *= keeps;
            wx *= keeps;
            wy *= keeps;
            wtx *= keeps;
            wty *= keeps;
            wrr *= keeps;
        }
    }
}
