package io.luyun.server.net;

import io.luyun.proto.v1.ServerFrame;
import io.luyun.server.monitor.Counter;
import io.luyun.server.mqtt.MqttConfig;
import io.luyun.server.mqtt.MqttSession;
import io.luyun.server.mqtt.MqttShared;
import io.luyun.server.session.Session;
import io.luyun.server.session.Session.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** One connection over MQTT: hands packets to its session. Owned by its event loop. */
final class MqttChannel extends LoopChannel {
    private static final int WITH_WILL = 0x04;
    private static final int VERSION_REASON = 0x84;
    private static final int PROTOCOL_REASON = 0x82;
    private static final int CLIENT_ID_CHARS_MAX = 128;

    private final MqttWriter writer;
    private final MqttSession session;
    private final MqttConfig config;
    private final ArrayDeque<MqttMessage> held = new ArrayDeque<>(2);
    private final Int2ObjectHashMap<String> aliases = new Int2ObjectHashMap<>();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private long received;
    private long decoded;
    private long counted;
    private long partialNs;
    private int frames;

    MqttChannel(final NetLoop loop, final MqttShared shared) {
        super(loop);
        this.writer = new MqttWriter(this);
        this.session = new MqttSession(loop.sessions(), writer, shared);
        this.config = shared.config();
    }

    MqttConfig config() {
        return config;
    }

    void addTo(final ChannelPipeline pipeline) {
        pipeline.addLast(
                new Meter(), new MqttDecoder(config.maxPacketBytes(), CLIENT_ID_CHARS_MAX), MqttEncoder.INSTANCE, this);
    }

