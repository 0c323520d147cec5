package io.luyun.server.mqtt;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.RawMessage;
import io.luyun.server.monitor.Counter;
import io.luyun.server.session.Session.Outcome;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a device publishes. Each publish gets numbers of the session's boot epoch, one for each message in it, and is
 * acknowledged when the last of them is safe. Owned by its session.
 *
 * <pre>
 *   quality 0   taken, nothing said
 *   quality 1   taken ─ safe ─▶ PUBACK
 *   quality 2   taken, id remembered ─ safe ─▶ PUBREC ─ PUBREL ─▶ id forgotten, PUBCOMP
 * </pre>
 */
final class Inbox {
    private static final int PACKET_IDS = 65_535;

    private final Owner owner;
    private final MqttPeer peer;
    private final MqttShared shared;
    private final SessionState state;
    private final Feed feed;
    private final boolean version5;
    private final int receiveMaximum;
    private final Payments payments;
    private final PendingAcks pending = new PendingAcks();

    /** Of the publish that is being taken: how many of its messages the line has, and why one was refused. */
    private int taken;

    private int refused;
    private @Nullable String refusedText;
    private int refusedReason;

    Inbox(
            final Owner owner,
            final MqttPeer peer,
            final MqttShared shared,
            final SessionState state,
            final Feed feed,
            final boolean version5) {
        this.owner = owner;
        this.peer = peer;
        this.shared = shared;
        this.state = state;
        this.feed = feed;
        this.version5 = version5;
        payments = new Payments(owner, shared.payments(), feed);
        receiveMaximum = version5 ? shared.config().receiveMaximum() : PACKET_IDS;
    }

    /** A message; LATER when part of it or all has to wait. */
    Outcome onPublish(
            final String topic,
            final int qos,
            final int packetId,
            final DirectBuffer payload,
            final int offset,
            final int length,
            final long nowNs) {
        if (qos == 2 && taken == 0 && again(packetId)) {
            return Outcome.TAKEN;
        }
        if (qos > 0 && (pending.size() >= receiveMaximum || state.unreleasedCount() >= receiveMaximum)) {
            return owner.violated(Reason.RECEIVE_MAXIMUM, "more messages in flight than the receive maximum");
        }
        final TopicRule rule = shared.topics().find(topic, owner.deviceId());
        if (taken == 0) {
            refused = 0;
            refusedText = null;
        }
        final Outcome outcome = rule == null || !rule.up()
                ? owner.refuseMessage(ErrorCode.ERROR_CODE_NOT_ALLOWED, "topic", topic, "must be a topic of the device")
                : take(rule, topic, payload, offset, length, nowNs);
        if (outcome == Outcome.TAKEN) {
            finish(rule, topic, qos, packetId);
            taken = 0;
        }
        return outcome;
    }

    /** The device releases a message of quality 2. */
    void onRelease(final int packetId) {
        peer.complete(packetId, state.onReleased(packetId) ? Reason.SUCCESS : Reason.PACKET_ID_UNKNOWN);
    }

    /** Something of the publish that is being taken is refused; the first reason is the one that is told. */
    void onRefused(final int reason, final String text) {
        refused++;
        if (refusedText == null) {
            refusedText = text;
            refusedReason = reason;
        }
    }

    /** Everything up to this number is safe or has been refused. */
    void acknowledge(final long upTo) {
        while (pending.number() <= upTo) {
            final int packetId = pending.packetId();
            final int qos = pending.qos();
            final PendingAcks.Answer answer = pending.remove();
            final int reason = answer == null ? Reason.SUCCESS : answer.reason();
            final String text = answer == null ? "" : answer.text();
            if (qos > 0) {
                peer.acknowledge(packetId, qos, reason, text);
            }
            if (qos == 2 && reason >= Reason.ERROR && version5) {
                state.onReleased(packetId);
            }
            if (answer != null && answer.ack() != null) {
                feed.answer(answer.ack().topic(), answer.ack().payload(reason, text));
            }
        }
    }

    /** Whether a message of this packet id has come before and has not been released. */
    private boolean again(final int packetId) {
        final long number = state.received(packetId);
        if (number != 0 && number < pending.number()) {
            peer.acknowledge(packetId, 2, Reason.SUCCESS, "");
        }
        return number != 0;
    }

