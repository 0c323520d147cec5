package io.luyun.benchmarks.torture.rights;

import io.luyun.proto.v1.Role;
import java.util.List;
import java.util.Set;

/** What is to be allowed, from the words of the documentation alone: it shares no line with the server. */
final class Oracle {
    private static final Set<String> OBU = Set.of("BSM", "VIR", "PSM", "CLPMM");
    private static final Set<String> RSU = Set.of("RSM", "RSI", "SPAT", "MAP", "TEST", "RTCM", "RSC", "SSM", "PAM");
    /** Kinds that name no sender. */
    private static final Set<String> WITHOUT_ID = Set.of("SPAT", "MAP", "PAM", "TEST", "RTCM");
    /** Kinds that name no place. */
    private static final Set<String> WITHOUT_PLACE = Set.of("SPAT", "TEST", "RTCM", "CLPMM");

    /** Scopes, each including those before it. */
    private static final List<String> SCOPES = List.of("nobody", "read", "operate", "admin");

    private Oracle() {}

    /** Whether the proof makes somebody the device of this line. A certificate decides where the line has one and one is shown. */
    static boolean proves(final Entry entry, final Proof proof) {
        return switch (proof.certificate()) {
            case REVOKED, EXPIRED, OTHER_AUTHORITY -> false;
            case RIGHT -> entry.certificate() || byToken(entry, proof);
            case FOREIGN -> !entry.certificate() && byToken(entry, proof);
            case NONE -> byToken(entry, proof);
        };
    }

    private static boolean byToken(final Entry entry, final Proof proof) {
        return entry.token() != null && proof.token() == Proof.Said.RIGHT;
    }

    /** Whether a device may send a message of this kind. */
    static boolean sends(final Entry entry, final String kind, final boolean inside, final boolean ownId) {
        final Set<String> kinds = !entry.kinds().isEmpty()
                ? entry.kinds()
                : entry.role() == Role.ROLE_OBU ? OBU : entry.role() == Role.ROLE_RSU ? RSU : Set.of();
        return !kind.equals("VPM")
                && kinds.contains(kind)
                && (!entry.bound()
                        || ((inside || WITHOUT_PLACE.contains(kind)) && (ownId || WITHOUT_ID.contains(kind))));
    }

    /** Whether a device may watch the road. */
    static boolean watches(final Entry entry) {
        final Boolean said = entry.subscribes();
        return said == null ? entry.role() == Role.ROLE_OPERATOR || entry.role() == Role.ROLE_OBSERVER : said;
    }

    /** Whether a device may acknowledge alerts. */
    static boolean acknowledges(final Entry entry) {
        return entry.role() == Role.ROLE_OPERATOR;
    }

    /** Whether who has a scope may ask what needs another. */
    static boolean asks(final String has, final String needs) {
        return SCOPES.indexOf(has) >= SCOPES.indexOf(needs);
    }

    /** What a request to the HTTP face needs. */
    static String scopeOf(final String method, final String pattern) {
        return switch (pattern) {
            case "/livez", "/readyz", "/metrics", "/api/v1/openapi.json" -> "nobody";
            case "/api/v1/session" -> method.equals("GET") ? "read" : "nobody";
            case "/api/v1/audit" -> "admin";
            default -> method.equals("GET") ? "read" : "operate";
        };
    }
}
