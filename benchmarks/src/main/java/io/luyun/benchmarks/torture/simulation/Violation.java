package io.luyun.benchmarks.torture.simulation;

/** A promise was not kept. The message says which, in one line. */
final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Violation(final String what) {
        super(what);
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotations are not among the libraries
    static void unless(final boolean kept, final String what, final Object... values) {
        if (!kept) {
            throw new Violation(String.format(what, values));
        }
    }
}
