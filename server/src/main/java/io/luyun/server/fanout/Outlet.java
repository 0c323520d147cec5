package io.luyun.server.fanout;

import org.agrona.DirectBuffer;

/** The way to the sockets. Called on the core's thread. */
public interface Outlet {
    /** Whether the session is known and its socket takes more now. */
    boolean ready(long sessionId);

    /**
     * Sends one frame to several sessions; sessions that are gone are left out.
     *
     * @param sessionIds the receivers
     * @param count how many of them count
     * @param frame holds a complete delimited ServerFrame; copied before the call returns
     */
    void send(long[] sessionIds, int count, DirectBuffer frame, int offset, int length);

    /** Closes the connection of a receiver that reads too slowly. */
    void closeSlow(long sessionId, String why);
}
