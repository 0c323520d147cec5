package io.luyun.proto.json;

import io.luyun.proto.v1.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a JSON text.
 *
 * @param messages canonical messages, in order
 * @param fault why none of it can be used; null when it can
 * @param refused what is wrong with elements that were left out; the others are in the messages
 * @param rawReason why the text should be kept as it is, besides the messages; null when they say everything
 * @param senders what it calls its sender, under whatever name
 * @param wantsAck whether it asks for an acknowledgement
 * @param sequence its own number, for that acknowledgement
 */
public record Mapped(
        List<Message> messages,
        @Nullable Fault fault,
        List<Fault> refused,
        @Nullable String rawReason,
        List<String> senders,
        boolean wantsAck,
        long sequence) {
    /**
     * A canonical message.
     *
     * @param kind number of {@code MessageKind}
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, never compared
    public record Message(int kind, byte[] bytes) {}

    /**
     * What is wrong.
     *
     * @param code MALFORMED, MISSING or OUT_OF_RANGE
     * @param field path of the member
     */
    public record Fault(ErrorCode code, String field, String value, String rule, boolean swapped) {}
}
