package io.luyun.server.world;

import org.jspecify.annotations.Nullable;

/**
 * Which participants one thing seen may be: for each of the few near it the mean of how far it lies from where that
 * participant is expected. Noise falls out of the mean, and what remains tells neighbours apart. Part of a {@link Track}.
 */
final class Evidence {
    static final int SIZE = 4;
    private static final double MIN_GAIN = 0.1;
    private static final int MAX_MISSES = 3;

    private final @Nullable Participant[] who = new Participant[SIZE];
    private final long[] ids = new long[SIZE];
    private final double[] meanX = new double[SIZE];
    private final double[] meanY = new double[SIZE];
    private final double[] lastX = new double[SIZE];
    private final double[] lastY = new double[SIZE];
    private final int[] reports = new int[SIZE];
    private final int[] misses = new int[SIZE];

    void reset() {
        for (int i = 0; i < SIZE; i++) {
            who[i] = null;
        }
    }

    /** A report begins: all are missed until they are near it. */
    void begin() {
        for (int i = 0; i < SIZE; i++) {
            final Participant p = who[i];
            if (p != null && (p.id != ids[i] || ++misses[i] > MAX_MISSES)) {
                who[i] = null;
            }
        }
    }

    /** A participant is near, and the report lies so far from it. When there are too many, the farthest is left out. */
    void add(final Participant p, final double dx, final double dy) {
        int i = indexOf(p);
        if (i < 0) {
            i = place(dx, dy);
            if (i < 0) {
                return;
            }
            who[i] = p;
            ids[i] = p.id;
            reports[i] = 0;
            meanX[i] = 0;
            meanY[i] = 0;
        }
        misses[i] = 0;
        reports[i]++;
        final double gain = Math.max(MIN_GAIN, 1.0 / reports[i]);
        meanX[i] += gain * (dx - meanX[i]);
        meanY[i] += gain * (dy - meanY[i]);
        lastX[i] = dx;
        lastY[i] = dy;
    }

    private int place(final double dx, final double dy) {
        int worst = -1;
        double most = dx * dx + dy * dy;
        for (int i = 0; i < SIZE; i++) {
            if (who[i] == null) {
                return i;
            }
            final double distance2 = meanX[i] * meanX[i] + meanY[i] * meanY[i];
            if (distance2 > most) {
                most = distance2;
                worst = i;
            }
        }
        return worst;
    }

    int indexOf(final Participant p) {
        for (int i = 0; i < SIZE; i++) {
            if (who[i] == p && ids[i] == p.id) {
                return i;
            }
        }
        return -1;
    }

    /** Whether it was near the last report. */
    boolean isNear(final int i) {
        return misses[i] == 0;
    }

    @Nullable
    Participant who(final int i) {
        return who[i];
    }

    int reports(final int i) {
        return reports[i];
    }

    double meanX(final int i) {
        return meanX[i];
    }

    double meanY(final int i) {
        return meanY[i];
    }

    double lastX(final int i) {
        return lastX[i];
    }

    double lastY(final int i) {
        return lastY[i];
    }
}
