package io.luyun.server.ops;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param name the name of its token; {@code local} where there are no tokens
 * @param scope the highest scope it has
 * @param expiresAt when it has to log in again; null for never
 */
public record Caller(String name, Scope scope, @Nullable Instant expiresAt) {
    /** Whoever is on this machine, where no tokens are configured. */
    public static final Caller LOCAL = new Caller("local", Scope.OPERATE, null);
}
