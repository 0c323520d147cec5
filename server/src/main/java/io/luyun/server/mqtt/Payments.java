package io.luyun.server.mqtt;

import io.luyun.proto.codec.BsmReader;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Role;
import io.luyun.server.payment.PaymentFrame;
import io.luyun.server.payment.PaymentPost;
import io.luyun.server.session.Session.Outcome;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** A device's part in payments: its frames go to the post, and the post knows where it is. Owned by its session. */
final class Payments {
    /** Its place is told this often at most. */
    private static final long PLACE_NS = TimeUnit.SECONDS.toNanos(1);

    private final Owner owner;
    private final PaymentPost post;
    private final Feed feed;
    private final BsmReader bsm = new BsmReader();
    private long nextPlaceNs;

    /** Of the frame last taken. */
    private PaymentPost.@Nullable Sender sender;

    private @Nullable PaymentFrame step;
    private PaymentPost.@Nullable Route route;

    Payments(final Owner owner, final PaymentPost post, final Feed feed) {
        this.owner = owner;
        this.post = post;
        this.feed = feed;
    }

    /** A message of the device that has been taken; those of a vehicle say where it is. */
    void onMessage(final int kind, final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (kind == MessageKind.MESSAGE_KIND_BSM_VALUE
                && nowNs >= nextPlaceNs
                && owner.role() == Role.ROLE_OBU
                && owner.pays()
                && bsm.wrap(buffer, offset, length)) {
            nextPlaceNs = nowNs + PLACE_NS;
            post.onPlace(owner.deviceId(), bsm.latE7(), bsm.lonE7(), nowNs);
        }
    }

    /**
     * A frame of a payment: what may be kept of it goes to the line, or it is refused. It goes on with {@link #handOn}.
     *
     * @param reader has read it
     */
    Outcome take(
            final PayloadReader reader,
            final DirectBuffer frame,
            final int offset,
            final int length,
            final long nowNs) {
        final PayloadReader.Wrong wrong = judge(reader, frame, offset, length, nowNs);
        return wrong == null
                ? owner.takePayment(nowNs, reader.buffer(), reader.offset(0), reader.length(0))
                : owner.refuseMessage(wrong.code(), wrong.field(), wrong.value(), wrong.rule());
    }

    private PayloadReader.@Nullable Wrong judge(
            final PayloadReader reader,
            final DirectBuffer frame,
            final int offset,
            final int length,
            final long nowNs) {
        if (reader.kind(0) != MessageKind.MESSAGE_KIND_VPM_VALUE) {
            return not("frame", "", "must be a VPM on this topic");
        }
        if (!owner.pays()) {
            return not("message", "VPM", "must be among the kinds the registry lists for this device");
        }
        final byte[] canonical = new byte[reader.length(0)];
        reader.buffer().getBytes(reader.offset(0), canonical);
        step = PaymentFrame.read(frame, offset, length, canonical);
        sender = new PaymentPost.Sender(
                owner.deviceId(), owner.role(), feed.unit().place());
        if (step.from() != null && !owner.allowsId(step.from())) {
            return not(
                    "message.vpm.sourceId",
                    String.format("%016x", step.from()),
                    "must be one of the ids the registry gives this device");
        }
        route = post.route(sender, step, nowNs);
        return route.open() ? null : not(route.field(), route.value(), route.rule());
    }

    private static PayloadReader.Wrong not(final String field, final String value, final String rule) {
        return new PayloadReader.Wrong(ErrorCode.ERROR_CODE_NOT_ALLOWED, field, value, rule);
    }

    /** Sends the frame last taken to whom it is for. */
    void handOn(final DirectBuffer frame, final int offset, final int length, final long nowNs) {
        if (sender == null || step == null || route == null) {
            throw new IllegalStateException("no frame taken");
        }
        final byte[] bytes = new byte[length];
        frame.getBytes(offset, bytes);
        post.send(sender, step, route, bytes, nowNs);
        sender = null;
        step = null;
        route = null;
    }
}
