package io.luyun.server.ops;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Set;

/**
 * What every request has to keep to, whatever it asks for.
 *
 * @param loopback whether the server is heard on this machine alone
 * @param timeoutMillis how long a client may take
 */
record Manners(boolean loopback, int timeoutMillis) {
    static final int MAX_BODY_BYTES = 65_536;
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    /** Refuses what is no request of HTTP/1, or not for this server. */
    void check(final HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            throw malformed(request.decoderResult().cause());
        }
        if (request.protocolVersion().majorVersion() != 1) {
            throw Problem.of(505, "bad-request", "HTTP/1.1 or HTTP/1.0");
        }
        final List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1 || (hosts.isEmpty() && request.protocolVersion().equals(HttpVersion.HTTP_1_1))) {
            throw Problem.of(400, "bad-request", "exactly one Host header");
        }
        if (loopback && !hosts.isEmpty() && !Hosts.isLoopback(hosts.getFirst())) {
            // A page from elsewhere whose name was pointed at this machine must not read on.
            throw Problem.of(421, "misdirected", "this server listens on loopback and answers to localhost only");
        }
        if (!request.uri().startsWith("/")) {
            throw Problem.of(400, "bad-request", "the target must begin with /");
        }
    }

    /** Refuses a body where there is to be none, and one that is too long or does not say how long it is. */
    void checkBody(final HttpRequest request) {
        final HttpHeaders headers = request.headers();
        if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            throw Problem.of(411, "bad-request", "a body says how long it is: Content-Length, not Transfer-Encoding");
        }
        final String length = headers.get(HttpHeaderNames.CONTENT_LENGTH, "0");
        if (length.equals("0")) {
            return;
        }
        if (!WITH_BODY.contains(request.method().name())) {
            throw Problem.of(413, "bad-request", "a " + request.method() + " has no body here");
        }
        if (length.length() > 9 || Integer.parseInt(length) > MAX_BODY_BYTES) {
            throw Problem.of(413, "bad-request", "a body is at most " + MAX_BODY_BYTES + " bytes");
        }
    }

    /** Whether a request has no body. */
    boolean bodiless(final HttpRequest request) {
        return !request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                && request.headers().get(HttpHeaderNames.CONTENT_LENGTH, "0").equals("0");
    }

    private static Problem malformed(final Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Problem.of(414, "bad-request", "the request line is too long");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return Problem.of(431, "bad-request", "the headers are too long");
        }
        return Problem.of(400, "bad-request", "not an HTTP request");
    }
}
