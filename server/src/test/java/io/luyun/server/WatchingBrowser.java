package io.luyun.server;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.luyun.server.live.Shown;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** A browser over a real socket, which draws what it is sent. Reads on its client's threads, one at a time. */
final class WatchingBrowser implements WebSocket.Listener, AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Shown shown = new Shown();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private final WebSocket socket;
    private int closedWith;

    WatchingBrowser(final int port) {
        final String host = "127.0.0.1:" + port;
        socket = client.newWebSocketBuilder()
                .header("origin", "http://" + host)
                .buildAsync(URI.create("ws://" + host + "/api/v1/live"), this)
                .join();
    }

    void say(final String request) {
        socket.sendText(request, true).join();
    }

    /** Waits for what is shown to be so. */
    void until(final Predicate<Shown> wanted) {
        await().atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> is(wanted));
    }

    synchronized boolean is(final Predicate<Shown> wanted) {
        return wanted.test(shown);
    }

    /** The last text of a type, waited for. */
    JsonNode last(final String type) {
        until(now -> !now.texts(type).isEmpty());
        synchronized (this) {
            return shown.last(type);
        }
    }

    /** The texts of a type so far. */
    synchronized List<JsonNode> texts(final String type) {
        return List.copyOf(shown.texts(type));
    }

    synchronized List<Shown.Row> rows() {
        return List.copyOf(shown.rows.values());
    }

    synchronized int closedWith() {
        return closedWith;
    }

    @Override
    public synchronized CompletionStage<?> onText(final WebSocket from, final CharSequence data, final boolean last) {
        text.append(data);
        if (last) {
            shown.text(text.toString().getBytes(StandardCharsets.UTF_8));
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public synchronized CompletionStage<?> onBinary(final WebSocket from, final ByteBuffer data, final boolean last) {
        final byte[] part = new byte[data.remaining()];
        data.get(part);
        binary.writeBytes(part);
        if (last) {
            shown.draw(ByteBuffer.wrap(binary.toByteArray()));
            binary.reset();
        }
        from.request(1);
        return null;
    }

    @Override
    public synchronized CompletionStage<?> onClose(final WebSocket from, final int code, final String why) {
        closedWith = code;
        return null;
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
    }
}
