package io.luyun.server.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens, sessions, scopes, Origin, rates and what the audit log is told. */
final class LoginTest {
    private static final String SESSION = "/api/v1/session";

    private @TempDir Path directory;
    private OpsRig rig;
    private final AtomicInteger changed = new AtomicInteger();

    @BeforeEach
    void start() throws Exception {
        rig = new OpsRig(
                directory,
                true,
                List.of(
                        Route.change("/api/v1/things/{id}", Scope.OPERATE, "thing-changed", request -> {
                            changed.incrementAndGet();
                            if (request.part("id").equals("bad")) {
                                throw Problem.notFound("id", "bad");
                            }
                            return Answer.empty(202);
                        }),
                        Route.quick("/api/v1/secrets", Scope.ADMIN, _ -> Answer.json(List.of()))),
                null);
    }

    @AfterEach
    void closeAndExpectNoErrors() {
        rig.close();
        assertThat(rig.errors.distinct()).isZero();
    }

    @Test
    void nobodySeesAnythingWithoutAToken() throws Exception {
        for (final String path : List.of("/api/v1/status", "/api/v1/traffic", "/api/v1/secrets", SESSION)) {
            final HttpResponse<String> answer = rig.send(path, null);
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
            assertThat(code(answer)).isEqualTo("not-logged-in");
        }
        for (final String path : List.of("/livez", "/readyz", "/metrics", "/api/v1/openapi.json")) {
            assertThat(rig.send(path, null).statusCode()).as(path).isNotEqualTo(401);
        }
    }

    @Test
    void aTokenOpensASessionThatTheBrowserAloneCanShow() throws Exception {
        final HttpResponse<String> answer = rig.send(SESSION, "{\"token\":\"operator-token\"}", "origin", rig.origin());
        assertThat(answer.statusCode()).isEqualTo(204);
        final String cookie = answer.headers().firstValue("set-cookie").orElseThrow();
        assertThat(cookie).contains("; HttpOnly", "; SameSite=Strict", "; Path=/", "; Max-Age=3600");
        final JsonNode session = json(rig.send(SESSION, null, "cookie", cookie.substring(0, cookie.indexOf(';'))));
        assertThat(session.path("name").asText()).isEqualTo("operator");
        assertThat(session.path("scopes").toString()).isEqualTo("[\"read\",\"operate\"]");
        assertThat(session.path("expiresAt").asText()).isEqualTo("2026-11-30T09:00:00Z");
    }

    @Test
    void aSessionEndsWhenItIsEndedWhenItsTimeIsUpAndWhenItsTokenGoes() throws Exception {
        final String ended = rig.login(OpsRig.READER);
        assertThat(status("cookie", ended)).isEqualTo(200);
        assertThat(rig.delete(SESSION, "cookie", ended, "origin", rig.origin()).statusCode())
                .isEqualTo(204);
        assertThat(status("cookie", ended)).isEqualTo(401);

        final String old = rig.login(OpsRig.READER);
        rig.now = rig.now.plus(Duration.ofMinutes(59));
        assertThat(status("cookie", old)).isEqualTo(200);
        rig.now = rig.now.plus(Duration.ofMinutes(1));
        assertThat(status("cookie", old)).isEqualTo(401);

        final String revoked = rig.login(OpsRig.READER);
        Files.writeString(rig.tokens, "admin:admin:" + Logins.sha256(OpsRig.ADMIN) + "\n");
        rig.now = rig.now.plusSeconds(2);
        assertThat(status("cookie", revoked)).isEqualTo(401);
        assertThat(status("authorization", "Bearer " + OpsRig.ADMIN)).isEqualTo(200);
    }

