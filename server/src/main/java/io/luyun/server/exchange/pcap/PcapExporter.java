package io.luyun.server.exchange.pcap;

import io.luyun.proto.codec.Violation;
import io.luyun.proto.uper.RsuEnvelope;
import io.luyun.proto.uper.RsuEnvelopeWriter;
import io.luyun.proto.uper.UperEncoder;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.exchange.Exporter;
import io.luyun.server.exchange.intake.ContentCheck;
import io.luyun.server.research.Records;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Messages as a capture of the datagrams in which their devices might have sent them: UPER frames, a packet a message, at the receive
 * time. The nth device that says something has the address 10.0.0.0 + n, and its id as the name of it. One thread.
 */
public final class PcapExporter implements Exporter {
    /** Where all packets go to. */
    static final int SERVER = 0x0AFF_FFFE; // 10.255.255.254

    /** Port they come from and go to: where a server listens by default. */
    static final int PORT = 17_802;

    private static final int FIRST_ADDRESS = 0x0A00_0000;
    private static final int MOST_DEVICES = SERVER - FIRST_ADDRESS - 1;
    private static final int ROOM = 1 << 17;
    private static final long NANOS_A_MILLI = 1_000_000L;

    private final CaptureWriter capture;
    private final PcapOptions options;
    private final PacketWriter packets = new PacketWriter();
    private final UperEncoder encoder = new UperEncoder();
    private final RsuEnvelopeWriter envelopes = new RsuEnvelopeWriter();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[ROOM]);
    private final UnsafeBuffer datagram = new UnsafeBuffer(new byte[ROOM]);
    private final Map<String, Integer> addresses = new HashMap<>();
    private final Map<String, Long> leftOut = new TreeMap<>();
    private long written;

    private PcapExporter(final CaptureWriter capture, final PcapOptions options) {
        this.capture = capture;
        this.options = options;
    }

    /** Begins a file; what is there is overwritten. */
    public static PcapExporter open(final Path output, final PcapOptions options) throws IOException {
        return new PcapExporter(new CaptureWriter(output), options);
    }

    @Override
    public void add(final Records record) throws IOException {
        final String problem = write(record);
        if (problem == null) {
            written++;
        } else {
            leftOut.merge(problem, 1L, Long::sum);
        }
    }

    private @Nullable String write(final Records record) throws IOException {
        final String kind = name(record.kind());
        if (!record.message() || record.kind() == RecordKind.RECORD_KIND_RAW_VALUE) {
            return kind;
        }
        int length = encoder.encode(
                options.dialect(),
                record.kind(),
                record.buffer(),
                record.payloadOffset(),
                record.payloadLength(),
                frame,
                0);
        final Violation violation = encoder.violation();
        if (length < 0 || violation != null) {
            return kind + (violation == null ? "" : ": " + ContentCheck.text(violation));
        }
        UnsafeBuffer payload = frame;
        if (options.envelope()) {
            length = envelope(record, length);
            payload = datagram;
        }
        if (length > PacketWriter.LONGEST) {
            return kind + ": longer than a datagram";
        }
        if (addresses.size() >= MOST_DEVICES) {
            return "more devices than 10.0.0.0/8 has addresses";
        }
        capture.packet(
                record.receivedAtNs(), packets.packet(address(record.deviceId()), SERVER, PORT, payload, length));
        return null;
    }

    private int envelope(final Records record, final int length) {
        final boolean counted = record.kind() == MessageKind.MESSAGE_KIND_BSM_VALUE;
        return envelopes
                .begin(
                        datagram,
                        0,
                        counted ? RsuEnvelope.Layout.COUNTED : RsuEnvelope.Layout.ONE_FRAME,
                        1,
                        UnitIds.of(record.deviceId()),
                        record.receivedAtNs() / NANOS_A_MILLI)
                .add(frame, 0, length)
                .length();
    }

    private int address(final String device) throws IOException {
        final Integer known = addresses.get(device);
        if (known != null) {
            return known;
        }
        final int address = FIRST_ADDRESS + addresses.size() + 1;
        addresses.put(device, address);
        capture.name(address, device);
        return address;
    }

    private static String name(final int kind) {
        final RecordKind known = RecordKind.forNumber(kind);
        return known == null ? "kind " + kind : known.name().replace("RECORD_KIND_", "");
    }

    @Override
    public Map<String, Long> leftOut() {
        return Map.copyOf(leftOut);
    }

    @Override
    public long written() {
        return written;
    }

    @Override
    public void close() throws IOException {
        capture.close();
    }
}
