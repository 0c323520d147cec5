package io.luyun.simulator.link;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One device that publishes over MQTT 5 with QoS 1: as many messages at once as the server allows, the others wait their turn.
 * It connects once; what has no answer when the connection breaks stays unanswered. All methods are called on its event loop,
 * and so is its listener.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of a channel comes back as its events
public final class MqttPublisher {
    /** Is told what becomes of the connection and of messages. */
    public interface Listener {
        /** The server takes messages. */
        void onOpen();

        /**
         * A message was answered for.
         *
         * @param index as given when it was published
         * @param refusal why it was refused; null when it was taken
         */
        void onAnswer(int index, @Nullable String refusal);

        /** The connection is gone, or never was. */
        void onClosed(String why);
    }

    private static final int KEEP_ALIVE_SECONDS = 60;
    private static final int PING_SECONDS = 20;
    private static final int MAX_AT_ONCE = 1_024;
    private static final int LAST_ID = 0xFFFF;
    private static final int REFUSED = 0x80;
    private static final int MAX_PACKET = 1 << 20;

    private final ClientLoops loops;
    private final EventLoop loop;
    private final ClientLoops.Address to;
    private final Identity identity;
    private final Listener listener;
    private final IntObjectMap<Message> inFlight = new IntObjectHashMap<>();
    private final Queue<Message> waiting = new ArrayDeque<>();
    private @Nullable Channel channel;
    private @Nullable String reason;
    private int atOnce = MAX_AT_ONCE;
    private int lastId;
    private @Nullable Channel connection;
    private @Nullable ScheduledFuture<?> pings;
    private boolean over;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Message(int index, String topic, byte[] payload) {}

    /** A publisher that is to connect on that loop, to the address of its loops. */
    public MqttPublisher(
            final ClientLoops loops, final EventLoop loop, final Identity identity, final Listener listener) {
        this(
                loops,
                loop,
                new ClientLoops.Address(loops.config().host(), loops.config().port()),
                identity,
                listener);
    }

    MqttPublisher(
            final ClientLoops loops,
            final EventLoop loop,
            final ClientLoops.Address to,
            final Identity identity,
            final Listener listener) {
        this.to = to;
        this.loops = loops;
        this.loop = loop;
        this.identity = identity;
        this.listener = listener;
    }

