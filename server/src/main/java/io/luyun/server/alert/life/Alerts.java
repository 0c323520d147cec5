package io.luyun.server.alert.life;

/** Numbers of alerts: the record that raised one, and which of those it raised. */
public final class Alerts {
    private static final int ORDINAL_BITS = 12;

    private Alerts() {}

    /** The number of an alert; the first one of a record has the ordinal 0. */
    public static long id(final long sequence, final int ordinal) {
        return sequence << ORDINAL_BITS | ordinal;
    }

    /** Sequence of the record that raised an alert. */
    public static long sequence(final long id) {
        return id >>> ORDINAL_BITS;
    }
}
