package io.luyun.server.exchange.pcap;

import io.luyun.proto.codec.Violation;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.RsuEnvelope;
import io.luyun.proto.uper.UperDecoder;
import io.luyun.proto.v1.MessageKind;
import io.luyun.server.exchange.intake.ContentCheck;
import io.luyun.server.exchange.intake.ImportAccount;
import io.luyun.server.exchange.intake.ImportSource;
import io.luyun.server.exchange.intake.NewRecording;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The UPER frames in the datagrams of a capture, bare or in envelopes. A frame is its envelope's unit's, a bare one that of whom the
 * capture calls its sender, else of the sender's address; where {@link PcapExporter} wrote the capture it is always who it says. What
 * cannot be read is counted; a frame that is only read in part is kept besides as it came. One thread.
 */
public final class PcapImport implements ImportSource {
    private static final int MOST_CANONICAL = 1 << 17;
    private static final String TOPIC = "udp";

    private final CaptureReader capture;
    private final Dialect dialect;
    private final int port;
    private final boolean keepUnread;
    private final RsuEnvelope envelope = new RsuEnvelope();
    private final UperDecoder decoder = new UperDecoder();
    private final ContentCheck check = new ContentCheck();
    private final UnsafeBuffer canonical = new UnsafeBuffer(new byte[MOST_CANONICAL]);
    private final UnsafeBuffer in = new UnsafeBuffer(0, 0);
    private final ImportAccount account = new ImportAccount();
    private final Queue<Found> waiting = new ArrayDeque<>();
    private long timeNs;
    private @Nullable Found current;
    private boolean broken;

    /**
     * Something of a datagram that goes into the journal.
     *
     * @param kind of the message, 0 for what is kept raw
     * @param reason why it is kept raw
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Found(int kind, String device, byte[] bytes, String reason) {}

    /**
     * Opens a capture.
     *
     * @param port only datagrams to this port; 0 for all
     * @param keepUnread whether frames that cannot be read, or break a rule, become RAW records; one with a payment that can be read
     *     never does, but a payment damaged on its way may be among them
     * @throws CaptureException when it is none
     */
    public PcapImport(final Path file, final Dialect dialect, final int port, final boolean keepUnread)
            throws IOException {
        capture = new CaptureReader(file);
        this.dialect = dialect;
        this.port = port;
        this.keepUnread = keepUnread;
    }

    @Override
    public boolean next() throws IOException {
        current = null;
        while (waiting.isEmpty() && !broken) {
            try {
                if (!capture.next()) {
                    return false;
                }
            } catch (final CaptureException e) {
                broken = true;
                account.damage(List.of(String.valueOf(e.getMessage())));
                return false;
            }
            timeNs = capture.timeNs();
            take(Datagram.of(capture.linkType(), capture.packet()));
        }
        current = waiting.poll();
        return current != null;
    }

    private void take(final Datagram datagram) throws IOException {
        final String problem = datagram.problem();
        if (problem != null) {
            if (problem.contains("cut short") || problem.contains("fragment")) {
                account.lose(problem);
            } else {
                account.leaveOut(problem);
            }
        } else if (port != 0 && datagram.port() != port) {
            account.leaveOut("to another port");
        } else if (timeNs <= 0 || timeNs > ImportSource.LAST_NS) {
            account.lose("a time before 1970 or after 2200");
        } else {
            read(datagram);
        }
    }

    private void read(final Datagram datagram) throws IOException {
        final byte[] octets = datagram.payload();
        in.wrap(octets);
        final String sender = sender(datagram.source());
        final String refused = decode(0, octets.length, sender);
        if (refused == null) {
            return;
        }
        if (!envelope.wrap(in, 0, octets.length)) {
            lose(refused, sender, octets);
            return;
        }
        final String unit = ours() ? sender : UnitIds.text(in.getLong(0, ByteOrder.BIG_ENDIAN));
        while (envelope.next()) {
            final String within = decode(envelope.frameOffset(), envelope.frameLength(), unit);
            if (within != null) {
                lose(within, unit, octets(envelope.frameOffset(), envelope.frameLength()));
            }
        }
    }

    private void lose(final String why, final String device, final byte[] octets) {
        account.lose((keepUnread ? "kept raw: " : "") + why);
        if (keepUnread) {
            waiting.add(new Found(0, device, octets, why));
        }
    }

    /** Adds the message, or keeps or counts it where it breaks a rule; why it is no message, else. */
    private @Nullable String decode(final int offset, final int length, final String device) {
        final int size = decoder.decode(dialect, in, offset, length, canonical, 0);
        final Violation violation = decoder.violation();
        if (size < 0 || violation != null) {
            return violation == null ? "no frame" : ContentCheck.text(violation);
        }
        final int kind = decoder.messageKind();
        final String problem = check.problem(kind, canonical, 0, size);
        if (problem != null && kind == MessageKind.MESSAGE_KIND_VPM_VALUE) {
            account.lose(problem);
            return null;
        }
        if (problem != null) {
            lose(problem, device, octets(offset, length));
            return null;
        }
        final byte[] message = new byte[size];
        canonical.getBytes(0, message);
        waiting.add(new Found(kind, device, message, ""));
        if (decoder.unreadExtensions() > 0) {
            waiting.add(new Found(0, device, octets(offset, length), "additions that are not read"));
        }
        return null;
    }

    private byte[] octets(final int offset, final int length) {
        final byte[] octets = new byte[length];
        in.getBytes(offset, octets);
        return octets;
    }

    private boolean ours() {
        return capture.application().equals(CaptureWriter.APPLICATION);
    }

    private String sender(final byte[] address) throws IOException {
        if (address.length == Integer.BYTES) {
            final String name = capture.nameOf(ByteBuffer.wrap(address).getInt());
            if (!name.isEmpty()) {
                return name;
            }
        }
        return InetAddress.getByAddress(address).getHostAddress();
    }

    @Override
    public long timeNs() {
        return timeNs;
    }

    @Override
    public void give(final NewRecording to) {
        final Found found = Objects.requireNonNull(current, "nothing to give before the next");
        if (found.kind() == 0) {
            to.raw(found.device(), TOPIC, timeNs, found.bytes(), found.reason());
        } else {
            to.message(found.kind(), found.device(), timeNs, new UnsafeBuffer(found.bytes()), found.bytes().length);
        }
        account.record();
    }

    @Override
    public long octetsRead() {
        return capture.octetsRead();
    }

    @Override
    public ImportAccount account() {
        return account;
    }

    @Override
    public void close() throws IOException {
        capture.close();
    }
}
