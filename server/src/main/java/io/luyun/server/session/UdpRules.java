package io.luyun.server.session;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which devices datagrams from an address are of. A longer prefix goes before a shorter one; within the same, a port before
 * any port. Immutable; any thread.
 */
public final class UdpRules {
    private final Map<UdpSource.Network, List<Rule>> byNetwork;
    /** Lengths of prefixes there are, the longest first. */
    private final int[] prefixes;

    /** One device's. */
    private record Rule(UdpSource source, String device) {}

    private UdpRules(final Map<UdpSource.Network, List<Rule>> byNetwork, final int[] prefixes) {
        this.byNetwork = byNetwork;
        this.prefixes = prefixes;
    }

    /** The rules of a registry's entries; fails with one line where two devices have the same. */
    static UdpRules of(final Map<String, DeviceEntry> entries) {
        final Map<UdpSource.Network, List<Rule>> byNetwork = new HashMap<>();
        final Map<UdpSource, String> taken = new HashMap<>();
        final Set<Integer> prefixes = new HashSet<>();
        for (final Map.Entry<String, DeviceEntry> entry : new TreeMap<>(entries).entrySet()) {
            final UdpSource source = entry.getValue().language().udp();
            if (source == null) {
                continue;
            }
            final String other = taken.put(source, entry.getKey());
            if (other != null) {
                throw new IllegalArgumentException(
                        "udp of " + other + " and of " + entry.getKey() + " is the same: source, port and envelopeId");
            }
            byNetwork.computeIfAbsent(source.network(), _ -> new ArrayList<>()).add(new Rule(source, entry.getKey()));
            prefixes.add(source.network().prefixBits());
        }
        return new UdpRules(
                byNetwork,
                prefixes.stream()
                        .mapToInt(bits -> -bits)
                        .sorted()
                        .map(bits -> -bits)
                        .toArray());
    }

    /** Whose datagrams come from this address; null when nobody's do. Allocates: keep the answer. */
    public @Nullable UdpSenders at(final InetAddress address) {
        UdpSenders senders = null;
        for (final int bits : prefixes) {
            final List<Rule> rules = byNetwork.get(UdpSource.Network.of(address, bits));
            if (rules != null) {
                senders = senders == null ? new UdpSenders() : senders;
                senders.beginNetwork();
                for (final Rule rule : rules) {
                    senders.add(rule.source(), rule.device());
                }
            }
        }
        return senders;
    }
}
