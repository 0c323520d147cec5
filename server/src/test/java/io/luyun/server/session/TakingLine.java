package io.luyun.server.session;

import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** A line for one device that takes everything, counts it and keeps nothing; allocates nothing. One thread. */
public class TakingLine implements Line {
    private long taken;

    /** Records taken so far. */
    public final long taken() {
        return taken;
    }

    @Override
    public final int deviceIndex(final String deviceId) {
        return 0;
    }

    @Override
    public final long newSessionId() {
        return 1;
    }

    @Override
    public final @Nullable String refusal() {
        return null;
    }

    @Override
    public boolean offer(
            final int kind,
            final int deviceIndex,
            final long number,
            final long sessionId,
            final long receivedAtNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        taken++;
        return true;
    }
}
