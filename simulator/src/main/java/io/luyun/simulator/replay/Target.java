package io.luyun.simulator.replay;

import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** What a journal is played to. All is called on its loop but where it says otherwise; it accounts for what it is given. */
interface Target extends AutoCloseable {
    /** The loop it lives on, and so does whoever plays to it; ends with the target. */
    ScheduledExecutorService loop();

    /** Whether it answers for messages. */
    boolean answers();

    /** A device will be played soon; from any thread. */
    void announce(ReplayDevice device);

    /** Whether all that was announced is open, or will not be. */
    boolean settled(long nowNs);

    /** Why nothing can be sent any more; null while something can. */
    @Nullable
    String closed();

    /** Whether a message of the device can be taken now. */
    boolean ready(ReplayDevice device);

    /** Why the target has no form for messages of this kind; null when it has. */
    @Nullable
    String lacks(int kind);

    /** Does with a message what can be done without sending it. */
    void rehearse(ReplayDevice device, int kind, byte[] message);

    /**
     * Takes a message, or accounts for why it cannot.
     *
     * @param message its canonical bytes
     * @param sequence of its record
     * @param utcNs the time that belongs to it, ns since 1970
     * @param dueNs when it is due, by the clock
     * @return whether it was taken
     */
    boolean send(ReplayDevice device, int kind, byte[] message, long sequence, long utcNs, long dueNs);

    /** Whether all devices share one stream. */
    boolean shared();

    /** What was taken goes out. */
    void flush();

    /** Messages that wait for an answer. */
    long outstanding();

    /** Ends; from a thread that is not the loop. */
    @Override
    void close();
}
