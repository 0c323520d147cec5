package io.luyun.benchmarks.torture.rights;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** Everything every device may show: its own, another's, what is revoked, has ended or is of somebody else. */
final class Keyring {
    private final Authority authority;
    private final SSLContext anonymous;
    private final Map<String, Map<Proof.Shown, Authority.Issued>> byDevice = new HashMap<>();

    Keyring(final Authority authority, final Authority other, final List<Entry> entries)
            throws GeneralSecurityException, IOException {
        this.authority = authority;
        anonymous = authority.anonymous();
        for (final Entry entry : entries) {
            final String device = entry.device();
            final Authority.Issued revoked = authority.client(device, false, authority);
            authority.revoke(revoked);
            byDevice.put(
                    device,
                    Map.of(
                            Proof.Shown.RIGHT, authority.client(device, false, authority),
                            Proof.Shown.FOREIGN, authority.client("not " + device, false, authority),
                            Proof.Shown.REVOKED, revoked,
                            Proof.Shown.EXPIRED, authority.client(device, true, authority),
                            Proof.Shown.OTHER_AUTHORITY, other.client(device, false, authority)));
        }
    }

    /** How a connection is encrypted that shows this. */
    SSLContext context(final String device, final Proof.Shown shown) {
        return shown == Proof.Shown.NONE ? anonymous : issued(device, shown).context();
    }

    /** Revokes the right certificate of a device. */
    void revoke(final String device) throws GeneralSecurityException, IOException {
        authority.revoke(issued(device, Proof.Shown.RIGHT));
    }

    /** What a device says to be its token. */
    static String token(final String device, final Proof.Said said) {
        return switch (said) {
            case NONE -> "";
            case RIGHT -> Entry.tokenOf(device);
            case FOREIGN -> Entry.tokenOf(device.equals("centre") ? "watch" : "centre");
            case WRONG -> "guess";
        };
    }

    private Authority.Issued issued(final String device, final Proof.Shown shown) {
        final Authority.Issued found = byDevice.getOrDefault(device, Map.of()).get(shown);
        if (found == null) {
            throw new IllegalStateException(device + " has no certificate " + shown);
        }
        return found;
    }
}
