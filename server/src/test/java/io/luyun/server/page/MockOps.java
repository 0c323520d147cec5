package io.luyun.server.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A server that behaves as the contract says, with a made-up road: what the page is looked at and measured with. One thread of its own
 * does everything.
 */
final class MockOps implements AutoCloseable {
    private static final int TICK_MILLIS = 100;
    private static final int MOST_BODY = 65_536;

    final MockFacts facts;
    private final ObjectMapper mapper = new ObjectMapper();
    private final MockZone zone = new MockZone();
    private final MockRoad road;
    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Map<Channel, Viewer> viewers = new LinkedHashMap<>();
    private final @Nullable String token;
    private final PackedPage page = new PackedPage();
    private volatile Channel listening;
    private int ticks;
    private int port;

    /** What one browser looks at. */
    private static final class Viewer {
        private boolean replay;
        private boolean paused;
        private double speed = 1;
        private long atMs;
    }

    MockOps(final int vehicles, final @Nullable String token) throws InterruptedException {
        this.token = token;
        road = new MockRoad(zone, vehicles);
        facts = new MockFacts(zone, road);
        listening = listen();
        port = ((java.net.InetSocketAddress) listening.localAddress()).getPort();
        loop.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    String address() {
        return "http://127.0.0.1:" + port + "/";
    }

    /** Ends all connections and takes no more, as a server that has died. */
    void vanish() throws InterruptedException {
        listening.close().sync();
        loop.submit(() -> List.copyOf(viewers.keySet()).forEach(Channel::close)).sync();
    }

    /** Raises an alert about a vehicle and the one nearest to it. */
    void alertNow(final int vehicle) {
        loop.submit(() -> facts.alert(System.currentTimeMillis(), road.vehicles.get(vehicle)))
                .syncUninterruptibly();
    }

    /** The same, and tells it to all that look. */
    void alertForAll(final int vehicle) {
        loop.submit(() -> {
                    final ObjectNode alert = facts.alert(System.currentTimeMillis(), road.vehicles.get(vehicle));
                    viewers.keySet().forEach(viewer -> send(viewer, MockFacts.message("alert").set("alert", alert)));
                })
                .syncUninterruptibly();
    }

    void comeBack() throws InterruptedException {
        listening = listen();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private Channel listen() throws InterruptedException {
        return new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(io.netty.channel.ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(final SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(MOST_BODY))
                                .addLast(new WebSocketServerProtocolHandler("/api/v1/live"))
                                .addLast(new Frames())
                                .addLast(new Requests());
                    }
                })
                .bind("127.0.0.1", port)
                .sync()
                .channel();
    }

    private void tick() {
        road.drive(TICK_MILLIS / 1000.0);
        ticks++;
        final long now = System.currentTimeMillis();
        final boolean second = ticks % 10 == 0;
        final ObjectNode alert =
                ticks % 30 == 0 ? facts.alert(now, road.vehicles.get(ticks * 37 % road.vehicles.size())) : null;
        for (final Map.Entry<Channel, Viewer> entry : viewers.entrySet()) {
            final Viewer viewer = entry.getValue();
            if (viewer.paused) {
                continue;
            }
            viewer.atMs = viewer.replay ? viewer.atMs + Math.round(TICK_MILLIS * viewer.speed) : now;
            if (entry.getKey().isWritable()) {
                entry.getKey()
                        .writeAndFlush(new BinaryWebSocketFrame(
                                Unpooled.wrappedBuffer(road.frame(viewer.atMs * 1_000_000L, false))));
            }
            if (second) {
                List.of(facts.signals(viewer.atMs), facts.crossings(), facts.stops(), facts.units())
                        .forEach(message -> send(entry.getKey(), message));
            }
            if (alert != null) {
                send(entry.getKey(), MockFacts.message("alert").set("alert", alert));
            }
        }
    }

    private static void send(final Channel to, final JsonNode message) {
        to.writeAndFlush(new TextWebSocketFrame(message.toString()));
    }

    /** What a browser says. */
    private final class Frames extends SimpleChannelInboundHandler<TextWebSocketFrame> {
        @Override
        public void userEventTriggered(final ChannelHandlerContext context, final Object event) {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
                final Viewer viewer = new Viewer();
                final String at = MockFacts.time(System.currentTimeMillis());
                final ObjectNode hello = MockFacts.message("hello")
                        .put("version", "mock")
                        .put("zone", "智能网联测试区")
                        .put("mode", "live")
                        .put("at", at);
                hello.putArray("scopes").add("read").add("operate");
                hello.putObject("journal")
                        .put("from", MockFacts.time(System.currentTimeMillis() - 7_200_000))
                        .put("to", at);
                List.of(
                                hello,
                                facts.names(),
                                facts.signals(System.currentTimeMillis()),
                                facts.units(),
                                facts.events(),
                                facts.crossings(),
                                facts.stops())
                        .forEach(message -> send(context.channel(), message));
                context.writeAndFlush(new BinaryWebSocketFrame(
                        Unpooled.wrappedBuffer(road.frame(System.currentTimeMillis() * 1_000_000L, true))));
                viewers.put(context.channel(), viewer);
                context.channel().closeFuture().addListener(closed -> viewers.remove(context.channel()));
            }
        }

