package io.luyun.server.exchange.table;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/** A text in the making, as UTF-8. Numbers need no objects. One thread. */
final class TextOut {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final long NANOS_A_SECOND = 1_000_000_000L;
    private static final long SECONDS_A_DAY = 86_400;

    private byte[] bytes = new byte[256];
    private int size;
    private long dayShown = Long.MIN_VALUE;
    private byte[] day = {};

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    void cut(final int newSize) {
        size = newSize;
    }

    /** The last byte; 0 where there is none. */
    byte last() {
        return size == 0 ? 0 : bytes[size - 1];
    }

    void put(final char ascii) {
        room(1);
        bytes[size++] = (byte) ascii;
    }

    void put(final String ascii) {
        final int length = ascii.length();
        room(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) ascii.charAt(i);
        }
    }

    void put(final byte[] from, final int begin, final int end) {
        room(end - begin);
        System.arraycopy(from, begin, bytes, size, end - begin);
        size += end - begin;
    }

    void hex(final byte octet) {
        room(2);
        bytes[size++] = HEX[octet >>> 4 & 0xF];
        bytes[size++] = HEX[octet & 0xF];
    }

    void number(final long value) {
        decimal(value, 0);
    }

    /** So many steps of a quantity in SI: 29.6012345, without zeros at the end. */
    void quantity(final long steps, final SiScale scale) {
        if (scale.digits() < 0) {
            put(Double.toString(scale.of(steps)));
        } else {
            decimal(steps * scale.factor(), scale.digits());
        }
    }

    private void decimal(final long unscaled, final int digits) {
        long rest = unscaled;
        int behind = digits;
        while (behind > 0 && rest % 10 == 0) {
            rest /= 10;
            behind--;
        }
        room(40);
        if (rest < 0) {
            bytes[size++] = '-';
        }
        final int length = Math.max(digits(rest), behind + 1) + (behind > 0 ? 1 : 0);
        int at = size + length;
        size = at;
        for (int place = 0; at > size - length; place++) {
            if (place == behind && behind > 0) {
                bytes[--at] = '.';
            }
            bytes[--at] = (byte) ('0' + Math.abs(rest % 10));
            rest /= 10;
        }
    }

    private static int digits(final long value) {
        int digits = 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /** An instant as RFC 3339 with nine digits of the second, UTC. */
    void instant(final long nanos) {
        final long seconds = Math.floorDiv(nanos, NANOS_A_SECOND);
        final long date = Math.floorDiv(seconds, SECONDS_A_DAY);
        if (date != dayShown) {
            dayShown = date;
            day = LocalDateTime.ofInstant(Instant.ofEpochSecond(date * SECONDS_A_DAY), ZoneOffset.UTC)
                    .toLocalDate()
                    .toString()
                    .getBytes(StandardCharsets.US_ASCII);
        }
        put(day, 0, day.length);
        final int second = (int) Math.floorMod(seconds, SECONDS_A_DAY);
        padded('T', second / 3_600, 2);
        padded(':', second / 60 % 60, 2);
        padded(':', second % 60, 2);
        padded('.', (int) Math.floorMod(nanos, NANOS_A_SECOND), 9);
        put('Z');
    }

    private void padded(final char before, final int value, final int width) {
        put(before);
        room(width);
        int rest = value;
        for (int i = width - 1; i >= 0; i--) {
            bytes[size + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += width;
    }

    private void room(final int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}
