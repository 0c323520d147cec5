package io.luyun.server.ops;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/** Logging in and out. Any thread. */
final class SessionRoutes {
    private static final String PATH = "/api/v1/session";
    private static final int LONGEST_TOKEN = 512;

    private final boolean encrypted;
    private final Logins logins;
    private final Changes changes;
    private final Duration longest;
    private final RateLimit failures;

    SessionRoutes(
            final boolean encrypted,
            final Logins logins,
            final Changes changes,
            final Duration longest,
            final RateLimit failures) {
        this.encrypted = encrypted;
        this.logins = logins;
        this.changes = changes;
        this.longest = longest;
        this.failures = failures;
    }

    List<Route> routes() {
        return List.of(
                Route.quick(PATH, Scope.READ, request -> session(request.caller())),
                new Route("POST", PATH, null, Route.Pace.SLOW, "", this::begin),
                new Route("DELETE", PATH, null, Route.Pace.SLOW, "", this::end));
    }

    private static Answer session(final Caller caller) {
        final ObjectNode session = JsonNodeFactory.instance.objectNode();
        session.put("name", caller.name());
        final var scopes = session.putArray("scopes");
        caller.scope().all().forEach(scope -> scopes.add(scope.label()));
        session.put(
                "expiresAt",
                caller.expiresAt() == null ? null : caller.expiresAt().toString());
        return Answer.json(session);
    }

    private Answer begin(final Request request) {
        final String token = Request.text(request.json(List.of("token")), "token", LONGEST_TOKEN);
        if (logins.open()) {
            throw Problem.of(409, "open", "this server has no tokens: nobody needs to log in");
        }
        Door.checkFailures(failures, request.address());
        final Logins.Begun begun = logins.begin(token);
        if (begun == null) {
            failures.take(request.address());
            changes.note("login-refused", "unknown", request);
            throw Problem.of(401, "not-logged-in", "no such token");
        }
        changes.note("login", begun.caller().name(), request);
        return Answer.empty(204).with("set-cookie", cookie(begun.secret(), longest.toSeconds()));
    }

    private Answer end(final Request request) {
        final String secret = Door.secret(request.header().apply("cookie"));
        final Caller caller = secret == null ? null : logins.bySecret(secret);
        if (secret != null && caller != null) {
            logins.end(secret);
            changes.note("logout", caller.name(), request);
        }
        return Answer.empty(204).with("set-cookie", cookie("", 0));
    }

    private String cookie(final String value, final long seconds) {
        return Door.COOKIE + "=" + value + "; HttpOnly; SameSite=Strict; Path=/; Max-Age=" + seconds
                + (encrypted ? "; Secure" : "");
    }
}
