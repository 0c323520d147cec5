package io.luyun.server.journal;

/** Hears of every record taken from the intake, on the line thread. */
@FunctionalInterface
public interface AppendObserver {
    /**
     * A record has been appended, or was there before.
     *
     * @param sessionId as offered
     * @param kind as offered
     * @param number as offered; for SESSION_OPENED the highest number of the device's boot epoch in the journal, or 0
     * @param sequence the record's sequence; for a duplicate the last appended one, so that an acknowledgement that waits
     *     for its sync waits for the original too
     * @param duplicate the message was in the journal already and has not been appended
     */
    void onAppended(long sessionId, int kind, long number, long sequence, boolean duplicate);
}