    private Outcome take(
            final TopicRule rule,
            final String topic,
            final DirectBuffer payload,
            final int offset,
            final int length,
            final long nowNs) {
        final PayloadReader reader = shared.reader();
        reader.read(rule, payload, offset, length, feed.unit(), owner::allowsId);
        final PayloadReader.Wrong wrong = reader.wrong();
        if (wrong != null) {
            final Outcome outcome = refuse(wrong);
            return outcome == Outcome.TAKEN ? refuseParts(reader) : outcome;
        }
        if (reader.enveloped()) {
            feed.onOctets(reader.octets());
        }
        while (taken < reader.count()) {
            final Outcome outcome = rule.form() == TopicRule.Form.PAYMENT
                    ? takePayment(reader, payload, offset, length, nowNs)
                    : takePart(reader, nowNs);
            if (outcome != Outcome.TAKEN) {
                return outcome;
            }
        }
        if (reader.rawReason() != null) {
            final Outcome outcome = keep(rule, topic, bytes(payload, offset, length), reader.rawReason(), nowNs);
            if (outcome != Outcome.TAKEN) {
                return outcome;
            }
        }
        return refuseParts(reader);
    }

    /** One of several that is refused does not speak against the device that passes them on; all of them do, once. */
    private Outcome takePart(final PayloadReader reader, final long nowNs) {
        final int at = taken;
        final int before = refused;
        owner.lenient(at + 1 < reader.count() || before < at);
        final Outcome outcome =
                owner.take(reader.kind(at), nowNs, reader.buffer(), reader.offset(at), reader.length(at));
        owner.lenient(false);
        if (outcome == Outcome.TAKEN) {
            taken++;
            if (refused == before) {
                feed.onMessage(reader.kind(at), reader.buffer(), reader.offset(at), reader.length(at), nowNs);
                payments.onMessage(reader.kind(at), reader.buffer(), reader.offset(at), reader.length(at), nowNs);
            }
        }
        return outcome;
    }

    private Outcome takePayment(
            final PayloadReader reader,
            final DirectBuffer frame,
            final int offset,
            final int length,
            final long nowNs) {
        final int before = refused;
        final Outcome outcome = payments.take(reader, frame, offset, length, nowNs);
        if (outcome == Outcome.TAKEN) {
            taken++;
            if (refused == before) {
                payments.handOn(frame, offset, length, nowNs);
            }
        }
        return outcome;
    }

    private Outcome refuseParts(final PayloadReader reader) {
        owner.lenient(true);
        for (final PayloadReader.Wrong part : reader.refused()) {
            refuse(part);
        }
        owner.lenient(false);
        return Outcome.TAKEN;
    }

    private Outcome refuse(final PayloadReader.Wrong wrong) {
        if (wrong.swapped()) {
            owner.counters().increment(Counter.SWAPPED_COORDINATES);
            shared.stats().swapped();
        }
        return owner.refuseMessage(wrong.code(), wrong.field(), wrong.value(), wrong.rule());
    }

    private Outcome keep(
            final TopicRule rule, final String topic, final byte[] bytes, final String reason, final long nowNs) {
        final RawMessage raw = RawMessage.newBuilder()
                .setTopic(topic)
                .setPayload(ByteString.copyFrom(bytes))
                .setReason(reason)
                .build();
        if (!owner.keepRaw(raw, nowNs)) {
            return Outcome.LATER;
        }
        if (rule.form() == TopicRule.Form.ACK) {
            shared.requests().onAck(owner.deviceId(), bytes);
        }
        return Outcome.TAKEN;
    }

    private void finish(final @Nullable TopicRule rule, final String topic, final int qos, final int packetId) {
        final PayloadReader reader = shared.reader();
        final FamilyAck ack = rule != null && rule.ack() && reader.wantsAck()
                ? new FamilyAck(topic + TopicRule.ACK_SUFFIX, reader.sequence())
                : null;
        final String family = rule != null && rule.up() ? rule.family() : null;
        final boolean raw = family != null && reader.rawReason() != null;
        final int parts =
                family == null ? 1 : reader.count() + reader.refused().size() + (reader.wrong() == null ? 0 : 1);
        shared.stats().published(family, Math.max(0, parts - refused), raw, refused);
        PendingAcks.Answer answer = null;
        if (refusedText != null) {
            final String text = parts == 1
                    ? refusedText
                    : refused + (refused < parts ? " refused, the rest taken; " : " refused; ") + refusedText;
            answer = new PendingAcks.Answer(refusedReason, text, ack);
        } else if (ack != null) {
            answer = new PendingAcks.Answer(Reason.SUCCESS, "", ack);
        }
        refusedText = null;
        if (qos == 2) {
            state.onReceived(owner, packetId, owner.used());
        }
        if (qos > 0 || answer != null) {
            pending.add(owner.used(), packetId, qos, answer);
        }
    }

    private static byte[] bytes(final DirectBuffer payload, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        payload.getBytes(offset, bytes);
        return bytes;
    }
}
