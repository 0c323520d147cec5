package io.luyun.server.exchange.table;

import java.util.Arrays;

/** Stretches of a message's bytes. One thread. */
final class Spans {
    private int[] bounds = new int[16];
    private int size;

    void add(final int from, final int to) {
        if (2 * size == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[2 * size] = from;
        bounds[2 * size + 1] = to;
        size++;
    }

    int size() {
        return size;
    }

    int from(final int index) {
        return bounds[2 * index];
    }

    int to(final int index) {
        return bounds[2 * index + 1];
    }

    void clear() {
        size = 0;
    }
}
