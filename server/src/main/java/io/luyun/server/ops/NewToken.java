package io.luyun.server.ops;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * A token that nobody has had yet.
 *
 * @param token what its holder keeps; not stored anywhere
 * @param line what the file of tokens needs to know it again
 */
public record NewToken(String token, String line) {
    private static final int BYTES = 32;

    /**
     * Makes one.
     *
     * @param name of its holder: letters, digits, dots, underscores, hyphens and at signs, at most 64
     * @throws IllegalArgumentException when the name is none; one line
     */
    public static NewToken of(final String name, final Scope scope) {
        if (!TokenFile.NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "NAME " + name + ": must be 1 to 64 letters, digits, dots, underscores, hyphens and at signs");
        }
        final byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        final String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return new NewToken(token, name + ":" + scope.label() + ":" + Logins.sha256(token));
    }
}