    /** Connects; the listener hears of the outcome. */
    public void connect() {
        loops.connect(
                        loop,
                        to,
                        pipeline -> pipeline.addLast(new MqttDecoder(MAX_PACKET), MqttEncoder.INSTANCE, new Inbound()))
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        end(DeviceClient.text(done.cause()));
                    }
                });
        loop.schedule(
                () -> {
                    if (channel == null) {
                        end("no answer within " + loops.config().connectTimeoutMillis() + " ms");
                    }
                },
                loops.config().connectTimeoutMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Publishes, at once or when the server allows it; whether it was at once. */
    public boolean publish(final int index, final String topic, final byte[] payload) {
        waiting.add(new Message(index, topic, payload));
        pump();
        return waiting.isEmpty();
    }

    /** Breaks the connection without a goodbye. */
    void abort() {
        final Channel open = connection;
        reason = DeviceClient.ON_PURPOSE;
        if (open == null) {
            end(DeviceClient.ON_PURPOSE); // it was not even there
        } else {
            open.close();
        }
    }

    /** Messages without an answer. */
    public int outstanding() {
        return over ? 0 : waiting.size() + inFlight.size();
    }

    /** Says goodbye and closes. */
    public void close() {
        final Channel open = channel;
        over = true;
        if (open != null) {
            open.writeAndFlush(new MqttMessage(
                            new MqttFixedHeader(MqttMessageType.DISCONNECT, false, MqttQoS.AT_MOST_ONCE, false, 0)))
                    .addListener(_ -> open.close());
        }
    }

    private void pump() {
        final Channel open = channel;
        if (open == null || over) {
            return;
        }
        while (inFlight.size() < atOnce && !waiting.isEmpty()) {
            final Message message = waiting.remove();
            final int id = nextId();
            inFlight.put(id, message);
            open.write(MqttMessageBuilders.publish()
                    .topicName(message.topic())
                    .messageId(id)
                    .qos(MqttQoS.AT_LEAST_ONCE)
                    .properties(MqttProperties.NO_PROPERTIES)
                    .payload(Unpooled.wrappedBuffer(message.payload()))
                    .build());
        }
        open.flush();
    }

    private int nextId() {
        do {
            lastId = lastId == LAST_ID ? 1 : lastId + 1;
        } while (inFlight.containsKey(lastId));
        return lastId;
    }

    private void onConnAck(final Channel from, final MqttConnAckMessage answer) {
        if (over) {
            from.close();
            return;
        }
        final int code = answer.variableHeader().connectReturnCode().byteValue() & 0xFF;
        if (code != 0) {
            end("the server refuses " + identity.deviceId() + ": "
                    + answer.variableHeader().connectReturnCode());
            from.close();
            return;
        }
        final MqttProperties.MqttProperty<?> most =
                answer.variableHeader().properties().getProperty(MqttProperties.RECEIVE_MAXIMUM);
        if (most != null) {
            atOnce = Math.min(MAX_AT_ONCE, (Integer) most.value());
        }
        channel = from;
        pings = from.eventLoop()
                .scheduleAtFixedRate(
                        () -> from.writeAndFlush(MqttMessage.PINGREQ), PING_SECONDS, PING_SECONDS, TimeUnit.SECONDS);
        listener.onOpen();
        pump();
    }

    private void onPubAck(final MqttPubReplyMessageVariableHeader answer) {
        final Message message = inFlight.remove(answer.messageId());
        if (message != null) {
            final int code = answer.reasonCode() & 0xFF;
            listener.onAnswer(message.index(), code < REFUSED ? null : name(code) + said(answer.properties()));
            pump();
        }
    }

    private static String said(final MqttProperties properties) {
        final MqttProperties.MqttProperty<?> text = properties.getProperty(MqttProperties.REASON_STRING);
        return text == null ? "" : ": " + text.value();
    }

    /** What MQTT 5 calls the codes a publisher may get. */
    private static String name(final int code) {
        return switch (code) {
            case 0x80 -> "unspecified error";
            case 0x83 -> "implementation specific error";
            case 0x87 -> "not authorized";
            case 0x8B -> "server shutting down";
            case 0x8D -> "keep alive timeout";
            case 0x8E -> "session taken over";
            case 0x90 -> "topic name invalid";
            case 0x93 -> "receive maximum exceeded";
            case 0x95 -> "packet too large";
            case 0x96 -> "message rate too high";
            case 0x97 -> "quota exceeded";
            case 0x98 -> "administrative action";
            case 0x99 -> "payload format invalid";
            default -> String.format(java.util.Locale.ROOT, "reason 0x%02x", code);
        };
    }

    private void end(final String why) {
        if (!over) {
            over = true;
            if (connection != null) {
                connection.close();
            }
            listener.onClosed(why);
        }
    }

    /** Hears the server. */
    private final class Inbound extends SimpleChannelInboundHandler<MqttMessage> {
        @Override
        public void channelActive(final ChannelHandlerContext context) {
            connection = context.channel();
            if (over) {
                context.close();
                return;
            }
            final MqttMessageBuilders.ConnectBuilder connect = MqttMessageBuilders.connect()
                    .protocolVersion(MqttVersion.MQTT_5)
                    .clientId(identity.deviceId())
                    .cleanSession(true)
                    .keepAlive(KEEP_ALIVE_SECONDS);
            if (identity.token() != null) {
                connect.username(identity.deviceId())
                        .password(identity.token().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            } else {
                // what a server without a registry takes the device for
                connect.username(identity.role().name().replace("ROLE_", ""));
            }
            context.writeAndFlush(connect.build());
        }

        @Override
        protected void channelRead0(final ChannelHandlerContext context, final MqttMessage message) {
            if (message.decoderResult().isFailure()) {
                reason = "the server does not speak MQTT 5";
                context.close();
                return;
            }
            switch (message.fixedHeader().messageType()) {
                case CONNACK -> onConnAck(context.channel(), (MqttConnAckMessage) message);
                case PUBACK -> {
                    if (message.variableHeader() instanceof MqttPubReplyMessageVariableHeader answer) {
                        onPubAck(answer);
                    }
                }
                case DISCONNECT -> {
                    if (message.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader why) {
                        reason = name(why.reasonCode() & 0xFF) + said(why.properties());
                    }
                }
                default -> {
                    // answers to pings; nothing is subscribed
                }
            }
        }

        @Override
        public void channelInactive(final ChannelHandlerContext context) {
            if (pings != null) {
                pings.cancel(false);
            }
            end(reason == null ? "the server has closed the connection" : reason);
        }

        @Override
        public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
            reason = DeviceClient.text(cause);
            context.close();
        }
    }
}
