package io.luyun.server.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** What a browser asks the mock over HTTP. */
final class MockAnswers extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final MockOps mock;
    private final ObjectMapper mapper = new ObjectMapper();
    private final PackedPage page = new PackedPage();

    MockAnswers(final MockOps mock) {
        this.mock = mock;
    }

    @Override
    protected void channelRead0(final ChannelHandlerContext context, final FullHttpRequest request) throws IOException {
        final FullHttpResponse response = answer(request);
        response.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    private FullHttpResponse answer(final FullHttpRequest request) throws IOException {
        final QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        final String path = uri.path();
        if (!path.startsWith("/api/")) {
            return path.equals("/livez") ? MockOps.text(200, "text/plain", "live") : page.get(path);
        }
        final String body = request.content().toString(StandardCharsets.UTF_8);
        final boolean known = mock.token == null
                || String.valueOf(request.headers().get(HttpHeaderNames.COOKIE)).contains("luyun=" + mock.token);
        if (path.equals("/api/v1/session") && request.method().name().equals("POST")) {
            final boolean right = mapper.readTree(body).path("token").asText().equals(mock.token);
            final FullHttpResponse response = MockOps.text(
                    right ? 204 : 401, "application/json", right ? "" : "{\"error\":{\"code\":\"not-logged-in\"}}");
            response.headers()
                    .set(
                            HttpHeaderNames.SET_COOKIE,
                            "luyun=" + (right ? mock.token : "") + "; HttpOnly; SameSite=Strict; Path=/");
            return response;
        }
        return known
                ? api(request.method().name(), path, uri, body)
                : MockOps.text(401, "application/json", "{\"error\":{\"code\":\"not-logged-in\"}}");
    }

    private FullHttpResponse api(
            final String method, final String path, final QueryStringDecoder uri, final String body)
            throws IOException {
        final String[] parts = path.substring("/api/v1/".length()).split("/", -1);
        final long now = System.currentTimeMillis();
        if (method.equals("POST")) {
            return post(parts, body.isEmpty() ? JsonNodeFactory.instance.objectNode() : mapper.readTree(body), now);
        }
        return switch (parts[0]) {
            case "session" ->
                MockOps.text(
                        200,
                        "application/json",
                        "{\"name\":\"local\",\"scopes\":[\"read\",\"operate\"],\"expiresAt\":null}");
            case "zone" -> MockOps.text(200, "application/json", mock.zone.json());
            case "places" -> MockOps.text(200, "application/json", "{\"type\":\"FeatureCollection\",\"features\":[]}");
            case "alerts" -> json(parts.length > 1 ? mock.facts.alertDetail(parts[1]) : mock.facts.history());
            case "participants" ->
                json(mock.facts.participant(
                        parts[1],
                        uri.parameters().containsKey("at")
                                ? uri.parameters().get("at").getFirst()
                                : null));
            case "devices" -> json(MockTables.devices(now));
            case "figures" -> json(MockTables.figures(now));
            case "timeline" -> json(MockTables.timeline(time(uri, "from"), time(uri, "to"), 240));
            case "supervision" -> json(MockTables.supervision(now));
            case "evidence" -> json(mock.facts.evidence());
            default -> MockOps.text(404, "application/json", "{\"error\":{\"code\":\"not-found\"}}");
        };
    }

    private FullHttpResponse post(final String[] parts, final JsonNode body, final long now) {
        if (parts[0].equals("alerts")) {
            final ObjectNode seen = MockFacts.message("acknowledged")
                    .put("alertId", parts[1])
                    .put("by", "local")
                    .put("note", body.path("note").asText())
                    .put("at", MockFacts.time(now));
            mock.facts.find(parts[1]).putArray("acknowledgements").add(seen);
            mock.tellAll(seen);
            return MockOps.text(202, "application/json", "{}");
        }
        if (parts[0].equals("evidence")) {
            return json(
                    parts.length > 1
                            ? JsonNodeFactory.instance
                                    .objectNode()
                                    .put("id", parts[1])
                                    .put("holds", true)
                                    .set("findings", JsonNodeFactory.instance.arrayNode())
                            : mock.facts.freeze(now, body.path("reason").asText()));
        }
        return MockOps.text(504, "application/json", "{\"error\":{\"code\":\"no-answer\"}}");
    }

    private static long time(final QueryStringDecoder uri, final String name) {
        return Instant.parse(uri.parameters().get(name).getFirst()).toEpochMilli();
    }

    private static FullHttpResponse json(final JsonNode node) {
        return MockOps.text(200, "application/json", node.toString());
    }
}
