package io.luyun.simulator.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was published, one JSON object a line, as {@code mosquitto_sub -F %j} and {@code -F %J} write it: {@code topic}, and {@code
 * payload} as text or as JSON. Octets stand in {@code payloadHex} instead. Other members are passed over.
 */
public final class TopicFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TopicFile() {}

    /**
     * A line.
     *
     * @param problem why it cannot be published; null when it can
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Published(
            String topic, byte[] payload, @Nullable String problem) {
        static Published problem(final String why) {
            return new Published("", new byte[0], why);
        }
    }

    /**
     * All lines that are not empty.
     *
     * @throws IOException when the file cannot be read
     */
    public static List<Published> read(final Path file) throws IOException {
        final List<Published> published = new ArrayList<>();
        for (final String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
            if (!line.isBlank()) {
                published.add(line(line));
            }
        }
        return published;
    }

    private static Published line(final String line) {
        final JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (final JsonProcessingException e) {
            return Published.problem("no JSON");
        }
        final String topic = node.path("topic").asText();
        if (topic.isEmpty() || topic.contains("#") || topic.contains("+")) {
            return Published.problem("no topic to publish to");
        }
        final JsonNode payload = node.path("payload");
        final JsonNode hex = node.path("payloadHex");
        if (hex.isTextual()) {
            final String digits = hex.asText();
            return digits.length() % 2 == 0 && digits.chars().allMatch(HexFormat::isHexDigit)
                    ? new Published(topic, HexFormat.of().parseHex(digits), null)
                    : Published.problem("payloadHex is not hexadecimal");
        }
        if (payload.isMissingNode()) {
            return Published.problem("no payload");
        }
        final String text = payload.isTextual() ? payload.asText() : payload.toString();
        return new Published(topic, text.getBytes(StandardCharsets.UTF_8), null);
    }
}
