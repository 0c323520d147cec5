package io.luyun.proto.uper;

import org.jspecify.annotations.Nullable;

/** The generation of the message set a device speaks. MAP and RSI of one are not those of the other on the wire. */
public enum Dialect {
    /** The release of 2019. */
    PHASE_1_2019("2019", "[I]"),
    /** The second phase, with its additional messages. */
    PHASE_2("phase2", "[II]");

    private final String label;
    private final String mark;

    Dialect(String label, String mark) {
        this.label = label;
        this.mark = mark;
    }

    /** Its name in configuration and output. */
    public String label() {
        return label;
    }

    /** The dialect of that name; null when there is none. */
    public static @Nullable Dialect of(String label) {
        for (final Dialect dialect : values()) {
            if (dialect.label.equals(label)) {
                return dialect;
            }
        }
        return null;
    }

    /** What begins the lines of the schema that hold in this dialect only. */
    String mark() {
        return mark;
    }
}
