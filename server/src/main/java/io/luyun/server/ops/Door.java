package io.luyun.server.ops;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in with what: rates, logins, scopes, Origin. Looks at the head of a request, before its body is read. Owned by the
 * face's thread.
 */
final class Door {
    /** Name of the cookie of a session. */
    static final String COOKIE = "luyun";

    private static final String BEARER = "Bearer ";
    private static final Set<String> SAFE = Set.of("GET", "HEAD");

    private final List<String> schemes;
    private final Logins logins;
    private final RateLimit byAddress;
    private final RateLimit byToken;
    private final RateLimit failures;
    private final Refusals refusals;

    /**
     * One for these logins.
     *
     * @param encrypted whether pages of this server come over TLS from this server itself
     * @param byAddress what an address may ask
     * @param byToken what the holder of a token may ask
     * @param failures wrong tokens an address may show
     * @param refusals writes down what people may not
     */
    Door(
            final boolean encrypted,
            final Logins logins,
            final RateLimit byAddress,
            final RateLimit byToken,
            final RateLimit failures,
            final Refusals refusals) {
        this.schemes = encrypted ? List.of("https://") : List.of("http://", "https://");
        this.logins = logins;
        this.byAddress = byAddress;
        this.byToken = byToken;
        this.failures = failures;
        this.refusals = refusals;
    }

    /** Counts a request of an address. */
    void admit(final String address) {
        if (!byAddress.take(address)) {
            throw tooMany("requests from " + address, byAddress.waitSeconds(address));
        }
    }

    /**
     * Who asks, when that is somebody who may have this done.
     *
     * @throws Problem when one may not
     */
    Caller caller(final HttpRequest request, final String address, final Route route) {
        final Scope scope = route.scope();
        if (scope == null) {
            return Caller.LOCAL;
        }
        final String token = bearer(request.headers());
        final Caller caller =
                logins.open() ? Caller.LOCAL : token == null ? bySession(request) : byToken(token, address);
        if (caller == null) {
            if (token != null) {
                refusals.note("login", "unknown", Reception.pathOf(request), address);
            }
            throw Problem.of(401, "not-logged-in", "log in with a token, or send it as Authorization: Bearer TOKEN")
                    .with("www-authenticate", "Bearer");
        }
        if (!caller.scope().includes(scope)) {
            if (!route.change().isEmpty()) {
                refusals.note(route.change(), caller.name(), Reception.pathOf(request), address);
            }
            throw Problem.of(
                    403,
                    "not-allowed",
                    "needs scope " + scope.label() + ", has " + caller.scope().label());
        }
        if (!byToken.take(caller.name())) {
            throw tooMany("requests of " + caller.name(), byToken.waitSeconds(caller.name()));
        }
        return caller;
    }

    /** Refuses what a page from elsewhere had the browser send. */
    void checkOrigin(final HttpRequest request, final boolean always) {
        if (!always && SAFE.contains(request.method().name())) {
            return;
        }
        final List<String> origins = request.headers().getAll(HttpHeaderNames.ORIGIN);
        final String host = request.headers().get(HttpHeaderNames.HOST, "");
        final boolean program = origins.isEmpty() && bearer(request.headers()) != null && !logins.open();
        final boolean same = origins.size() == 1
                && schemes.stream().anyMatch(scheme -> origins.getFirst().equalsIgnoreCase(scheme + host));
        if (!program && !same) {
            throw Problem.of(
                    403,
                    "foreign-origin",
                    "Origin must be that of this server, or be absent where the token is sent as Bearer");
        }
    }

    /** Whether whoever opened this with this request is still logged in. */
    BooleanSupplier watch(final HttpRequest request) {
        final String token = bearer(request.headers());
        final String secret = secret(request.headers().get(HttpHeaderNames.COOKIE));
        if (logins.open()) {
            return () -> true;
        }
        if (token != null) {
            final Caller opened = logins.byToken(token);
            return () -> opened != null && opened.equals(logins.byToken(token));
        }
        return () -> secret != null && logins.bySecret(secret) != null;
    }

    /** The session's secret in a Cookie header; null for none. */
    static @Nullable String secret(final @Nullable String header) {
        if (header == null) {
            return null;
        }
        for (final Cookie cookie : ServerCookieDecoder.STRICT.decode(header)) {
            if (cookie.name().equals(COOKIE)) {
                return cookie.value();
            }
        }
        return null;
    }

    /** Refuses an address that has shown too many wrong tokens. */
    static void checkFailures(final RateLimit failures, final String address) {
        if (failures.spent(address)) {
            throw tooMany("wrong tokens from " + address, failures.waitSeconds(address));
        }
    }

    private @Nullable Caller bySession(final HttpRequest request) {
        final String secret = secret(request.headers().get(HttpHeaderNames.COOKIE));
        return secret == null ? null : logins.bySecret(secret);
    }

    private @Nullable Caller byToken(final String token, final String address) {
        checkFailures(failures, address);
        final Caller caller = logins.byToken(token);
        if (caller == null) {
            failures.take(address);
        }
        return caller;
    }

    private static @Nullable String bearer(final HttpHeaders headers) {
        final String value = headers.get(HttpHeaderNames.AUTHORIZATION);
        return value != null && value.startsWith(BEARER) ? value.substring(BEARER.length()) : null;
    }

    private static Problem tooMany(final String what, final long seconds) {
        return Problem.of(429, "too-many", "too many " + what + "; again in " + seconds + " s")
                .with("retry-after", Long.toString(seconds));
    }
}
