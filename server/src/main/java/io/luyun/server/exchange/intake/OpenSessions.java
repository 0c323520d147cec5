package io.luyun.server.exchange.intake;

/** The open sessions of one device: its own, and the one beside it. */
final class OpenSessions {
    /** No session. */
    static final long NONE = 0;

    private final int index;
    private long mainSession = NONE;
    private long mainEpoch;
    private long besideSession = NONE;
    private long besideEpoch;
    private long madeUpEpoch;
    private long lastNumber;

    /** Those of the device that has this number in the journal. */
    OpenSessions(final int index) {
        this.index = index;
    }

    int index() {
        return index;
    }

    /** The one whose numbering is that of an epoch. */
    long of(final long bootEpoch) {
        if (mainSession != NONE && mainEpoch == bootEpoch) {
            return mainSession;
        }
        return besideSession != NONE && besideEpoch == bootEpoch ? besideSession : NONE;
    }

    /** Whether it has one of its own, beside which another can stand. */
    boolean hasMain() {
        return mainSession != NONE;
    }

    void opened(final long session, final long bootEpoch, final boolean beside) {
        if (beside) {
            besideSession = session;
            besideEpoch = bootEpoch;
        } else {
            mainSession = session;
            mainEpoch = bootEpoch;
        }
    }

    void closed(final long session) {
        if (mainSession == session) {
            mainSession = NONE;
        } else if (besideSession == session) {
            besideSession = NONE;
        }
    }

    /** The epoch of messages that come without one: that of the first of them. */
    long madeUpEpoch(final long timeNs) {
        if (madeUpEpoch == 0) {
            madeUpEpoch = timeNs;
        }
        return madeUpEpoch;
    }

    /** Their numbers. */
    long nextNumber() {
        return ++lastNumber;
    }
}
