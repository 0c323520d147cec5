package io.luyun.simulator.recording;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.luyun.proto.codec.MessageClock;
import io.luyun.proto.v1.DateTime;
import io.luyun.proto.v1.Options;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Moves a recorded message to another time: its milliseconds within the minute and its minutes of the year all by the same, so
 * that differences within it stay. Full dates stay as recorded.
 */
final class Restamp {
    private static final int MINUTE_MS = 60_000;
    private static final int DAY_MINUTES = 1_440;

    private Restamp() {}

    /** The message as if its own time were that. */
    static byte[] at(final int kind, final byte[] bytes, final long utcMs) {
        final FieldDescriptor body = io.luyun.proto.v1.Message.getDescriptor().findFieldByNumber(kind + 1);
        final Message.Builder message = io.luyun.proto.v1.Message.newBuilder().newBuilderForField(body);
        try {
            message.mergeFrom(bytes);
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException("a decoder wrote what is no message", e);
        }
        final int secMark = MessageClock.secMark(kind, new UnsafeBuffer(bytes), 0, bytes.length);
        final long moreMs = secMark == MessageClock.ABSENT ? 0 : Math.floorMod(utcMs, (long) MINUTE_MS) - secMark;
        final LocalDate day = Instant.ofEpochMilli(utcMs).atZone(ZoneOffset.UTC).toLocalDate();
        final long minute =
                (day.getDayOfYear() - 1L) * DAY_MINUTES + Math.floorMod(utcMs / MINUTE_MS, (long) DAY_MINUTES);
        final FieldDescriptor own = minuteOf(body.getMessageType());
        final long moreMinutes =
                own == null || !message.hasField(own) ? 0 : minute - ((Integer) message.getField(own)).longValue();
        shift(message, moreMs, moreMinutes, day.lengthOfYear() * DAY_MINUTES);
        return message.build().toByteArray();
    }

    private static @org.jspecify.annotations.Nullable FieldDescriptor minuteOf(final Descriptor type) {
        for (final FieldDescriptor field : type.getFields()) {
            if (standard(field).equals("MinuteOfTheYear")) {
                return field;
            }
        }
        return null;
    }

    private static String standard(final FieldDescriptor field) {
        return field.getOptions().getExtension(Options.rule).getStandard();
    }

    private static void shift(
            final Message.Builder message, final long moreMs, final long moreMinutes, final int yearMinutes) {
        for (final FieldDescriptor field : message.getAllFields().keySet()) {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                if (field.getMessageType() != DateTime.getDescriptor()) {
                    within(message, field, moreMs, moreMinutes, yearMinutes);
                }
            } else if (standard(field).equals("DSecond")) {
                move(message, field, moreMs, MINUTE_MS);
            } else if (standard(field).equals("MinuteOfTheYear")) {
                move(message, field, moreMinutes, yearMinutes);
            }
        }
    }

    private static void within(
            final Message.Builder message,
            final FieldDescriptor field,
            final long moreMs,
            final long moreMinutes,
            final int yearMinutes) {
        if (field.isRepeated()) {
            for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                shift(message.getRepeatedFieldBuilder(field, i), moreMs, moreMinutes, yearMinutes);
            }
        } else {
            shift(message.getFieldBuilder(field), moreMs, moreMinutes, yearMinutes);
        }
    }

    private static void move(
            final Message.Builder message, final FieldDescriptor field, final long more, final int cycle) {
        message.setField(field, (int) Math.floorMod((Integer) message.getField(field) + more, (long) cycle));
    }
}
