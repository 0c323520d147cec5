package io.luyun.server.exchange.mcap;

import io.luyun.server.journal.Damage;
import io.luyun.server.research.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The records of a file that {@link McapExporter} has written, in its order; what else stands in it is passed over. One thread. */
public final class McapRecords implements Records {
    private final McapReader reader;
    private final RecordHead head = new RecordHead();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);

    /**
     * Opens a file.
     *
     * @throws McapException when it is no MCAP file
     */
    public McapRecords(final Path file) throws IOException {
        reader = new McapReader(file);
    }

    /** {@inheritDoc} What of the file cannot be read stands in {@link #losses}. */
    @Override
    public boolean next() {
        try {
            while (reader.next()) {
                if (reader.channel().kind() != 0 && head.read(reader.bytes(), reader.offset(), reader.length())) {
                    buffer.wrap(reader.bytes(), reader.offset(), reader.length());
                    return true;
                }
            }
            return false;
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read on", e);
        }
    }

    /** What could not be read so far, a line each. */
    public List<String> losses() {
        return reader.losses();
    }

    @Override
    public long sequence() {
        return head.sequence();
    }

    @Override
    public long receivedAtNs() {
        return reader.logNs();
    }

    @Override
    public int kind() {
        return reader.channel().kind();
    }

    @Override
    public String deviceId() {
        return head.device();
    }

    @Override
    public long number() {
        return head.number();
    }

    @Override
    public long bootEpoch() {
        return head.bootEpoch();
    }

    @Override
    public DirectBuffer buffer() {
        return buffer;
    }

    @Override
    public int payloadOffset() {
        return head.length();
    }

    @Override
    public int payloadLength() {
        return reader.length() - head.length();
    }

    @Override
    public List<Damage> damage() {
        return List.of();
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot close", e);
        }
    }
}
