package io.luyun.server.supervise;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.RawMessage;
import java.io.IOException;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the driving mode out of messages that were kept as they came. Stateless. */
final class ModeReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestVehicles.ModeRule rule;
    private final Pattern topic;
    private final JsonPointer pointer;

    ModeReader(final TestVehicles.ModeRule rule) {
        this.rule = rule;
        topic = Pattern.compile(
                Arrays.stream(rule.topic().split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
        pointer = JsonPointer.compile(rule.pointer());
    }

    /** The mode that a payload of RAW tells; null when it tells none. */
    @Nullable
    Mode read(final byte[] payload) {
        final RawMessage raw;
        try {
            raw = RawMessage.parseFrom(payload);
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException("a raw message is not what its checksum says", e);
        }
        if (!topic.matcher(raw.getTopic()).matches()) {
            return null;
        }
        final JsonNode value;
        try {
            value = JSON.readTree(raw.getPayload().toByteArray()).at(pointer);
        } catch (final IOException e) {
            // whatever a device sends on the topic: what is no JSON tells no mode
            return null;
        }
        if (!value.isValueNode()) {
            return null;
        }
        return rule.automated().contains(value.asText())
                ? Mode.AUTOMATED
                : rule.manual().contains(value.asText()) ? Mode.MANUAL : Mode.UNKNOWN;
    }
}