    @Test
    void aFileThatBecomesWrongChangesNothing() throws Exception {
        assertThat(status("authorization", "Bearer " + OpsRig.READER)).isEqualTo(200);
        Files.writeString(rig.tokens, "nonsense\n");
        rig.now = rig.now.plusSeconds(2);
        assertThat(status("authorization", "Bearer " + OpsRig.READER)).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "reader-token, /api/v1/status, 200",
        "reader-token, /api/v1/secrets, 403",
        "operator-token, /api/v1/secrets, 403",
        "admin-token, /api/v1/secrets, 200",
        "admin-token, /api/v1/status, 200",
        "other-token, /api/v1/status, 401",
    })
    void aScopeIncludesThoseBeforeIt(final String token, final String path, final int status) throws Exception {
        assertThat(rig.send(path, null, "authorization", "Bearer " + token).statusCode())
                .isEqualTo(status);
    }

    @Test
    void onlyAPageOfThisServerMayChangeThings() throws Exception {
        final String cookie = rig.login(OpsRig.OPERATOR);
        final String path = "/api/v1/things/7";
        assertThat(rig.send(path, "{}", "cookie", cookie).statusCode()).isEqualTo(403);
        final HttpResponse<String> foreign =
                rig.send(path, "{}", "cookie", cookie, "origin", "http://elsewhere.example");
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(code(foreign)).isEqualTo("foreign-origin");
        assertThat(rig.send(path, "{}", "cookie", cookie, "origin", "null").statusCode())
                .isEqualTo(403);
        assertThat(changed).hasValue(0);
        assertThat(rig.send(path, "{}", "cookie", cookie, "origin", rig.origin())
                        .statusCode())
                .isEqualTo(202);
        assertThat(rig.send(path, "{}", "authorization", "Bearer " + OpsRig.OPERATOR)
                        .statusCode())
                .isEqualTo(202);
        assertThat(rig.send(
                                path,
                                "{}",
                                "authorization",
                                "Bearer " + OpsRig.OPERATOR,
                                "origin",
                                "http://elsewhere.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(rig.send(path, "{}", "authorization", "Bearer " + OpsRig.READER)
                        .statusCode())
                .isEqualTo(403);
        assertThat(changed).hasValue(2);
    }

    @Test
    void everyChangeIsWrittenDownBeforeItIsDoneAndHowItEnded() throws Exception {
        rig.send("/api/v1/things/7", "{\"a\":1}", "authorization", "Bearer " + OpsRig.OPERATOR);
        rig.send("/api/v1/things/bad", "no json", "authorization", "Bearer " + OpsRig.OPERATOR);
        final List<String> lines = rig.auditLines();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0))
                .contains("\"event\":\"thing-changed\"", "\"actor\":\"operator\"", "/api/v1/things/7", "{\"a\":1}")
                .contains("\"address\":\"127.0.0.1\"");
        assertThat(lines.get(1)).contains("\"event\":\"thing-changed-done\"", "\"status\":202", "\"of\":\"");
        assertThat(lines.get(2)).contains("not JSON, 7 bytes");
        assertThat(lines.get(3)).contains("\"status\":404");
    }

    @Test
    void whatIsRefusedToSomebodyIsWrittenDownWithinBounds() throws Exception {
        final String reader = "Bearer " + OpsRig.READER;
        assertThat(rig.send("/api/v1/things/7", "{}", "authorization", reader).statusCode())
                .isEqualTo(403);
        assertThat(rig.send("/api/v1/status", null, "authorization", "Bearer guess")
                        .statusCode())
                .isEqualTo(401);
        Awaitility.await()
                .atMost(5, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(rig.auditLines()).hasSize(2));
        assertThat(rig.auditLines())
                .anySatisfy(line ->
                        assertThat(line).contains("\"thing-changed-refused\"", "\"reader\"", "/api/v1/things/7"))
                .anySatisfy(line -> assertThat(line)
                        .contains("\"login-refused\"", "\"unknown\"")
                        .doesNotContain("guess"));
        for (int i = 0; i < 60; i++) {
            assertThat(rig.send("/api/v1/things/7", "{}", "authorization", reader)
                            .statusCode())
                    .isEqualTo(403);
        }
        rig.send("/api/v1/things/7", "{}", "authorization", "Bearer " + OpsRig.OPERATOR);
        Awaitility.await()
                .during(100, TimeUnit.MILLISECONDS)
                .atMost(5, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(rig.auditLines()).hasSize(30 + 1 + 2));
        assertThat(changed).hasValue(1);
    }

    @Test
    void loginsAreWrittenDownWithoutTheToken() throws Exception {
        final String cookie = rig.login(OpsRig.ADMIN);
        rig.send(SESSION, "{\"token\":\"guess-1\"}", "origin", rig.origin());
        rig.delete(SESSION, "cookie", cookie, "origin", rig.origin());
        final List<String> lines = rig.auditLines();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).contains("\"event\":\"login\"", "\"actor\":\"admin\"");
        assertThat(lines.get(1)).contains("\"event\":\"login-refused\"");
        assertThat(lines.get(2)).contains("\"event\":\"logout\"", "\"actor\":\"admin\"");
        assertThat(String.join("", lines)).doesNotContain("guess-1", OpsRig.ADMIN, cookie.substring(6));
    }

    /** Five a minute of an address; then not even the right one is looked at. */
    @Test
    void wrongTokensAreLimited() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(login("wrong" + i)).isEqualTo(401);
        }
        assertThat(status("authorization", "Bearer wrong")).isEqualTo(401);
        final HttpResponse<String> answer = rig.send(SESSION, "{\"token\":\"admin-token\"}", "origin", rig.origin());
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("retry-after")).hasValue("12");
        assertThat(status("authorization", "Bearer " + OpsRig.ADMIN)).isEqualTo(429);
        rig.now = rig.now.plusSeconds(12);
        assertThat(login(OpsRig.ADMIN)).isEqualTo(204);
    }

    @Test
    void requestsAreLimited() throws Exception {
        for (int i = 0; i < 80; i++) {
            assertThat(status("authorization", "Bearer " + OpsRig.READER)).isEqualTo(200);
        }
        assertThat(status("authorization", "Bearer " + OpsRig.READER)).isEqualTo(429);
        assertThat(rig.send("/nothing.html", null).statusCode()).isEqualTo(404);
        rig.now = rig.now.plusMillis(50);
        assertThat(status("authorization", "Bearer " + OpsRig.READER)).isEqualTo(200);
        assertThat(status("authorization", "Bearer " + OpsRig.READER)).isEqualTo(429);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no json                        | the body must be JSON
            [1]                            | the body must be a JSON object
            {"token":1}                    | must be text of at most 512 characters
            {"token":"a","token":"b"}      | the body must be JSON
            {"token":"a","more":1}         | has a member that there is none of; there are token
            """)
    void aBodyIsWhatItHasToBe(final String body, final String rule) throws Exception {
        final HttpResponse<String> answer = rig.send(SESSION, body, "origin", rig.origin());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/error/rule").asText()).isEqualTo(rule);
    }

    @Test
    void aNameInThePathIsDecodedOnce() throws Exception {
        final String bearer = "Bearer " + OpsRig.OPERATOR;
        assertThat(rig.send("/api/v1/things/b%61d", "{}", "authorization", bearer)
                        .statusCode())
                .isEqualTo(404);
        assertThat(rig.raw("GET /api/v1/things/%zz HTTP/1.0\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("must be well-formed");
        assertThat(rig.raw("GET /api/v1/status?a=%zz HTTP/1.0\r\nHost: localhost\r\nAuthorization: " + bearer
                        + "\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void aBodyHasABound() throws Exception {
        final String bearer = "Bearer " + OpsRig.OPERATOR;
        final String path = "/api/v1/things/7";
        final String most = "\"" + "x".repeat(Manners.MAX_BODY_BYTES - 2) + "\"";
        assertThat(rig.send(path, most, "authorization", bearer).statusCode()).isEqualTo(202);
        assertThat(rig.send(path, most + " ", "authorization", bearer).statusCode())
                .isEqualTo(413);
        assertThat(changed).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a:read                | line 1 must be name:scope[,scope]:SHA-256
            a b:read:HASH         | line 1 must be name:scope[,scope]:SHA-256
            a:read:abc            | line 1 must be name:scope[,scope]:SHA-256
            a:write:HASH          | line 1 has a scope that is none of read, operate and admin
            a:read,:HASH          | line 1 has a scope that is none of read, operate and admin
            a:read:HASH;b:admin:HASH | line 2 has the same token as a line before
            """)
    void aFileOfTokensIsReadStrictly(final String text, final String message) throws Exception {
        final Path file = directory.resolve("other");
        Files.writeString(file, text.replace("HASH", Logins.sha256("x")).replace(';', '\n'));
        assertThatThrownBy(() -> TokenFile.load(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    private int status(final String header, final String value) throws Exception {
        return rig.send("/api/v1/status", null, header, value).statusCode();
    }

    private int login(final String token) throws Exception {
        return rig.send(SESSION, "{\"token\":\"" + token + "\"}", "origin", rig.origin())
                .statusCode();
    }

    private static JsonNode json(final HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }

    private static String code(final HttpResponse<String> answer) throws Exception {
        return json(answer).at("/error/code").asText();
    }
}
