package io.luyun.server.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What was sent down and is to be acknowledged by the device in the words of T/ITS 0180.1: sent again after 2, 4, 8 ...
 * up to 4096 seconds until it is. Any thread.
 */
public final class DownRequests {
    private static final long FIRST_WAIT_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long LONGEST_WAIT_NS = TimeUnit.SECONDS.toNanos(4_096);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicLong sequences = new AtomicLong();
    private final Map<Key, Request> open = new ConcurrentHashMap<>();

    /** What the device says. */
    public record Ack(int errorCode, String description) {}

    private record Key(String deviceId, long sequence) {}

    private static final class Request {
        final CompletableFuture<Ack> answer = new CompletableFuture<>();
        final Consumer<String> send;
        long waitNs = FIRST_WAIT_NS;
        long nextNs;

        Request(final Consumer<String> send) {
            this.send = send;
        }
    }

    /** The number of the next request, to stand in it as seqNum. */
    public long nextSequence() {
        return sequences.incrementAndGet();
    }

    /**
     * Sends and goes on sending until the device acknowledges the number or the answer is cancelled.
     *
     * @param send told the device's id each time
     */
    public CompletableFuture<Ack> send(
            final String deviceId, final long sequence, final long nowNs, final Consumer<String> send) {
        final Request request = new Request(send);
        request.nextNs = nowNs + request.waitNs;
        open.put(new Key(deviceId, sequence), request);
        send.accept(deviceId);
        return request.answer;
    }

    /** Sends again what has waited long enough; one thread. */
    public void sweep(final long nowNs) {
        open.forEach((key, request) -> {
            if (request.answer.isDone()) {
                open.remove(key);
            } else if (nowNs >= request.nextNs) {
                request.waitNs = Math.min(LONGEST_WAIT_NS, request.waitNs * 2);
                request.nextNs = nowNs + request.waitNs;
                request.send.accept(key.deviceId());
            }
        });
    }

    /** The device has acknowledged something. What is no answer to a request is left alone. */
    void onAck(final String deviceId, final byte[] payload) {
        try {
            final JsonNode ack = JSON.readTree(payload);
            final Request request =
                    open.remove(new Key(deviceId, ack.path("seqNum").asLong(0)));
            if (request != null) {
                request.answer.complete(new Ack(
                        ack.path("errorCode").asInt(-1), ack.path("errorDesc").asText("")));
            }
        } catch (final IOException e) {
            // not JSON: kept raw in the journal, and no answer
            return;
        }
    }
}
