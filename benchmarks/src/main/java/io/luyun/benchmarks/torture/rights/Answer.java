package io.luyun.benchmarks.torture.rights;

/** What the server said: whether it took it, and its words. */
record Answer(boolean taken, String said) {
    static Answer good() {
        return new Answer(true, "taken");
    }

    static Answer refused(final String why) {
        return new Answer(false, why);
    }
}
