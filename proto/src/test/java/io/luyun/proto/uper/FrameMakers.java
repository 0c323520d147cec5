package io.luyun.proto.uper;

import java.util.ArrayList;
import java.util.List;

/** A maker of frames for every message of every dialect, for parameterized tests. */
record FrameMakers(Dialect dialect, Program.Entry entry, FrameMaker maker) {
    static List<FrameMakers> all() {
        final List<FrameMakers> all = new ArrayList<>();
        for (final Dialect dialect : Dialect.values()) {
            final Program program = Program.of(dialect);
            for (final Program.Entry entry : program.messages) {
                all.add(new FrameMakers(dialect, entry, new FrameMaker(dialect, entry)));
            }
            for (final Program.Entry entry : program.extensions) {
                all.add(new FrameMakers(dialect, entry, new FrameMaker(dialect, entry)));
            }
        }
        return all;
    }

    int kind() {
        return entry.root().kind();
    }

    @Override
    public String toString() {
        return dialect.label() + ' ' + entry.root().name();
    }
}
