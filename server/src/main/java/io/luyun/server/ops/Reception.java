package io.luyun.server.ops;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/** Judges the head of a request, and has it answered when its body is there. Owned by the face's thread. */
final class Reception {
    private static final String API = "/api/";

    private final Router router;
    private final Door door;
    private final PageFiles files;
    private final Workers workers;
    private final ErrorHandler errors;

    /**
     * A request that may be answered.
     *
     * @param route null for a file of the page
     */
    record Admitted(@Nullable Route route, Map<String, String> parts, Caller caller) {}

    Reception(
            final Router router,
            final Door door,
            final PageFiles files,
            final Workers workers,
            final ErrorHandler errors) {
        this.router = router;
        this.door = door;
        this.files = files;
        this.workers = workers;
        this.errors = errors;
    }

    List<Route> routes() {
        return router.routes();
    }

    /**
     * Looks whether the request may be answered, before its body is read.
     *
     * @throws Problem when it may not
     */
    Admitted admit(final HttpRequest request, final String address) {
        final String path = pathOf(request);
        final String method = request.method().name();
        final Router.Match match = router.find(method, path);
        final Route route = match.route();
        if (route == null && match.allowed().isEmpty() && !path.startsWith(API)) {
            if (!method.equals("GET") && !method.equals("HEAD")) {
                throw notAllowed("GET, HEAD");
            }
            return new Admitted(null, Map.of(), Caller.LOCAL);
        }
        door.admit(address);
        if (route == null) {
            throw match.allowed().isEmpty() ? nothingThere() : notAllowed(String.join(", ", match.allowed()));
        }
        door.checkOrigin(request, false);
        return new Admitted(route, match.parts(), door.caller(request, address, route));
    }

    /**
     * Has it answered.
     *
     * @param then told the answer, on this thread or another
     */
    void answer(
            final Admitted admitted,
            final HttpRequest head,
            final byte[] body,
            final String address,
            final Consumer<Answer> then) {
        final Route route = admitted.route();
        if (route == null) {
            then.accept(answered(() -> file(head)));
            return;
        }
        final Request request;
        try {
            request = new Request(
                    pathOf(head),
                    admitted.parts(),
                    new QueryStringDecoder(head.uri()).parameters(),
                    name -> head.headers().get(name),
                    body,
                    admitted.caller(),
                    address);
        } catch (final IllegalArgumentException e) {
            then.accept(Problem.of(400, "bad-request", "the query is not well-formed")
                    .answer());
            return;
        }
        if (route.pace() == Route.Pace.QUICK) {
            then.accept(answered(() -> route.handler().answer(request)));
        } else if (!workers.run(() -> then.accept(answered(() -> route.handler().answer(request))))) {
            then.accept(Problem.of(503, "busy", "too many requests are being answered; try again")
                    .with("retry-after", "1")
                    .answer());
        }
    }

    /** The path of a request, without its query. */
    static String pathOf(final HttpRequest request) {
        final String uri = request.uri();
        final int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** Without the path: what was typed there by mistake may be a token, and answers end up in logs of those who asked. */
    private static Problem nothingThere() {
        return Problem.of(404, "not-found", "there is nothing at this path");
    }

    private Answer file(final HttpRequest head) throws IOException {
        final String path = pathOf(head);
        final Answer answer = files.get(
                path, head.headers().get("accept-encoding"), head.headers().get("if-none-match"));
        if (answer == null) {
            throw nothingThere();
        }
        return answer;
    }

    private interface Work {
        Answer answer() throws IOException;
    }

    private Answer answered(final Work work) {
        try {
            return work.answer();
        } catch (final Problem problem) {
            return problem.answer();
        } catch (final IOException | RuntimeException e) {
            errors.onError(e);
            return Problem.of(500, "failed", "the server failed; its log tells why")
                    .answer();
        }
    }

    private static Problem notAllowed(final String methods) {
        return Problem.of(405, "method-not-allowed", methods + " only").with("allow", methods);
    }
}
