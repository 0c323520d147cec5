package io.luyun.server.session;

import io.luyun.proto.codec.DeviceFrameReader;
import io.luyun.proto.codec.ServerFrameWriter;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.NoticeCode;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.Welcome;
import io.luyun.server.monitor.Counter;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A session in the server's own language: hello, messages that the device numbers, acknowledgements once they are safe,
 * and a reasoned refusal of everything else.
 */
public final class FrameSession extends Session {
    private final FrameConnection connection;
    private final Requests requests;

    FrameSession(final Sessions owner, final FrameConnection connection) {
        super(owner, connection);
        this.connection = connection;
        this.requests = new Requests(env.config().maxSubscriptions());
    }

    /** A frame, without the length before it. */
    public Outcome onFrame(final DirectBuffer buffer, final int offset, final int length, final long receivedAtNs) {
        return switch (state()) {
            case AWAITS_HELLO, OPEN -> onLiveFrame(buffer, offset, length, receivedAtNs);
            case OPENING -> Outcome.LATER;
            case LEAVING -> Outcome.TAKEN;
            case ENDED -> Outcome.ENDED;
        };
    }

    /** A frame is longer than the limit, or its length is none. */
    public void onFrameTooLong(final long length) {
        refuse(
                ErrorCode.ERROR_CODE_FRAME_TOO_LONG,
                0,
                "frame",
                Long.toString(length),
                "at most " + env.maxFrameBytes() + " bytes");
    }

    @Override
    protected void welcome(final long last) {
        Answers.send(
                connection,
                ServerFrame.newBuilder()
                        .setWelcome(Welcome.newBuilder()
                                .setSessionId(id())
                                .setLastNumber(last)
                                .setServerTimeMs(TimeUnit.NANOSECONDS.toMillis(
                                        env.clock().nanoTime()))
                                .setAckLevel(level())
                                .setIdleTimeoutMs(env.config().idleTimeoutMillis())
                                .setMaxFrameBytes(env.maxFrameBytes())
                                .setServer(env.version()))
                        .build());
    }

    @Override
    protected void acknowledge(final long upTo) {
        connection.send(owner.scratch, 0, ServerFrameWriter.ack(owner.scratch, 0, upTo));
    }

    @Override
    protected void tell(final Refusal refusal, final long number, final boolean closes) {
        Answers.error(connection, refusal, number, closes);
    }

    @Override
    protected void tell(final NoticeCode code, final String text) {
        Answers.notice(connection, code, text);
    }

    private Outcome onLiveFrame(
            final DirectBuffer buffer, final int offset, final int length, final long receivedAtNs) {
        if (state() == State.OPEN) {
            final String unavailable = env.line().refusal();
            if (unavailable != null) {
                return refuse(ErrorCode.ERROR_CODE_UNAVAILABLE, 0, "", "", unavailable);
            }
        }
        final DeviceFrameReader frame = owner.frame;
        if (!frame.wrap(buffer, offset, length)) {
            return refuse(ErrorCode.ERROR_CODE_MALFORMED, 0, "frame", "", "must be a DeviceFrame");
        }
        final int body = frame.body();
        if (body == 0) {
            return refuseUnknown("frame", frame.unknownField(), "must hold one of the bodies of DeviceFrame", 0);
        }
        if (state() == State.AWAITS_HELLO) {
            return onFirstFrame(body, buffer, frame, receivedAtNs);
        }
        return switch (body) {
            case DeviceFrame.MESSAGE_FIELD_NUMBER -> onMessage(buffer, frame, receivedAtNs);
            case DeviceFrame.HEARTBEAT_FIELD_NUMBER -> onHeartbeat(buffer, frame, receivedAtNs);
            case DeviceFrame.HELLO_FIELD_NUMBER ->
                refuse(ErrorCode.ERROR_CODE_OUT_OF_ORDER, 0, "hello", "", "must be the first frame and the only one");
            default -> onRequest(body, buffer, frame, receivedAtNs);
        };
    }

    private Outcome onFirstFrame(
            final int body, final DirectBuffer buffer, final DeviceFrameReader frame, final long receivedAtNs) {
        if (body != DeviceFrame.HELLO_FIELD_NUMBER) {
            return refuse(ErrorCode.ERROR_CODE_OUT_OF_ORDER, 0, "hello", "", "must be the first frame");
        }
        final Refusal wrong =
                owner.admission.judge(buffer, frame.bodyOffset(), frame.bodyLength(), commonName(), receivedAtNs);
        if (wrong != null) {
            return refuse(wrong, 0);
        }
        open(owner.admission.hello(), owner.admission.entry(), receivedAtNs);
        return Outcome.TAKEN;
    }

    private Outcome onMessage(final DirectBuffer buffer, final DeviceFrameReader frame, final long receivedAtNs) {
        final long number = frame.number();
        final Refusal wrongNumber = owner.checks.number(number);
        if (wrongNumber != null) {
            return refuse(wrongNumber, 0);
        }
        final long before = used();
        if (number <= before) {
            return refuse(
                    ErrorCode.ERROR_CODE_NUMBER_BACKWARDS,
                    number,
                    "message.number",
                    Long.toString(number),
                    "must be above " + before + ", the last one of this session");
        }
        final int kind = frame.messageKind();
        if (kind == 0) {
            return refuseUnknown("message", frame.unknownField(), "must hold one of the bodies of Message", number);
        }
        final Outcome outcome = take(kind, number, receivedAtNs, buffer, frame.bodyOffset(), frame.bodyLength());
        if (outcome != Outcome.LATER && before > 0 && number > before + 1) {
            env.counters().add(Counter.NUMBER_GAPS, number - before - 1);
            missing(number - before - 1);
        }
        return outcome;
    }

    private Outcome onHeartbeat(final DirectBuffer buffer, final DeviceFrameReader frame, final long receivedAtNs) {
        final Refusal wrong =
                owner.checks.body(DeviceFrame.HEARTBEAT_FIELD_NUMBER, buffer, frame.bodyOffset(), frame.bodyLength());
        if (wrong != null) {
            return refuse(wrong, 0);
        }
        final int length = ServerFrameWriter.heartbeatReply(
                owner.scratch,
                0,
                frame.heartbeatDeviceTimeNs(),
                receivedAtNs,
                env.clock().nanoTime());
        connection.send(owner.scratch, 0, length);
        return Outcome.TAKEN;
    }

    private Outcome onRequest(
            final int body, final DirectBuffer buffer, final DeviceFrameReader frame, final long receivedAtNs) {
        final Refusal wrong = owner.checks.body(body, buffer, frame.bodyOffset(), frame.bodyLength());
        if (wrong != null) {
            return refuse(wrong, 0);
        }
        if (body == DeviceFrame.BYE_FIELD_NUMBER) {
            leave();
            return Outcome.TAKEN;
        }
        final byte[] bytes = new byte[frame.bodyLength()];
        buffer.getBytes(frame.bodyOffset(), bytes);
        final Refusal refusal = requests.onRequest(body, bytes, id(), entry(), owner.refusal);
        if (refusal != null) {
            return refuse(refusal, 0);
        }
        final byte @Nullable [] record = requests.record();
        if (record != null && !record(requests.recordKind(), record, receivedAtNs)) {
            return Outcome.LATER;
        }
        requests.onTaken();
        return Outcome.TAKEN;
    }

    private Outcome refuseUnknown(final String field, final int found, final String rule, final long number) {
        final String value = found == 0 ? "" : "field " + found;
        return refuse(ErrorCode.ERROR_CODE_UNKNOWN_KIND, number, field, value, rule);
    }
}
