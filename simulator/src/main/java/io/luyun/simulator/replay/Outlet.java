package io.luyun.simulator.replay;

/** Where the player's records go; used by its thread. */
interface Outlet {
    /** Whether all is open that has to be before the playing begins; {@code nowNs} by the player's clock. */
    boolean settled(long nowNs);

    /** Does with a record what can be done without sending it, so that the first ones that are sent are not late. */
    void rehearse(Recorded record);

    /** The playing begins, or goes on after a pause or a seek. */
    void begin();

    /** Whether the record can be sent now; otherwise it is asked again a little later. */
    boolean ready(Recorded record);

    /**
     * Sends a record that is due, or accounts for it where it cannot be sent.
     *
     * @param dueNs when it is due
     * @return whether it was sent
     */
    boolean send(Recorded record, long dueNs);

    /** Whether all devices share one stream, so that it is worth while to let records of several go out together. */
    boolean shared();

    /** What was sent goes out now. */
    void flush();
}
