package io.luyun.simulator.link;

import org.agrona.DirectBuffer;

/** What carries the messages of one device to the server. All methods are called on its event loop. */
public interface Uplink {
    /** Added to the kind of a message: is not sent, but comes back with what becomes of it. */
    int MARK = 1 << 12;

    /** Starts connecting; the listener hears of the outcome. */
    void connect();

    /**
     * Takes a message. Flush afterwards.
     *
     * @param kind number of its MessageKind, with {@link #MARK} or without
     * @param intendedNs when it should have been sent, by the nano clock
     * @return its number, from 1, or 0 when too much is outstanding and it was shed
     */
    long offer(int kind, DirectBuffer body, int offset, int length, long intendedNs);

    /** Sends a message once more that has just been sent, as a faulty device does; false when there is none to be sent. */
    boolean repeat(long number);

    /** Hands what was offered since the last flush to the socket. */
    void flush();

    /** Messages without an answer. */
    int outstanding();

    /**
     * Breaks the connection as a lost network would and connects again later.
     *
     * @param millis how much later
     * @param spread whether a while is added that differs from device to device, as after the loss of a server
     */
    void stayAway(long millis, boolean spread);

    /** Says goodbye. */
    void close();

    /** Whether messages can be sent now. */
    boolean open();

    /** Whether it is closed and will not connect again. */
    boolean closed();
}
