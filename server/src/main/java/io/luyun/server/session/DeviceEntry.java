package io.luyun.server.session;

import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Objects;
import org.agrona.collections.LongHashSet;
import org.jspecify.annotations.Nullable;

/** What the registry says of one device, or of all devices whose ids begin alike. Immutable. */
final class DeviceEntry {
    private static final int RSU_KINDS = bit(MessageKind.MESSAGE_KIND_RSM_VALUE)
            | bit(MessageKind.MESSAGE_KIND_RSI_VALUE)
            | bit(MessageKind.MESSAGE_KIND_SPAT_VALUE)
            | bit(MessageKind.MESSAGE_KIND_MAP_VALUE)
            | bit(MessageKind.MESSAGE_KIND_TEST_VALUE)
            | bit(MessageKind.MESSAGE_KIND_RTCM_VALUE)
            | bit(MessageKind.MESSAGE_KIND_RSC_VALUE)
            | bit(MessageKind.MESSAGE_KIND_SSM_VALUE)
            | bit(MessageKind.MESSAGE_KIND_PAM_VALUE);
    private static final int PAYS = bit(MessageKind.MESSAGE_KIND_VPM_VALUE);
    private static final int OBU_KINDS = bit(MessageKind.MESSAGE_KIND_BSM_VALUE)
            | bit(MessageKind.MESSAGE_KIND_VIR_VALUE)
            | bit(MessageKind.MESSAGE_KIND_PSM_VALUE)
            | bit(MessageKind.MESSAGE_KIND_CLPMM_VALUE);

    /** Of nobody: allows nothing. */
    static final DeviceEntry NONE = ofRole(Role.ROLE_UNSPECIFIED);

    private final Role role;
    private final byte @Nullable [] tokenSha256;
    private final @Nullable String certificate;
    private final int kinds;
    private final @Nullable LongHashSet ids;
    private final @Nullable Area area;
    private final boolean subscribes;
    private final Language language;

    /**
     * Takes over its arguments.
     *
     * @param certificate common name of the client certificate; * for the id of the device
     * @param kinds bit set of message kinds; 0 stands for those of the role
     * @param ids message ids it may use, big-endian; null for all
     */
    DeviceEntry(
            final Role role,
            final byte @Nullable [] tokenSha256,
            final @Nullable String certificate,
            final int kinds,
            final @Nullable LongHashSet ids,
            final @Nullable Area area,
            final boolean subscribes,
            final Language language) {
        this.role = role;
        this.tokenSha256 = tokenSha256;
        this.certificate = certificate;
        this.kinds = kinds == 0 ? kindsOf(role) : kinds;
        this.ids = ids;
        this.area = area;
        this.subscribes = subscribes;
        this.language = language;
    }

    /** An entry without proof and with the rights of the role. */
    static DeviceEntry ofRole(final Role role) {
        return new DeviceEntry(role, null, null, 0, null, null, subscribesByDefault(role), Language.NATIVE);
    }

    static boolean subscribesByDefault(final Role role) {
        return role == Role.ROLE_OPERATOR || role == Role.ROLE_OBSERVER;
    }

    static int bit(final int kind) {
        return 1 << kind;
    }

    Role role() {
        return role;
    }

    boolean sends() {
        return kinds != 0;
    }

    boolean allowsKind(final int kind) {
        return kind > 0 && kind < Integer.SIZE && (kinds & bit(kind) & ~PAYS) != 0;
    }

    /** Whether it takes part in payments; {@link #allowsKind} has no VPM all the same, since they go another way. */
    boolean pays() {
        return (kinds & PAYS) != 0;
    }

    boolean narrowsContent() {
        return ids != null || area != null;
    }

    boolean allowsId(final long id) {
        return ids == null || ids.contains(id);
    }

    @Nullable
    Area area() {
        return area;
    }

    boolean subscribes() {
        return subscribes;
    }

    /** What it speaks besides the server's own language. */
    Language language() {
        return language;
    }

    boolean acknowledgesAlerts() {
        return role == Role.ROLE_OPERATOR;
    }

    /**
     * Whether the hello comes from this device.
     *
     * @param commonName of the client certificate; null where there is none
     * @param proofOptional true: an entry that asks for no token needs no proof
     */
    boolean proves(final Hello hello, final @Nullable String commonName, final boolean proofOptional) {
        if (commonName != null && certificate != null) {
            return commonName.equals(certificate.equals("*") ? hello.getDeviceId() : certificate);
        }
        if (tokenSha256 != null) {
            return MessageDigest.isEqual(tokenSha256, sha256(hello.getToken()));
        }
        return proofOptional;
    }

    /** Whether a session opened under this entry may go on under the other. */
    boolean survivesAs(final @Nullable DeviceEntry other) {
        return other != null
                && role == other.role
                && Arrays.equals(tokenSha256, other.tokenSha256)
                && Objects.equals(certificate, other.certificate)
                && language.equals(other.language);
    }

    private static int kindsOf(final Role role) {
        return switch (role) {
            case ROLE_OBU -> OBU_KINDS;
            case ROLE_RSU -> RSU_KINDS;
            default -> 0;
        };
    }

    private static byte[] sha256(final String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
