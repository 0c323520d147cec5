package io.luyun.benchmarks.browsers;

import io.luyun.benchmarks.rig.Wires;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Browsers that watch the whole world at once, and do nothing with what they get. Their work is done on one event loop. */
final class Crowd implements AutoCloseable {
    private static final int MOST_FRAME_BYTES = 16 << 20;
    private static final int MOST_ANSWER_BYTES = 8_192;

    private final Wires wires;
    private final int browsers;
    private final Tally tally;
    private final List<Onlooker> onlookers = new ArrayList<>();

    private Crowd(final int port, final int browsers, final long nowNs) {
        wires = new Wires(port);
        this.browsers = browsers;
        tally = new Tally(nowNs);
    }

    /**
     * Connects so many to the HTTP port of a server on loopback; returns when all of them were greeted.
     *
     * @param hz frames a second each asks for
     * @throws IOException when the server does not take one
     */
    static Crowd open(final int port, final int browsers, final int hz) throws IOException, InterruptedException {
        final Crowd crowd = new Crowd(port, browsers, System.nanoTime());
        try {
            for (int i = 0; i < browsers; i++) {
                crowd.connect(port, hz);
            }
            return crowd;
        } catch (final IOException | InterruptedException e) {
            crowd.close();
            throw e;
        }
    }

    private void connect(final int port, final int hz) throws IOException, InterruptedException {
        final Promise<Void> greeted = wires.loop().newPromise();
        final Onlooker onlooker = new Onlooker(tally, hz, greeted);
        onlookers.add(onlooker);
        wires.connect(new HttpClientCodec(), new HttpObjectAggregator(MOST_ANSWER_BYTES), webSocket(port), onlooker);
        wires.await(greeted);
    }

    private static ChannelHandler webSocket(final int port) {
        final String host = "127.0.0.1:" + port;
        final HttpHeaders headers = new DefaultHttpHeaders().set(HttpHeaderNames.ORIGIN, "http://" + host);
        return new WebSocketClientProtocolHandler(WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(URI.create("ws://" + host + "/api/v1/live"))
                .customHeaders(headers)
                .maxFramePayloadLength(MOST_FRAME_BYTES)
                .build());
    }

    /** What each has got a second between these times. */
    Sight between(final long fromNs, final long toNs) throws InterruptedException {
        return wires.loop()
                .submit(() -> {
                    final int closed =
                            (int) onlookers.stream().filter(Onlooker::closed).count();
                    return tally.between(fromNs, toNs, browsers, closed);
                })
                .sync()
                .getNow();
    }

    @Override
    public void close() {
        wires.close();
    }
}
