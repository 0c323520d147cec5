package io.luyun.benchmarks.torture.rights;

import io.luyun.proto.v1.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A line of the registry.
 *
 * @param id of the device, or how it begins and *
 * @param device a device of this line
 * @param token its token; null where it has none
 * @param certificate whether it has one; it names the device
 * @param kinds all it may send; empty for those of its role
 * @param bound whether it is bound to one message id and to an area
 * @param subscribes what the line says of it; null for nothing
 * @param udp how its datagrams come; empty for not at all
 */
record Entry(
        String id,
        String device,
        Role role,
        @Nullable String token,
        boolean certificate,
        Set<String> kinds,
        boolean bound,
        @Nullable Boolean subscribes,
        String udp) {
    static final String OWN_ID = "0102030405060708";
    static final String SOUTH_WEST = "south: 29.5, west: 106.2";
    static final String NORTH_EAST = "north: 29.7, east: 106.4";

    /** Devices of every role that prove themselves in every way. */
    static List<Entry> all() {
        final Set<String> unit = Set.of("BSM", "RSM", "RSI", "SPAT", "MAP");
        return List.of(
                new Entry("obu-1", "obu-1", Role.ROLE_OBU, null, true, Set.of(), false, null, ""),
                new Entry("obu-2", "obu-2", Role.ROLE_OBU, tokenOf("obu-2"), false, Set.of("BSM"), true, null, ""),
                new Entry("obu-3", "obu-3", Role.ROLE_OBU, tokenOf("obu-3"), true, Set.of(), true, true, ""),
                new Entry("van-*", "van-7", Role.ROLE_OBU, null, true, Set.of("BSM", "VPM"), false, false, ""),
                new Entry(
                        "rsu-1",
                        "rsu-1",
                        Role.ROLE_RSU,
                        tokenOf("rsu-1"),
                        false,
                        unit,
                        true,
                        true,
                        "dialect: 2019, udp: {source: 127.0.0.1, envelopeId: RIGHTS-1}"),
                new Entry(
                        "rsu-2",
                        "rsu-2",
                        Role.ROLE_RSU,
                        null,
                        true,
                        Set.of(),
                        false,
                        null,
                        "dialect: 2019, udp: {source: 127.0.0.2}"),
                new Entry("centre", "centre", Role.ROLE_OPERATOR, tokenOf("centre"), false, Set.of(), false, null, ""),
                new Entry("watch", "watch", Role.ROLE_OBSERVER, tokenOf("watch"), false, Set.of(), false, null, ""));
    }

    /** The token of a device, whether it has one or not. */
    static String tokenOf(final String device) {
        return "token of " + device;
    }

    /** The same with a token that nobody has. */
    Entry withAnotherToken() {
        return new Entry(id, device, role, "a token nobody has", certificate, kinds, bound, subscribes, udp);
    }

    /** Its line in the registry. */
    String yaml() {
        final List<String> parts = new ArrayList<>();
        parts.add("id: \"" + id + "\", role: " + role.name().substring("ROLE_".length()));
        if (token != null) {
            parts.add("tokenSha256: " + Authority.sha256(token));
        }
        if (certificate) {
            parts.add("certificate: \"*\"");
        }
        if (!kinds.isEmpty()) {
            parts.add("kinds: [" + String.join(", ", kinds) + "]");
        }
        if (bound) {
            parts.add("ids: [\"" + OWN_ID + "\"], area: {" + SOUTH_WEST + ", " + NORTH_EAST + "}");
        }
        if (subscribes != null) {
            parts.add("subscribe: " + subscribes);
        }
        if (!udp.isEmpty()) {
            parts.add(udp);
        }
        return "  - {" + String.join(", ", parts) + "}\n";
    }
}
