package io.luyun.server.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A small text file of which each line stands for itself: a JSON object whose last member is the CRC-32C, eight hexadecimal
 * digits, of the line's UTF-8 octets before {@code ,"crc":}. The first line names the format and how many lines follow.
 *
 * <pre>
 *   {"format":"luyun missing 1","lines":2,"crc":"0d1c…"}
 *   {"firstSequence":250,"lastSequence":250,…,"crc":"5b77…"}
 *   {"firstSequence":900,"lastSequence":911,…,"crc":"93f0…"}
 * </pre>
 */
final class CheckedLines {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CRC = ",\"crc\":\"";
    private static final int CRC_DIGITS = 8;
    private static final String END = "\"}";
    private static final String FORMAT = "format";
    private static final String LINES = "lines";

    private CheckedLines() {}

    /**
     * What was read.
     *
     * @param objects the sound lines, without the first
     * @param findings what is wrong with the others; empty when nothing is
     */
    record Content(List<JsonNode> objects, List<String> findings) {}

    static ObjectNode line() {
        return JSON.createObjectNode();
    }

    static void write(final Path path, final String format, final List<ObjectNode> lines) throws IOException {
        final StringBuilder text = new StringBuilder();
        append(text, line().put(FORMAT, format).put(LINES, lines.size()));
        for (final ObjectNode line : lines) {
            append(text, line);
        }
        SafeFile.write(path, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a file; one that is not there has no lines. */
    static Content read(final Path path, final String format) throws IOException {
        final List<JsonNode> objects = new ArrayList<>();
        final List<String> findings = new ArrayList<>();
        if (!Files.exists(path)) {
            return new Content(objects, findings);
        }
        // Not readAllLines: a damaged octet that is no UTF-8 must cost its line alone.
        final String[] lines = new String(Files.readAllBytes(path), StandardCharsets.UTF_8).split("\n");
        final JsonNode first = parse(lines[0]);
        if (!first.path(FORMAT).asText().equals(format)) {
            findings.add("line 1: is not " + format);
        } else if (first.path(LINES).asInt() != lines.length - 1) {
            findings.add("line 1: " + first.path(LINES).asInt() + " lines follow, there are " + (lines.length - 1));
        }
        for (int i = 1; i < lines.length; i++) {
            final JsonNode line = parse(lines[i]);
            if (line.isObject()) {
                objects.add(line);
            } else {
                findings.add("line " + (i + 1) + ": wrong checksum");
            }
        }
        return new Content(objects, findings);
    }

    private static void append(final StringBuilder text, final ObjectNode line) throws JsonProcessingException {
        final String json = JSON.writeValueAsString(line);
        final String begin = json.substring(0, json.length() - 1);
        text.append(begin).append(CRC).append(checksum(begin)).append(END).append('\n');
    }

    /** The object of a line; a missing node when its checksum is wrong. */
    private static JsonNode parse(final String line) throws IOException {
        final int length = line.length() - CRC.length() - CRC_DIGITS - END.length();
        if (length <= 0) {
            return JSON.missingNode();
        }
        final String begin = line.substring(0, length);
        return line.equals(begin + CRC + checksum(begin) + END) ? JSON.readTree(line) : JSON.missingNode();
    }

    private static String checksum(final String text) {
        final CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
