package io.luyun.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.luyun.simulator.recording.Recording;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Reads recorded roadside tracks, JSON or gzip of it, in the two shapes met in the field:
 *
 * <pre>
 *   standard  [ { "content": { "rsms": [ { "refPos": {…}, "participants": [ {…} ] } ] } } ]
 *   vendor    [ [ { "dev_pos": {…}, "content": [ {…} ] } ] ]
 * </pre>
 *
 * The first has the standard's names and units, with fractions where the standard has integers; the second degrees, metres
 * and metres a second under names of its own.
 */
public final class TrackFile {
    private static final int GZIP_MAGIC_0 = 0x1f;
    private static final int GZIP_MAGIC_1 = 0x8b;

    private TrackFile() {}

    /**
     * A file as a recording, for a plan's device.
     *
     * @param rate frames a second
     * @throws IOException when the file cannot be read or has neither shape
     */
    public static Recording read(
            final Path file, final FeedPlan plan, final double rate, final WrongHeadings wrongHeadings)
            throws IOException {
        return Recording.even(read(file, plan.rsuId(), wrongHeadings), rate);
    }

    /**
     * All frames of a file.
     *
     * @param rsuId the 8 octets the messages carry as the roadside unit's id
     * @throws IOException when the file cannot be read or has neither shape
     */
    static List<TrackFrame> read(final Path file, final ByteString rsuId, final WrongHeadings wrongHeadings)
            throws IOException {
        final JsonNode root;
        try (InputStream in = open(file)) {
            root = new ObjectMapper().readTree(in);
        }
        if (!root.isArray()) {
            throw new IOException(file + " is not a list of frames");
        }
        final List<TrackFrame> frames = new ArrayList<>(root.size());
        for (final JsonNode frame : root) {
            frames.add(frame(file, frames.size(), frame, rsuId, wrongHeadings));
        }
        return frames;
    }

    private static TrackFrame frame(
            final Path file,
            final int index,
            final JsonNode frame,
            final ByteString rsuId,
            final WrongHeadings wrongHeadings)
            throws IOException {
        if (frame.isArray()) {
            return TrackMapper.frame(frame, true, rsuId, wrongHeadings);
        }
        final JsonNode rsms = frame.path("content").path("rsms");
        if (rsms.isArray()) {
            return TrackMapper.frame(rsms, false, rsuId, wrongHeadings);
        }
        throw new IOException(file + ": frame " + index + " has neither content.rsms nor a list of devices");
    }

    private static InputStream open(final Path file) throws IOException {
        final InputStream in = new BufferedInputStream(Files.newInputStream(file));
        in.mark(2);
        final boolean gzip = in.read() == GZIP_MAGIC_0 && in.read() == GZIP_MAGIC_1;
        in.reset();
        return gzip ? new GZIPInputStream(in, 1 << 16) : in;
    }
}
