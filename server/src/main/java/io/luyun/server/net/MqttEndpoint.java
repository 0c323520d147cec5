package io.luyun.server.net;

import io.luyun.proto.json.Bounds;
import io.luyun.proto.json.RoadsideJson;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.mqtt.DownRequests;
import io.luyun.server.mqtt.Downlink;
import io.luyun.server.mqtt.MqttConfig;
import io.luyun.server.mqtt.MqttSession;
import io.luyun.server.mqtt.MqttShared;
import io.luyun.server.mqtt.MqttStats;
import io.luyun.server.mqtt.PayloadReader;
import io.luyun.server.mqtt.SessionStates;
import io.luyun.server.mqtt.TopicTable;
import io.luyun.server.payment.PaymentPost;
import io.luyun.server.session.Session;
import io.luyun.server.session.Sessions;
import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.ToIntFunction;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;

/** The MQTT port, and the way to the devices that came over it. Any thread. */
@SuppressWarnings("FutureReturnValueIgnored") // the sweep lets nothing through; a request is sent again until answered
public final class MqttEndpoint {
    private static final long SWEEP_MILLIS = 250;
    /** What a topic carries that hands on payments. */
    private static final String PAYMENT = "PAYMENT";

    private final MqttConfig config;
    private final EpochNanoClock clock;
    private final Sessions.Environment env;
    private final SessionStates states;
    private final MqttStats stats;
    private final DownRequests requests = new DownRequests();
    private final PaymentPost payments;
    private final NetLoop[] loops;
    private final Map<NetLoop, MqttShared> shared = new HashMap<>();
    private @Nullable Channel listener;

    MqttEndpoint(
            final MqttConfig config,
            final @Nullable Bounds zone,
            final Sessions.Environment env,
            final NetLoop[] loops) {
        this.config = config;
        this.clock = env.clock();
        this.env = env;
        this.states = new SessionStates(env.control(), env.counters(), env.clock());
        this.loops = loops;
        final TopicTable topics = TopicTable.load(config.topics());
        stats = new MqttStats(topics);
        payments = new PaymentPost(config.paymentRadiusMetres(), this::handOn, env.counters());
        for (final NetLoop loop : loops) {
            final PayloadReader reader = new PayloadReader(new RoadsideJson(zone, topics.senderMembers()));
            shared.put(
                    loop,
                    new MqttShared(config, states, topics, reader, new Downlink(topics), requests, payments, stats));
        }
    }

    void start(final DeviceServer server) throws IOException {
        listener = server.listen(config.port(), channel -> speakOn(channel, server.loopOf(channel)));
        loops[0].executor().scheduleAtFixedRate(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Has a connection of this loop spoken with. */
    void speakOn(final Channel channel, final NetLoop loop) {
        new MqttChannel(loop, shared(loop)).addTo(channel.pipeline());
    }

    void close() {
        if (listener != null) {
            listener.close().awaitUninterruptibly();
        }
    }

    /** The port bound; 0 before the start. */
    public int port() {
        return DeviceServer.portOf(listener);
    }

    boolean listening() {
        return listener != null && listener.isActive();
    }

    /** Sessions there are, with and without a connection. */
    public int sessions() {
        return states.size();
    }

    /** What goes over MQTT: names, and values Jackson can write. */
    public Map<String, Object> status() {
        final Counters counters = env.counters();
        final Map<String, Object> status = new LinkedHashMap<>();
        status.put("port", port());
        status.put("clients", states.held());
        status.put("sessionsKept", states.size());
        status.put("dropped", counters.get(Counter.MQTT_DROPPED));
        status.put("wills", counters.get(Counter.MQTT_WILLS));
        status.putAll(stats.values());
        return status;
    }

    /**
     * Sends a canonical message to a device, in the language of each topic it has subscribed to for this kind, and answers
     * on how many; 0 when it is not there. A MAP is kept besides for when it subscribes.
     *
     * @param kind short name of the kind: RSI, RSM, SPAT or MAP
     * @param number of the kind
     */
    public CompletableFuture<Integer> send(
            final String deviceId, final String kind, final int number, final byte[] canonical) {
        if (kind.equals("MAP")) {
            states.retainMap(deviceId, canonical);
        }
        return onSession(deviceId, session -> session.sendMessage(kind, number, canonical));
    }

    /**
     * Sends a request that the device is to acknowledge, again and again until it does or the answer is cancelled.
     *
     * @param what CONFIG, OM_CONFIG, QUERY, TRAFFIC or UPGRADE
     * @param payload makes the payload, in which seqNum must be the number given and ack must be true
     */
    public CompletableFuture<DownRequests.Ack> request(
            final String deviceId, final String what, final LongFunction<String> payload) {
        final long sequence = requests.nextSequence();
        final byte[] bytes = payload.apply(sequence).getBytes(StandardCharsets.UTF_8);
        final Consumer<String> send = device -> onSession(device, session -> session.sendRaw(what, bytes));
        return requests.send(deviceId, sequence, clock.nanoTime(), send);
    }

    private MqttShared shared(final NetLoop loop) {
        final MqttShared found = shared.get(loop);
        if (found == null) {
            throw new IllegalStateException("a foreign loop");
        }
        return found;
    }

    private CompletableFuture<Integer> onSession(final String deviceId, final ToIntFunction<MqttSession> task) {
        final CompletableFuture<Integer> result = new CompletableFuture<>();
        final Session session = env.control().find(deviceId);
        if (session instanceof final MqttSession found) {
            found.connection().execute(() -> result.complete(found.ended() ? 0 : task.applyAsInt(found)));
        } else {
            result.complete(0);
        }
        return result;
    }

    private void handOn(final String deviceId, final byte[] frame, final PaymentPost.Answer answer) {
        onSession(deviceId, session -> session.sendRaw(PAYMENT, frame))
                .thenAccept(topics -> answer.delivered(topics > 0));
    }

    private void sweep() {
        payments.sweep(clock.nanoTime());
        states.sweep();
        requests.sweep(clock.nanoTime());
    }
}