        @Override
        protected void channelRead0(final ChannelHandlerContext context, final TextWebSocketFrame frame)
                throws IOException {
            final JsonNode said = mapper.readTree(frame.text());
            final Viewer viewer = viewers.get(context.channel());
            final String type = said.path("type").asText();
            switch (type) {
                case "replay", "seek" -> {
                    viewer.replay = true;
                    viewer.paused = false;
                    viewer.atMs = Instant.parse(said.path(type.equals("seek") ? "to" : "from")
                                    .asText())
                            .toEpochMilli();
                    send(context.channel(), MockFacts.message("clear"));
                    send(context.channel(), facts.names());
                    send(context.channel(), facts.events());
                }
                case "live" -> {
                    viewer.replay = false;
                    viewer.paused = false;
                    viewer.speed = 1;
                    viewer.atMs = System.currentTimeMillis();
                    send(context.channel(), MockFacts.message("clear"));
                }
                case "pause" -> viewer.paused = true;
                case "play" -> viewer.paused = false;
                case "step" -> viewer.atMs += said.path("millis").asLong();
                case "speed" -> viewer.speed = said.path("speed").asDouble();
                default -> {
                    return;
                }
            }
            send(
                    context.channel(),
                    MockFacts.message("mode")
                            .put("mode", viewer.replay ? "replay" : "live")
                            .put("at", MockFacts.time(viewer.atMs))
                            .put("speed", viewer.speed)
                            .put("paused", viewer.paused));
        }
    }

    /** What a browser asks. */
    private final class Requests extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(final ChannelHandlerContext context, final FullHttpRequest request)
                throws IOException {
            final FullHttpResponse response = answer(request);
            response.headers()
                    .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }

        private FullHttpResponse answer(final FullHttpRequest request) throws IOException {
            final QueryStringDecoder uri = new QueryStringDecoder(request.uri());
            final String path = uri.path();
            if (!path.startsWith("/api/")) {
                return path.equals("/livez") ? text(200, "text/plain", "live") : page.get(path);
            }
            final String body = request.content().toString(StandardCharsets.UTF_8);
            final boolean known = token == null
                    || String.valueOf(request.headers().get(HttpHeaderNames.COOKIE))
                            .contains("luyun=" + token);
            if (path.equals("/api/v1/session") && request.method().name().equals("POST")) {
                final boolean right =
                        mapper.readTree(body).path("token").asText().equals(token);
                final FullHttpResponse response = text(
                        right ? 204 : 401, "application/json", right ? "" : "{\"error\":{\"code\":\"not-logged-in\"}}");
                response.headers()
                        .set(
                                HttpHeaderNames.SET_COOKIE,
                                "luyun=" + (right ? token : "") + "; HttpOnly; SameSite=Strict; Path=/");
                return response;
            }
            return known
                    ? api(request.method().name(), path, uri, body)
                    : text(401, "application/json", "{\"error\":{\"code\":\"not-logged-in\"}}");
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
                    text(
                            200,
                            "application/json",
                            "{\"name\":\"local\",\"scopes\":[\"read\",\"operate\"],\"expiresAt\":null}");
                case "zone" -> text(200, "application/json", zone.json());
                case "places" -> text(200, "application/json", "{\"type\":\"FeatureCollection\",\"features\":[]}");
                case "alerts" -> json(parts.length > 1 ? facts.alertDetail(parts[1]) : facts.history());
                case "participants" -> json(facts.participant(parts[1]));
                case "devices" -> json(facts.devices(now));
                case "figures" -> json(facts.figures(now));
                case "timeline" -> json(facts.timeline(time(uri, "from"), time(uri, "to"), 240));
                case "supervision" -> json(facts.supervision(now));
                case "evidence" -> json(facts.evidence());
                default -> text(404, "application/json", "{\"error\":{\"code\":\"not-found\"}}");
            };
        }

        private FullHttpResponse post(final String[] parts, final JsonNode body, final long now) {
            if (parts[0].equals("alerts")) {
                final ObjectNode seen = MockFacts.message("acknowledged")
                        .put("alertId", parts[1])
                        .put("by", "local")
                        .put("note", body.path("note").asText())
                        .put("at", MockFacts.time(now));
                facts.find(parts[1]).putArray("acknowledgements").add(seen);
                viewers.keySet().forEach(viewer -> send(viewer, seen));
                return text(202, "application/json", "{}");
            }
            if (parts[0].equals("evidence")) {
                return json(
                        parts.length > 1
                                ? JsonNodeFactory.instance
                                        .objectNode()
                                        .set("findings", JsonNodeFactory.instance.arrayNode())
                                : facts.freeze(now, body.path("note").asText()));
            }
            return text(504, "application/json", "{\"error\":{\"code\":\"no-answer\"}}");
        }

        private static long time(final QueryStringDecoder uri, final String name) {
            return Instant.parse(uri.parameters().get(name).getFirst()).toEpochMilli();
        }

        private static FullHttpResponse json(final JsonNode node) {
            return text(200, "application/json", node.toString());
        }
    }

    static FullHttpResponse text(final int status, final String type, final String content) {
        final FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status),
                Unpooled.copiedBuffer(content, StandardCharsets.UTF_8));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        return response;
    }
}