    /** Counts the bytes before the decoder, so that a packet that does not end is noticed. */
    private final class Meter extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(final ChannelHandlerContext ctx, final Object message) {
            if (received == decoded) {
                partialNs = loop.nanoTime();
            }
            received += ((ByteBuf) message).readableBytes();
            ctx.fireChannelRead(message);
        }
    }

    @Override
    Session session() {
        return session;
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message) {
        final MqttMessage packet = (MqttMessage) message;
        if (deaf()) {
            ReferenceCountUtil.release(packet);
            return;
        }
        beginBurst();
        partialNs = stampNs;
        if (packet.fixedHeader() != null) {
            decoded += lengthOf(packet.fixedHeader());
        }
        if (held.isEmpty()) {
            consume(packet);
        } else {
            held.add(packet);
        }
    }

    @Override
    void sendShared(final ByteBuf frame) {
        if (closing || context == null) {
            return;
        }
        try (ByteBufInputStream in = new ByteBufInputStream(frame.duplicate())) {
            final ServerFrame said = ServerFrame.parseDelimitedFrom(in);
            if (said != null) {
                session.onServerFrame(said);
            }
        } catch (final IOException e) {
            loop.onError(e);
        }
    }

    @Override
    void takeHeld() {
        while (!paused && !held.isEmpty()) {
            consume(held.poll());
        }
    }

    @Override
    void onStillTime(final long nowNs) {
        partialNs = nowNs;
    }

    @Override
    void onLanguageTime(final long nowNs, final NetTimes times) {
        final long silenceNs = session.silenceNs();
        if (received != decoded && nowNs - partialNs > times.frameNs()) {
            session.onMalformed(
                    "a packet must be complete within " + loop.config().frameTimeoutMillis() + " ms");
        } else if (!session.beginning() && silenceNs > 0 && nowNs - aliveNs > silenceNs) {
            session.onIdle(TimeUnit.NANOSECONDS.toMillis(silenceNs));
        }
    }

    @Override
    void endBurst() {
        loop.counters().add(Counter.BYTES_RECEIVED, received - counted);
        counted = received;
        if (frames > 0) {
            loop.onFrames(frames);
            frames = 0;
            if (!session.beginning()) {
                aliveNs = stampNs;
            }
        }
        session.onBurstEnd(stampNs);
    }

    @Override
    void writeOut() {
        // packets are written at once; only the flush waits for the end of the burst
    }

    @Override
    void releaseAll() {
        while (!held.isEmpty()) {
            ReferenceCountUtil.release(held.poll());
        }
    }

    private void consume(final MqttMessage packet) {
        Outcome outcome = Outcome.ENDED;
        try {
            outcome = take(packet);
            if (outcome != Outcome.LATER) {
                frames++;
            }
        } catch (final RuntimeException e) {
            loop.onError(e);
            abort("failed");
        } finally {
            if (outcome == Outcome.LATER && !closing) {
                held.addFirst(packet);
                pause(Counter.READS_PAUSED);
            } else {
                ReferenceCountUtil.release(packet);
            }
        }
    }

    private Outcome take(final MqttMessage packet) {
        if (packet.decoderResult().isFailure()) {
            return onBad(packet.decoderResult().cause());
        }
        return switch (packet.fixedHeader().messageType()) {
            case CONNECT -> onConnect((MqttConnectMessage) packet);
            case PUBLISH -> onPublish((MqttPublishMessage) packet);
            case PUBREL -> session.onRelease(packetId(packet));
            case PUBACK -> session.onConfirmed(packetId(packet));
            case SUBSCRIBE -> onSubscribe((MqttSubscribeMessage) packet);
            case UNSUBSCRIBE -> {
                final MqttUnsubscribeMessage unsubscribe = (MqttUnsubscribeMessage) packet;
                yield session.onUnsubscribe(
                        unsubscribe.variableHeader().messageId(),
                        unsubscribe.payload().topics());
            }
            case PINGREQ -> session.onPing();
            case DISCONNECT -> onDisconnect(packet);
            default ->
                refuse(
                        PROTOCOL_REASON,
                        "not a packet for a server: " + packet.fixedHeader().messageType());
        };
    }

    private Outcome onBad(final Throwable cause) {
        if (cause instanceof TooLongFrameException) {
            return session.beginning()
                    ? session.onNoConnect(0x95, "at most " + config.maxPacketBytes() + " bytes")
                    : session.onTooLong("at most " + config.maxPacketBytes() + " bytes");
        }
        if (cause instanceof MqttUnacceptableProtocolVersionException) {
            return refuse(VERSION_REASON, "must be MQTT 3.1.1 or 5");
        }
        return refuse(0x81, String.valueOf(cause.getMessage()));
    }

    private Outcome refuse(final int reason, final String text) {
        return session.beginning() ? session.onNoConnect(reason, text) : session.violated(reason, text);
    }

    private Outcome onConnect(final MqttConnectMessage connect) {
        if (!writer.onConnect(connect)) {
            return session.onNoConnect(VERSION_REASON, "must be MQTT 3.1.1 or 5");
        }
        return session.onConnect(MqttPackets.request(connect), stampNs);
    }

    private Outcome onPublish(final MqttPublishMessage publish) {
        final Integer alias = MqttPackets.alias(publish);
        String topic = publish.variableHeader().topicName();
        if (alias != null) {
            if (alias == 0 || alias > config.topicAliasMaximum() || (topic.isEmpty() && !aliases.containsKey(alias))) {
                return session.onBadAlias(alias);
            }
            if (topic.isEmpty()) {
                topic = aliases.getOrDefault(alias, "");
            } else {
                aliases.put(alias, topic);
            }
        }
        final ByteBuf payload = publish.payload();
        final int length = payload.readableBytes();
        if (payload.hasArray()) {
            view.wrap(payload.array(), payload.arrayOffset() + payload.readerIndex(), length);
        } else {
            view.wrap(payload.nioBuffer(payload.readerIndex(), length));
        }
        return session.onPublish(
                topic,
                publish.fixedHeader().qosLevel().value(),
                publish.variableHeader().packetId(),
                view,
                0,
                length,
                stampNs);
    }

    private Outcome onSubscribe(final MqttSubscribeMessage subscribe) {
        return session.onSubscribe(subscribe.variableHeader().messageId(), MqttPackets.wishes(subscribe), stampNs);
    }

    private Outcome onDisconnect(final MqttMessage packet) {
        boolean withWill = false;
        long expiry = -1;
        if (packet.variableHeader() instanceof final MqttReasonCodeAndPropertiesVariableHeader said) {
            withWill = said.reasonCode() == WITH_WILL;
            expiry = MqttPackets.sessionExpiry(said.properties(), -1);
        }
        return session.onDisconnect(withWill, expiry);
    }

    private static int packetId(final MqttMessage packet) {
        return ((MqttMessageIdVariableHeader) packet.variableHeader()).messageId();
    }

    private static int lengthOf(final @Nullable MqttFixedHeader header) {
        if (header == null) {
            return 0;
        }
        int lengthBytes = 1;
        for (int rest = header.remainingLength() >>> 7; rest > 0; rest >>>= 7) {
            lengthBytes++;
        }
        return 1 + lengthBytes + header.remainingLength();
    }
}
