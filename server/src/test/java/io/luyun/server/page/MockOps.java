package io.luyun.server.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
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
@SuppressWarnings(
        "FutureReturnValueIgnored") // a browser that has gone takes nothing, and a test sees what does not come
final class MockOps implements AutoCloseable {
    private static final int TICK_MILLIS = 100;
    private static final int MOST_BODY = 65_536;

    final MockFacts facts;
    private final ObjectMapper mapper = new ObjectMapper();
    final MockZone zone = new MockZone();
    private final MockRoad road;
    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Map<Channel, Viewer> viewers = new LinkedHashMap<>();
    final @Nullable String token;
    private volatile Channel listening;
    private volatile boolean quiet;
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

    /** From now on no alert is raised but those that are asked for. */
    void keepQuiet() {
        quiet = true;
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
                    viewers.keySet()
                            .forEach(viewer ->
                                    send(viewer, MockFacts.message("alert").set("alert", alert)));
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
                                .addLast(new MockAnswers(MockOps.this));
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
        final ObjectNode alert = !quiet && ticks % 30 == 0
                ? facts.alert(now, road.vehicles.get(ticks * 37 % road.vehicles.size()))
                : null;
        for (final Map.Entry<Channel, Viewer> entry : viewers.entrySet()) {
            final Viewer viewer = entry.getValue();
            if (viewer.paused) {
                continue;
            }
            viewer.atMs = viewer.replay ? viewer.atMs + Math.round(TICK_MILLIS * viewer.speed) : now;
            if (entry.getKey().isWritable()) {
                entry.getKey()
                        .writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(
                                road.frame(viewer.atMs * 1_000_000L, false, viewer.replay ? MockRoad.REPLAY_IDS : 0))));
            }
            if (second) {
                List.of(facts.signals(viewer.atMs), facts.crossings(), facts.stops(), facts.units(), facts.traffic())
                        .forEach(message -> send(entry.getKey(), message));
            }
            if (alert != null) {
                send(entry.getKey(), MockFacts.message("alert").set("alert", alert));
            }
        }
    }

    /** Tells it to all that look. */
    void tellAll(final JsonNode message) {
        viewers.keySet().forEach(viewer -> send(viewer, message));
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
                                facts.stops(),
                                facts.traffic())
                        .forEach(message -> send(context.channel(), message));
                context.writeAndFlush(new BinaryWebSocketFrame(
                        Unpooled.wrappedBuffer(road.frame(System.currentTimeMillis() * 1_000_000L, true, 0))));
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

    static FullHttpResponse text(final int status, final String type, final String content) {
        final FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status),
                Unpooled.copiedBuffer(content, StandardCharsets.UTF_8));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        return response;
    }
}
