package io.luyun.benchmarks.peers;

import io.netty.channel.EventLoop;
import java.io.IOException;

/**
 * The connections of all vehicles, and of who is warned, to one kind of system. Opened and closed by the thread that measures,
 * everything else happens on its event loop, on which it tells the account as well.
 */
interface Client extends AutoCloseable {
    /** Where its work is done. */
    EventLoop loop();

    /**
     * Connects everybody and subscribes; what comes of it goes to the account.
     *
     * @throws IOException when the system does not take them
     */
    void open(Account account) throws IOException, InterruptedException;

    /**
     * Sends the current report.
     *
     * @param concerns whether it is one that somebody waits for
     * @param intendedNs when it should be sent
     */
    void publish(int vehicle, boolean concerns, long intendedNs);

    /** Whether each message is acknowledged. */
    default boolean acknowledges() {
        return true;
    }

    /** Why it does not work any more, empty while it does. */
    String failure();

    @Override
    void close() throws IOException;
}
