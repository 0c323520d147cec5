package io.luyun.server.datagram;

import io.luyun.proto.uper.RsuEnvelope;
import io.luyun.proto.uper.UperDecoder;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.session.DeviceRegistry;
import io.luyun.server.session.Line;
import io.luyun.server.session.Refusal;
import io.luyun.server.session.Session.Outcome;
import io.luyun.server.session.Sessions;
import io.luyun.server.session.UdpRules;
import io.luyun.server.session.UdpSenders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds whose a datagram is and hands it to that device's session, which it opens with the first one. What is nobody's is
 * counted and dropped. Owned by the thread of the port.
 *
 * <p>A datagram whose first eight octets are the id of an envelope registered for the sender's address is that device's; any
 * other is a bare frame of the device registered for the address, or the address and port, without an envelope.
 */
public final class DatagramDesk {
    private static final Logger LOG = LoggerFactory.getLogger(DatagramDesk.class);
    private static final int ADDRESSES_MAX = 8_192;
    private static final int CANONICAL_INITIAL = 16_384;

    private final Sessions sessions;
    private final DeviceRegistry registry;
    private final Line line;
    private final EpochNanoClock clock;
    private final Counters counters;
    private final int maxDatagramBytes;
    private final RsuEnvelope envelope = new RsuEnvelope();
    private final UperDecoder uper = new UperDecoder();
    private final MutableDirectBuffer canonical = new ExpandableArrayBuffer(CANONICAL_INITIAL);
    private final MessageGaps gaps;
    private final Map<String, DatagramSession> byDevice = new HashMap<>();
    /** Addresses heard from that are some device's; forgotten when there are too many, or other rules hold. */
    private final Map<InetAddress, UdpSenders> byAddress = new HashMap<>();

    private final RareLog unknownLog = new RareLog();
    private final RareLog refusedLog = new RareLog();
    private UdpRules rules;
    private int opened;

    public DatagramDesk(final Sessions sessions, final Sessions.Environment env, final UdpConfig config) {
        this.sessions = sessions;
        this.registry = env.registry();
        this.line = env.line();
        this.clock = env.clock();
        this.counters = env.counters();
        this.maxDatagramBytes = config.maxDatagramBytes();
        this.gaps = new MessageGaps(counters);
        this.rules = registry.udp();
    }

    /**
     * A datagram.
     *
     * @return LATER when part of it or all has to wait: hand in the same again before any other
     */
    public Outcome onDatagram(
            final InetSocketAddress sender,
            final DirectBuffer in,
            final int offset,
            final int length,
            final long nowNs) {
        final DatagramSession session = find(sender, in, offset, length, nowNs);
        if (session == null) {
            return Outcome.TAKEN;
        }
        if (length > maxDatagramBytes) {
            counters.increment(Counter.UDP_REFUSED);
            counters.increment(Counter.REFUSED_FRAME_TOO_LONG);
            return Outcome.TAKEN;
        }
        return session.onDatagram(sender, in, offset, length, nowNs);
    }

    Sessions sessions() {
        return sessions;
    }

    RsuEnvelope envelope() {
        return envelope;
    }

    UperDecoder uper() {
        return uper;
    }

    /** Where a decoded message is put. */
    MutableDirectBuffer canonical() {
        return canonical;
    }

    MessageGaps gaps() {
        return gaps;
    }

    void onRefused(final String device, final Refusal refusal) {
        final long nowNs = clock.nanoTime();
        if (refusedLog.on(nowNs)) {
            LOG.warn(
                    "refused {} times in datagrams of devices, the last of {}: {} {} {} {}",
                    refusedLog.count(nowNs),
                    device,
                    refusal.code(),
                    refusal.field(),
                    refusal.value(),
                    refusal.rule());
        }
    }

    private @Nullable DatagramSession find(
            final InetSocketAddress sender,
            final DirectBuffer in,
            final int offset,
            final int length,
            final long nowNs) {
        final String device = device(sender, in, offset, length);
        if (device == null) {
            onUnknown(sender, nowNs);
            return null;
        }
        final DatagramSession known = byDevice.get(device);
        if (known != null && !known.ended()) {
            return known;
        }
        if (line.refusal() != null) {
            counters.increment(Counter.REFUSED_UNAVAILABLE);
            counters.increment(Counter.UDP_REFUSED);
            return null;
        }
        return open(device, sender, nowNs);
    }

    private @Nullable DatagramSession open(final String device, final InetSocketAddress sender, final long nowNs) {
        final DatagramSession session = new DatagramSession(this, new Unreachable(), ++opened);
        if (!session.open(device, nowNs)) {
            onUnknown(sender, nowNs);
            return null;
        }
        byDevice.put(device, session);
        return session;
    }

    private @Nullable String device(
            final InetSocketAddress sender, final DirectBuffer in, final int offset, final int length) {
        final UdpSenders senders = senders(sender.getAddress());
        if (senders == null) {
            return null;
        }
        final String enveloped = senders.envelopes() && length >= Long.BYTES
                ? senders.enveloped(in.getLong(offset, ByteOrder.BIG_ENDIAN))
                : null;
        return enveloped == null ? senders.bare(sender.getPort()) : enveloped;
    }

    @SuppressWarnings("ReferenceEquality") // a reload makes another object
    private @Nullable UdpSenders senders(final InetAddress address) {
        final UdpRules now = registry.udp();
        if (now != rules) {
            rules = now;
            byAddress.clear();
        }
        final UdpSenders known = byAddress.get(address);
        if (known != null) {
            return known;
        }
        final UdpSenders found = rules.at(address);
        if (found != null) {
            if (byAddress.size() >= ADDRESSES_MAX) {
                byAddress.clear();
            }
            byAddress.put(address, found);
        }
        return found;
    }

    private void onUnknown(final InetSocketAddress sender, final long nowNs) {
        counters.increment(Counter.REFUSED_UNKNOWN_SOURCE);
        counters.increment(Counter.UDP_REFUSED);
        if (unknownLog.on(nowNs)) {
            LOG.warn(
                    "{} datagrams dropped that no device of the registry sends, the last from {}",
                    unknownLog.count(nowNs),
                    sender);
        }
    }
}
