package io.luyun.benchmarks.peers;

import org.agrona.DirectBuffer;

/**
 * What is sent: reports of vehicles, one after another. What the methods without a frame tell is of the current report and holds
 * until the next. Owned by one thread.
 */
public interface Reports {
    /**
     * Makes the report of this vehicle and moment current.
     *
     * @param vehicle from 0
     * @param epochNs nanoseconds since 1970
     * @param tooFast whether it tells a speed that is warned of
     */
    void next(int vehicle, long epochNs, boolean tooFast);

    /** The whole frame, its length in front; the array is not the caller's. */
    byte[] frame();

    /** The number in the frame; rises from report to report of one vehicle. */
    long number();

    /** The number of its MessageKind. */
    int kind();

    /** Where the body of the message is. */
    DirectBuffer body();

    /** Where in {@link #body()} it begins. */
    int bodyOffset();

    /** How long it is. */
    int bodyLength();

    /** Which vehicle a frame is from. */
    int vehicleIn(byte[] frame);

    /** The number of a frame. */
    long numberIn(byte[] frame);
}
