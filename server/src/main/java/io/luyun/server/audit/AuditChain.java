package io.luyun.server.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads an audit log from its beginning and looks whether each line names the one before. */
public final class AuditChain {
    /** What the first line has in place of a hash. */
    static final String BEGINNING = "0".repeat(64);

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What was found.
     *
     * @param lines how many lines
     * @param head hash of the last one
     * @param unfinished first line that its writer did not finish; 0 for none
     * @param broken first line that does not name the one before, or is no line of an audit log; 0 for none
     * @param finding what is wrong with it
     */
    public record Result(long lines, String head, long unfinished, long broken, String finding) {
        /** Whether every line names the one before. */
        public boolean holds() {
            return broken == 0;
        }
    }

    /**
     * A line of a log.
     *
     * @param number from 1
     * @param hash of it, by which others name it
     * @param content null for one that its writer did not finish
     */
    public record Line(long number, String hash, @Nullable JsonNode content) {}

    private AuditChain() {}

    /**
     * Goes through all lines.
     *
     * @param each is given each one up to the first that is broken
     * @throws AuditException when it cannot be read
     */
    public static Result read(final Path file, final Consumer<Line> each) {
        String head = BEGINNING;
        long number = 0;
        long unfinished = 0;
        long finished = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (byte[] bytes = line(in); bytes != null; bytes = line(in)) {
                number++;
                final JsonNode content = parse(bytes);
                if (content == null) {
                    unfinished = unfinished == 0 ? number : unfinished;
                } else if (!content.path("before").asText().equals(head)) {
                    return broken(number, head, unfinished, "does not name the line before it");
                } else {
                    finished++;
                }
                head = hash(bytes);
                each.accept(new Line(number, head, content));
            }
        } catch (final IOException e) {
            throw new AuditException("the audit log " + file + " cannot be read: " + e, e);
        }
        return finished == 0 && number > 0
                ? broken(1, head, unfinished, "is no line of an audit log")
                : new Result(number, head, unfinished, 0, "");
    }

    private static Result broken(final long number, final String head, final long unfinished, final String finding) {
        return new Result(number, head, unfinished, number, finding);
    }

    /** Null when it is no object with an event in it. */
    private static @Nullable JsonNode parse(final byte[] bytes) throws IOException {
        try {
            final JsonNode node = JSON.readTree(bytes);
            return node != null && node.path("event").isTextual() ? node : null;
        } catch (final JsonProcessingException e) {
            return null;
        }
    }

    private static byte @Nullable [] line(final InputStream in) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            bytes.write(next);
            next = in.read();
        }
        return bytes.toByteArray();
    }

    static String hash(final byte[] line) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(line));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
