package io.luyun.simulator.link;

/** What an uplink tells of its messages; called on its event loop. */
public interface UplinkListener {
    /**
     * Messages can be sent.
     *
     * @param again true when they could before
     */
    void onOpen(boolean again);

    /**
     * A message was acknowledged.
     *
     * @param kind number of its MessageKind, with {@link Uplink#MARK} when it was offered so
     */
    void onAcked(int kind, long intendedNs, long nowNs);

    /** A message was refused. */
    void onRefused(int kind, String reason);

    /** No answer ever comes to a message that was sent. */
    void onUnanswerable();

    /** The link broke before a message was answered, and it is not sent again. */
    void onCutOff(int kind);

    /**
     * The connection is gone.
     *
     * @param forGood true when it will not come again
     */
    void onClosed(String why, boolean forGood);
}
