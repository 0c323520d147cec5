package io.luyun.server.session;

import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** The devices whose datagrams come from one address. Built once, then only read; reading allocates nothing. */
public final class UdpSenders {
    private final Long2ObjectHashMap<String> byEnvelope = new Long2ObjectHashMap<>();
    private final Int2ObjectHashMap<String> byPort = new Int2ObjectHashMap<>();
    private @Nullable String bare;
    /** A device with a longer prefix takes bare frames of all ports that come after. */
    private boolean closed;

    UdpSenders() {}

    /** The device whose envelopes have this id, first octet highest; null when none does. */
    public @Nullable String enveloped(final long envelopeId) {
        return byEnvelope.get(envelopeId);
    }

    /** Whether any device here sends envelopes. */
    public boolean envelopes() {
        return !byEnvelope.isEmpty();
    }

    /** The device whose bare frames come from this port; null when none does. */
    public @Nullable String bare(final int port) {
        final String device = byPort.get(port);
        return device == null ? bare : device;
    }

    /** What is added from here on has a shorter prefix than what was added before. */
    void beginNetwork() {
        closed = bare != null;
    }

    void add(final UdpSource source, final String device) {
        final Long envelopeId = source.envelopeId();
        if (envelopeId != null) {
            byEnvelope.putIfAbsent(envelopeId, device);
        } else if (!closed && source.port() != UdpSource.ANY_PORT) {
            byPort.putIfAbsent(source.port(), device);
        } else if (!closed) {
            bare = device;
        }
    }
}
