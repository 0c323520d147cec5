package io.luyun.server.exchange.pcap;

/**
 * How an interface of a pcapng capture counts time, and from when.
 *
 * @param resolution a negative power of ten, or with the high bit set of two
 * @param offsetSeconds what is added to each time
 */
record TimeScale(int resolution, long offsetSeconds) {
    /** Of an interface that does not say: millionths of a second. */
    static final TimeScale MICROS = new TimeScale(6, 0);

    private static final long NANOS_A_SECOND = 1_000_000_000L;
    private static final int BINARY = 0x80;
    private static final int NANOS = 9;

    /** Ns since 1970, cut where the scale is finer. */
    long nanos(final long ticks) {
        final int power = resolution & ~BINARY;
        final long nanos;
        if ((resolution & BINARY) != 0) {
            nanos = power >= Long.SIZE ? 0 : binary(ticks, power);
        } else if (power <= NANOS) {
            nanos = ticks * powerOfTen(NANOS - power);
        } else {
            nanos = power - NANOS > 18 ? 0 : Long.divideUnsigned(ticks, powerOfTen(power - NANOS));
        }
        return nanos + offsetSeconds * NANOS_A_SECOND;
    }

    private static long binary(final long ticks, final int power) {
        final long seconds = power == 0 ? ticks : ticks >>> power;
        final long fraction = power == 0 ? 0 : ticks << (Long.SIZE - power);
        return seconds * NANOS_A_SECOND + Math.unsignedMultiplyHigh(fraction, NANOS_A_SECOND);
    }

    private static long powerOfTen(final int power) {
        long value = 1;
        for (int i = 0; i < power; i++) {
            value *= 10;
        }
        return value;
    }
}
