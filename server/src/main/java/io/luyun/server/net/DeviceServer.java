package io.luyun.server.net;

import io.luyun.server.monitor.Counters;
import io.luyun.server.session.DeviceRegistry;
import io.luyun.server.session.Line;
import io.luyun.server.session.SessionConfig;
import java.util.function.IntSupplier;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochNanoClock;

/** The device port. */
public final class DeviceServer implements AutoCloseable {
    public DeviceServer(
            final NetConfig config,
            final SessionConfig sessionConfig,
            final DeviceRegistry registry,
            final Line line,
            final EpochNanoClock clock,
            final Counters counters,
            final ErrorHandler errors) {}

    /** Shared mode, before start: the event loop runs this after each burst of frames and when time passes. */
    public void driveLine(final IntSupplier lineWork) {}

    /** Binds the port and accepts. */
    public void start() {}

    /** The port bound. */
    public int port() {
        return 0;
    }

    /** Sessions open now. Any thread. */
    public int sessions() {
        return 0;
    }

    /** The journal has taken a record. Line thread. */
    public void onAppended(
            final long sessionId, final int kind, final long number, final long sequence, final boolean duplicate) {}

    /** The journal is on the disk up to this sequence. Any thread. */
    public void onSynced(final long sequence) {}

    /** Whether the session exists and can take more. Any thread. */
    public boolean ready(final long sessionId) {
        return false;
    }

    /** Sends one complete delimited frame to several sessions; it is copied once. Any thread. */
    public void send(
            final long[] sessionIds, final int count, final DirectBuffer frame, final int offset, final int length) {}

    /** Closes a session that reads too slowly. Any thread. */
    public void closeSlow(final long sessionId, final String why) {}

    @Override
    public void close() {}
}
