package io.luyun.server.research;

/** How quotation marks of JSON are written. */
enum Quote {
    /** As they are. */
    PLAIN("\""),
    /** Each as two, within a quoted field of CSV. */
    DOUBLED("\"\"");

    /** What stands for one. */
    final String mark;

    Quote(final String mark) {
        this.mark = mark;
    }

    /** Appends one. */
    void put(final TextBytes out) {
        out.put('"');
        if (this == DOUBLED) {
            out.put('"');
        }
    }
}
