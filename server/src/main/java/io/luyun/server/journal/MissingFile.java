package io.luyun.server.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file that lists what is known to be missing from a journal; see {@link CheckedLines} for its form. Read when first asked,
 * and again when it has changed. One thread.
 */
final class MissingFile {
    static final String NAME = "missing";
    private static final String FORMAT = "luyun missing 1";
    private static final String UNSYNCED = "unsynced";

    private final Path path;
    private List<Missing> entries = List.of();
    private List<String> findings = List.of();
    private Map<String, Missing> retired = Map.of();
    private SequenceRanges ranges = new SequenceRanges(List.of());
    private SequenceRanges rangesAndSieves = ranges;
    private @Nullable Stamp stamp;
    private boolean read;

    /** It is never changed in place: another file, length or time is another content. */
    private record Stamp(@Nullable Object key, long size, FileTime changed) {}

    MissingFile(final Path directory) {
        path = directory.resolve(NAME);
    }

    /** What it lists, in the order of sequences. */
    List<Missing> entries() throws IOException {
        refresh();
        return entries;
    }

    /** Lines of it that cannot be read: what they name counts as damaged. */
    List<String> findings() throws IOException {
        refresh();
        return findings;
    }

    /**
     * Sequences that are not there, as last read.
     *
     * @param between whether those count as well that are missing between records of a file of which some classes were retired
     */
    SequenceRanges ranges(final boolean between) {
        return between ? rangesAndSieves : ranges;
    }

    /** What was retired of a file; null when nothing was. */
    @Nullable
    Missing retired(final String file) throws IOException {
        refresh();
        return retired.get(file);
    }

    /** Reads it if it was not read, or has changed; whether it did. */
    boolean refresh() throws IOException {
        final Stamp now = stamp();
        if (read && Objects.equals(now, stamp)) {
            return false;
        }
        final CheckedLines.Content content = CheckedLines.read(path, FORMAT);
        final List<Missing> list = new ArrayList<>();
        for (final JsonNode line : content.objects()) {
            list.add(entry(line));
        }
        list.sort((a, b) -> Long.compare(a.firstSequence(), b.firstSequence()));
        take(list);
        findings = List.copyOf(content.findings());
        stamp = now;
        read = true;
        return true;
    }

    /** Writes it anew. */
    void write(final List<Missing> list) throws IOException {
        final List<ObjectNode> lines = new ArrayList<>();
        for (final Missing entry : list) {
            lines.add(line(entry));
        }
        CheckedLines.write(path, FORMAT, lines);
        read = false;
    }

    private @Nullable Stamp stamp() throws IOException {
        try {
            final BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(now.fileKey(), now.size(), now.lastModifiedTime());
        } catch (final NoSuchFileException e) {
            return null;
        }
    }

    private void take(final List<Missing> list) {
        final List<SequenceRanges.Range> whole = new ArrayList<>();
        final List<SequenceRanges.Range> all = new ArrayList<>();
        for (final Missing entry : list) {
            if (entry.cause() instanceof final Missing.Retired retired && retired.keptFirst() > 0) {
                whole.add(new SequenceRanges.Range(entry.firstSequence(), retired.keptFirst() - 1));
                whole.add(new SequenceRanges.Range(retired.keptLast() + 1, entry.lastSequence()));
            } else {
                whole.add(new SequenceRanges.Range(entry.firstSequence(), entry.lastSequence()));
            }
            all.add(new SequenceRanges.Range(entry.firstSequence(), entry.lastSequence()));
        }
        final Map<String, Missing> byFile = new HashMap<>();
        for (final Missing entry : list) {
            if (entry.cause() instanceof Missing.Retired) {
                byFile.put(entry.file(), entry);
            }
        }
        entries = List.copyOf(list);
        retired = byFile;
        ranges = new SequenceRanges(whole);
        rangesAndSieves = new SequenceRanges(all);
    }

    private static ObjectNode line(final Missing entry) {
        final ObjectNode line = CheckedLines.line()
                .put("firstSequence", entry.firstSequence())
                .put("lastSequence", entry.lastSequence())
                .put("records", entry.records())
                .put("file", entry.file())
                .put("noted", entry.noted().truncatedTo(ChronoUnit.SECONDS).toString());
        switch (entry.cause()) {
            case Missing.Damaged damaged ->
                line.put("reason", "damaged").put("offset", damaged.offset()).put("finding", damaged.finding());
            case Missing.Unsynced unsynced -> line.put("reason", UNSYNCED).put("offset", unsynced.offset());
            case Missing.Retired retired -> {
                final ArrayNode classes = line.put("reason", "retired").putArray("classes");
                retired.classes().forEach(classes::add);
                line.put("bytes", retired.bytes())
                        .put("keptFirst", retired.keptFirst())
                        .put("keptLast", retired.keptLast())
                        .put("end", retired.end());
            }
        }
        return line;
    }

    private static Missing entry(final JsonNode line) {
        final Missing.Cause cause;
        if (line.path("reason").asText().equals(UNSYNCED)) {
            cause = new Missing.Unsynced(line.path("offset").asLong());
        } else if (line.path("reason").asText().equals("retired")) {
            final List<String> classes = new ArrayList<>();
            line.path("classes").forEach(name -> classes.add(name.asText()));
            cause = new Missing.Retired(
                    classes,
                    line.path("bytes").asLong(),
                    line.path("keptFirst").asLong(),
                    line.path("keptLast").asLong(),
                    line.path("end").asLong());
        } else {
            cause = new Missing.Damaged(
                    line.path("offset").asLong(), line.path("finding").asText());
        }
        return new Missing(
                line.path("firstSequence").asLong(),
                line.path("lastSequence").asLong(),
                line.path("records").asLong(),
                line.path("file").asText(),
                Instant.parse(line.path("noted").asText()),
                cause);
    }
}
