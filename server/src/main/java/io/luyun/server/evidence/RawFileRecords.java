package io.luyun.server.evidence;

import io.luyun.server.journal.Damage;
import io.luyun.server.journal.RawFrames;
import io.luyun.server.research.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * The records of a file of raw frames; a frame has its device's number alone, whose id the package's manifest tells. One
 * thread.
 */
final class RawFileRecords implements Records {
    private final RawFrames frames;
    private final Map<Integer, String> devices;

    RawFileRecords(final Path file, final Map<Integer, String> devices) throws IOException {
        frames = new RawFrames(file);
        this.devices = devices;
    }

    @Override
    public boolean next() {
        try {
            return frames.next();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read on", e);
        }
    }

    /** The frames, which stand at the record. */
    RawFrames frames() {
        return frames;
    }

    @Override
    public long sequence() {
        return frames.sequence();
    }

    @Override
    public long receivedAtNs() {
        return frames.receivedAtNs();
    }

    @Override
    public int kind() {
        return frames.kind();
    }

    @Override
    public String deviceId() {
        final int index = frames.deviceIndex();
        return index < 0 ? "" : devices.getOrDefault(index, "#" + index);
    }

    @Override
    public long number() {
        return frames.number();
    }

    @Override
    public long bootEpoch() {
        return frames.bootEpoch();
    }

    @Override
    public DirectBuffer buffer() {
        return frames.buffer();
    }

    @Override
    public int payloadOffset() {
        return frames.payloadOffset();
    }

    @Override
    public int payloadLength() {
        return frames.payloadLength();
    }

    @Override
    public List<Damage> damage() {
        return List.of();
    }

    @Override
    public void close() {
        try {
            frames.close();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot close", e);
        }
    }
}
