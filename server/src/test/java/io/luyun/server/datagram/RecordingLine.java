package io.luyun.server.datagram;

import com.google.protobuf.ByteString;
import io.luyun.server.session.Line;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** A line that keeps what it takes, as much as it is told to. One thread. */
final class RecordingLine implements Line {
    /** What was taken. */
    record Taken(int kind, int device, long number, long sessionId, ByteString payload) {}

    final List<Taken> taken = new ArrayList<>();
    int room = Integer.MAX_VALUE;

    @Nullable
    String refusal;

    private final List<String> devices = new ArrayList<>();
    private long sessions;

    List<Integer> kinds() {
        return taken.stream().map(Taken::kind).toList();
    }

    String deviceOf(final Taken record) {
        return devices.get(record.device());
    }

    @Override
    public int deviceIndex(final String deviceId) {
        if (!devices.contains(deviceId)) {
            devices.add(deviceId);
        }
        return devices.indexOf(deviceId);
    }

    @Override
    public long newSessionId() {
        return ++sessions;
    }

    @Override
    public @Nullable String refusal() {
        return refusal;
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
        if (room == 0) {
            return false;
        }
        room--;
        final byte[] payload = new byte[length];
        buffer.getBytes(offset, payload);
        taken.add(new Taken(kind, deviceIndex, number, sessionId, ByteString.copyFrom(payload)));
        return true;
    }
}
