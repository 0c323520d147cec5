package io.luyun.server.ops;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is logged in. A session holds for as long as its token stands in the file, and at most so long; what the browser keeps is random
 * and known here by its hash alone. Without a file everybody is {@link Caller#LOCAL}. Any thread.
 */
final class Logins {
    private static final int SESSIONS = 1_000;
    private static final int SECRET_BYTES = 32;
    private static final long LOOK_MILLIS = 1_000;

    private final @Nullable TokenFile tokens;
    private final Duration longest;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> sessions = new HashMap<>();
    private long lookedAtMillis;

    private record Session(String tokenSha256, TokenFile.Holder holder, Instant expiresAt) {}

    /**
     * A session that has begun.
     *
     * @param secret what the browser is to keep
     */
    record Begun(String secret, Caller caller) {}

    Logins(final @Nullable TokenFile tokens, final Duration longest, final InstantSource clock) {
        this.tokens = tokens;
        this.longest = longest;
        this.clock = clock;
    }

    /** Whether nobody has to log in. */
    boolean open() {
        return tokens == null;
    }

    /** Who has this token; null for nobody. */
    @Nullable
    Caller byToken(final String token) {
        final TokenFile.Holder holder = holder(sha256(token));
        return holder == null ? null : new Caller(holder.name(), holder.scope(), null);
    }

    /** Who has this session; null for nobody. */
    synchronized @Nullable Caller bySecret(final String secret) {
        final String key = sha256(secret);
        final Session session = sessions.get(key);
        if (session == null) {
            return null;
        }
        final TokenFile.Holder holder = holder(session.tokenSha256);
        if (holder == null || !clock.instant().isBefore(session.expiresAt) || !session.holder.equals(holder)) {
            sessions.remove(key);
            return null;
        }
        return new Caller(holder.name(), holder.scope(), session.expiresAt);
    }

    /** Begins a session; null when it is nobody's token. */
    synchronized @Nullable Begun begin(final String token) {
        final String tokenSha256 = sha256(token);
        final TokenFile.Holder holder = holder(tokenSha256);
        if (holder == null) {
            return null;
        }
        makeRoom();
        final byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        final String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        final Instant until = clock.instant().plus(longest);
        sessions.put(sha256(secret), new Session(tokenSha256, holder, until));
        return new Begun(secret, new Caller(holder.name(), holder.scope(), until));
    }

    /** Ends a session. */
    synchronized void end(final String secret) {
        sessions.remove(sha256(secret));
    }

    static String sha256(final String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private synchronized TokenFile.@Nullable Holder holder(final String tokenSha256) {
        if (tokens == null) {
            return null;
        }
        final long now = clock.millis();
        if (Math.abs(now - lookedAtMillis) >= LOOK_MILLIS) {
            lookedAtMillis = now;
            tokens.look();
        }
        return tokens.holder(tokenSha256);
    }

    private void makeRoom() {
        final Instant now = clock.instant();
        sessions.values().removeIf(session -> !now.isBefore(session.expiresAt));
        if (sessions.size() >= SESSIONS) {
            sessions.entrySet().stream()
                    .min(Comparator.comparing(entry -> entry.getValue().expiresAt()))
                    .map(Map.Entry::getKey)
                    .ifPresent(sessions::remove);
        }
    }
}
