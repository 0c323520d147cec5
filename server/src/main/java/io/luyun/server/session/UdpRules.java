package io.luyun.server.session;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which device a datagram is of: the one with the longest prefix that its address has. Immutable; any thread. */
final class UdpRules {
    /** No device sends datagrams. */
    static final UdpRules NONE = of(Map.of());

    private final Network[] networks;
    private final boolean enveloped;

    /** What is registered under one length of prefix. */
    private record Network(int prefixBits, Map<UdpSource, String> devices) {}

    private UdpRules(final Network[] networks, final boolean enveloped) {
        this.networks = networks;
        this.enveloped = enveloped;
    }

    /** The rules of a registry's entries; fails with one line where two devices have the same. */
    static UdpRules of(final Map<String, DeviceEntry> entries) {
        final Map<Integer, Map<UdpSource, String>> byPrefix = new TreeMap<>(Comparator.reverseOrder());
        boolean enveloped = false;
        for (final Map.Entry<String, DeviceEntry> entry : entries.entrySet()) {
            final UdpSource source = entry.getValue().language().udp();
            if (source != null) {
                final String other = byPrefix.computeIfAbsent(source.prefixBits(), _ -> new HashMap<>())
                        .put(source, entry.getKey());
                if (other != null) {
                    throw new IllegalArgumentException(
                            "udp of " + entry.getKey() + " and of " + other + " is the same: source and envelopeId");
                }
                enveloped |= source.envelopeId() != null;
            }
        }
        final List<Network> networks = byPrefix.entrySet().stream()
                .map(network -> new Network(network.getKey(), Map.copyOf(network.getValue())))
                .toList();
        return new UdpRules(networks.toArray(Network[]::new), enveloped);
    }

    /** Whether any device puts an envelope around its frames. */
    boolean enveloped() {
        return enveloped;
    }

    /** The id of the device that sends from this address with this envelope, or bare; null when none does. */
    @Nullable
    String find(final InetAddress address, final @Nullable Long envelopeId) {
        final long high = UdpSource.high(address);
        final long low = UdpSource.low(address);
        for (final Network network : networks) {
            final int bits = network.prefixBits();
            final String device = network.devices()
                    .get(new UdpSource(
                            high & UdpSource.highMask(bits), low & UdpSource.lowMask(bits), bits, envelopeId));
            if (device != null) {
                return device;
            }
        }
        return null;
    }
}
