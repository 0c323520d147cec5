package io.luyun.server.session;

import io.luyun.proto.v1.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What one session has sent. Written by the owner of the session, at the cost of a plain store a message; read by any thread, who sees
 * it a little later.
 */
final class SessionFigures {
    private static final int KINDS = 64;
    private static final int CODES = 32;
    private static final int GAPS = KINDS + CODES;
    private static final int OFFSET = GAPS + 1;
    private static final int LAST = GAPS + 2;

    private final AtomicLongArray values = new AtomicLongArray(LAST + 1);

    /** A message was taken whose clock was so far ahead, milliseconds; MIN_VALUE where it has none. */
    void taken(final int kind, final int aheadMillis, final long atNs) {
        add(kind & (KINDS - 1), 1);
        values.lazySet(LAST, atNs);
        if (aheadMillis != Integer.MIN_VALUE) {
            values.lazySet(OFFSET, aheadMillis);
        }
    }

    void missing(final long count) {
        add(GAPS, count);
    }

    void refused(final ErrorCode code) {
        add(KINDS + Math.min(CODES - 1, code.getNumber()), 1);
    }

    /** Messages taken, by the number of their kind. */
    long[] messages() {
        final long[] messages = new long[KINDS];
        for (int i = 0; i < KINDS; i++) {
            messages[i] = values.get(i);
        }
        return messages;
    }

    Map<String, Long> refusals() {
        final Map<String, Long> refusals = new LinkedHashMap<>();
        for (final ErrorCode code : ErrorCode.values()) {
            if (code != ErrorCode.UNRECOGNIZED && values.get(KINDS + code.getNumber()) > 0) {
                refusals.put(code.name().substring("ERROR_CODE_".length()), values.get(KINDS + code.getNumber()));
            }
        }
        return refusals;
    }

    long gaps() {
        return values.get(GAPS);
    }

    /** How far the device's clock was ahead of the server's when the last message came, milliseconds. */
    long clockAheadMillis() {
        return values.get(OFFSET);
    }

    /** When the last message came, ns since 1970; 0 for none. */
    long lastAtNs() {
        return values.get(LAST);
    }

    private void add(final int index, final long count) {
        values.lazySet(index, values.getPlain(index) + count);
    }
}
