package io.luyun.server.fanout;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.ServerFrame;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;

/** Keeps what is sent, decoded; sessions in {@code slow} are never ready. */
public final class RecordingOutlet implements Outlet {
    final Set<Long> slow = new HashSet<>();
    final Map<Long, String> closed = new HashMap<>();
    int sends;
    private final Map<Long, List<ServerFrame>> frames = new HashMap<>();

    @Override
    public boolean ready(final long sessionId) {
        return !slow.contains(sessionId);
    }

    @Override
    public void send(
            final long[] sessionIds, final int count, final DirectBuffer frame, final int offset, final int length) {
        sends++;
        final byte[] bytes = new byte[length];
        frame.getBytes(offset, bytes);
        try {
            final ByteArrayInputStream in = new ByteArrayInputStream(bytes);
            final ServerFrame parsed = ServerFrame.parseDelimitedFrom(in);
            if (in.available() > 0) {
                throw new InvalidProtocolBufferException(in.available() + " bytes too many");
            }
            for (int i = 0; i < count; i++) {
                frames.computeIfAbsent(sessionIds[i], _ -> new ArrayList<>()).add(parsed);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void closeSlow(final long sessionId, final String why) {
        closed.put(sessionId, why);
    }

    /** What the session was sent since the last call. */
    public List<ServerFrame> take(final long sessionId) {
        final List<ServerFrame> taken = frames.remove(sessionId);
        return taken == null ? List.of() : taken;
    }
}
