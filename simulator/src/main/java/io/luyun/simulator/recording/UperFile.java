package io.luyun.simulator.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of frames, in one of three shapes:
 *
 * <pre>
 *   hex             a line a frame, sent at an even rate
 *   millis hex      the same with the time it was recorded, in milliseconds
 *   2 octets, frame …   binary: each frame after its length, high octet first
 * </pre>
 *
 * Empty lines and lines that begin with # are passed over. A line that is no frame is one with a problem.
 */
public final class UperFile {
    private static final double EVEN_RATE = 10;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private static final Pattern LINE = Pattern.compile("(?:(\\d{1,15})\\s+)?((?:[0-9a-fA-F]{2})+)");

    private final UperFrames frames;
    private final List<FeedFrame> read = new ArrayList<>();
    private final List<Long> timesMs = new ArrayList<>();
    private boolean timed;

    private UperFile(final UperFrames frames) {
        this.frames = frames;
    }

    /**
     * All frames of a file.
     *
     * @param rate frames a second, or where the lines have times how much faster; 0 for 10, or as fast as recorded
     * @throws IOException when it cannot be read
     */
    public static Recording read(final Path file, final UperFrames frames, final double rate) throws IOException {
        final byte[] content = Files.readAllBytes(file);
        final UperFile reader = new UperFile(frames);
        if (isText(content)) {
            new String(content, StandardCharsets.US_ASCII).lines().forEach(reader::line);
        } else {
            reader.binary(file, ByteBuffer.wrap(content));
        }
        if (!reader.timed) {
            return Recording.even(reader.read, rate == 0 ? EVEN_RATE : rate);
        }
        final long[] timesNs = reader.timesMs.stream()
                .mapToLong(millis -> millis * NANOS_PER_MILLI)
                .toArray();
        return Recording.timed(reader.read, timesNs, rate == 0 ? 1 : rate);
    }

    private static boolean isText(final byte[] content) {
        for (final byte octet : content) {
            if ((octet < ' ' || octet > '~') && octet != '\n' && octet != '\r' && octet != '\t') {
                return false;
            }
        }
        return true;
    }

    private void line(final String line) {
        final String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        final Matcher words = LINE.matcher(text);
        final boolean good = words.matches();
        final boolean hasTime = good && words.group(1) != null;
        timed |= hasTime;
        // one without a time comes with the one before
        timesMs.add(hasTime ? Long.parseLong(words.group(1)) : timesMs.isEmpty() ? 0 : timesMs.getLast());
        read.add(
                good
                        ? frames.read(HexFormat.of().parseHex(words.group(2)))
                        : UperFrames.Decoded.problem("not hexadecimal digits"));
    }

    private void binary(final Path file, final ByteBuffer content) throws IOException {
        while (content.hasRemaining()) {
            final int at = content.position();
            final int length = content.remaining() < Short.BYTES ? -1 : Short.toUnsignedInt(content.getShort());
            if (length < 0 || length > content.remaining()) {
                throw new IOException(file + ": at octet " + at + " stands no length with as many octets");
            }
            final byte[] octets = new byte[length];
            content.get(octets);
            read.add(frames.read(octets));
        }
    }
}
