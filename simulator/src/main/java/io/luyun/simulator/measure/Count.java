package io.luyun.simulator.measure;

/** What is counted of a run's messages. */
public enum Count {
    /** Messages whose turn came. */
    OFFERED,
    /** Messages taken for sending. */
    SENT,
    /** Times a message was written once more, after a reconnect. */
    SENT_AGAIN,
    /** Messages that were sent twice on purpose. */
    REPEATED,
    /** Messages that were not sent on purpose: simulated loss. */
    WITHHELD,
    /** Messages that were not sent because too much was outstanding, or there was no link. */
    SHED,
    /** Messages that were damaged on purpose before they were sent; they count here alone. */
    SPOILED,
    /** Those that were acknowledged all the same. */
    SPOILED_TAKEN,
    /** Those that were refused. */
    SPOILED_REFUSED,
    /** Those whose link broke before they were answered. */
    SPOILED_CUT_OFF,
    /** Messages acknowledged. */
    ACKED,
    /** Messages refused. */
    REFUSED,
    /** Messages sent to which no answer ever comes: datagrams. */
    UNANSWERABLE,
    /** Messages sent whose link broke before they were answered and that are not sent again. */
    CUT_OFF,
    /** Times a session was opened again. */
    RECONNECTS
}
