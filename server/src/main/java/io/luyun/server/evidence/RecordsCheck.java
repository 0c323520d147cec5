package io.luyun.server.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.luyun.server.exchange.mcap.McapRecords;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.journal.JournalException;
import io.luyun.server.journal.JournalReader;
import io.luyun.server.journal.RawFrames;
import io.luyun.server.research.RecordLines;
import io.luyun.server.research.Records;
import io.luyun.server.research.TextBytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks whether the files of a package tell the same records, and whether a journal does. One thread. */
final class RecordsCheck {
    private static final int CRC_LENGTH = 4;

    private final String id;
    private final Path directory;
    private final Map<Integer, String> devices;
    private final List<Finding> findings;

    RecordsCheck(
            final String id, final Path directory, final Map<Integer, String> devices, final List<Finding> findings) {
        this.id = id;
        this.directory = directory;
        this.devices = devices;
        this.findings = findings;
    }

    void run(final JsonNode manifest, final @Nullable Path data) throws IOException {
        if (lines(WindowFiles.JOURNAL, DerivedFiles.JOURNAL) && lines(WindowFiles.ALERTS, DerivedFiles.ALERTS)) {
            mcap();
            standing(manifest);
            if (data != null) {
                final Path whole = Files.isDirectory(data.resolve("journal")) ? data.resolve("journal") : data;
                journal(whole, WindowFiles.JOURNAL);
                if (Files.size(directory.resolve(WindowFiles.ALERTS)) > 0) {
                    journal(whole.resolveSibling("alerts"), WindowFiles.ALERTS);
                }
            }
        }
    }

    private void find(final String file, final String rule, final String detail) {
        findings.add(new Finding(id, file, rule, detail));
    }

    /** Whether each line is what its frame says. */
    private boolean lines(final String raw, final String text) throws IOException {
        try (RawFileRecords records = new RawFileRecords(directory.resolve(raw), devices);
                BufferedReader lines = Files.newBufferedReader(directory.resolve(text))) {
            final RecordLines printer = DerivedFiles.lines();
            final TextBytes bytes = new TextBytes();
            long last = 0;
            while (records.next()) {
                if (records.sequence() <= last) {
                    find(raw, "records", "record " + records.sequence() + " stands behind record " + last);
                    return false;
                }
                last = records.sequence();
                bytes.shorten(0);
                printer.print(bytes, records);
                bytes.shorten(bytes.length() - 1);
                if (!bytes.toString().equals(lines.readLine())) {
                    find(text, "records", "does not tell record " + last + " as " + raw + " does");
                    return false;
                }
            }
            if (lines.readLine() != null) {
                find(text, "records", "tells more records than " + raw);
                return false;
            }
            return true;
        } catch (final JournalException e) {
            find(raw, "records", String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** Whether the records from before the window are those that the manifest names. */
    private void standing(final JsonNode manifest) throws IOException {
        final List<Long> named = new ArrayList<>();
        manifest.path("standing").path("sequences").forEach(each -> named.add(each.asLong()));
        final List<Long> there = new ArrayList<>();
        final long fromNs = Incident.ns(manifest.path("incident").path("from").asText());
        try (RawFileRecords records = new RawFileRecords(directory.resolve(WindowFiles.JOURNAL), devices)) {
            while (records.next() && records.receivedAtNs() < fromNs) {
                there.add(records.sequence());
            }
        }
        if (!there.equals(named)) {
            find(WindowFiles.JOURNAL, "records", "has other records from before the window than the manifest names");
        }
    }

    private void mcap() throws IOException {
        try (Records raw = DerivedFiles.merged(directory, devices);
                McapRecords mcap = new McapRecords(directory.resolve(DerivedFiles.MCAP))) {
            while (raw.next()) {
                if (!mcap.next() || !same(raw, mcap)) {
                    find(
                            DerivedFiles.MCAP,
                            "records",
                            "does not tell record " + raw.sequence() + " as the raw frames do");
                    return;
                }
            }
            if (mcap.next()) {
                find(DerivedFiles.MCAP, "records", "tells more records than the raw frames");
            }
            for (final String loss : mcap.losses()) {
                find(DerivedFiles.MCAP, "records", loss);
            }
        }
    }

    private static boolean same(final Records raw, final Records other) {
        if (raw.sequence() != other.sequence()
                || raw.kind() != other.kind()
                || raw.receivedAtNs() != other.receivedAtNs()
                || raw.number() != other.number()
                || raw.bootEpoch() != other.bootEpoch()
                || !raw.deviceId().equals(other.deviceId())
                || raw.payloadLength() != other.payloadLength()) {
            return false;
        }
        for (int i = 0; i < raw.payloadLength(); i++) {
            if (raw.buffer().getByte(raw.payloadOffset() + i) != other.buffer().getByte(other.payloadOffset() + i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the journal has the same frames. */
    private void journal(final Path journal, final String file) throws IOException {
        final JournalArchive archive = Journal.openReadOnly(journal);
        try (RawFrames frames = new RawFrames(directory.resolve(file))) {
            if (!frames.next()) {
                return;
            }
            try (JournalReader reader = archive.reader(frames.sequence())) {
                boolean stands = reader.next();
                do {
                    while (stands && reader.sequence() < frames.sequence()) {
                        stands = reader.next();
                    }
                    if (!stands || reader.sequence() != frames.sequence()) {
                        find(file, "journal", "record " + frames.sequence() + " is not in " + journal);
                    } else if (!same(frames, reader)) {
                        find(file, "journal", "record " + frames.sequence() + " is another in " + journal);
                    }
                } while (frames.next() && findings.size() < 100);
            }
        }
    }

    /** All but the checksum, into which the journal mixes the place. */
    private static boolean same(final RawFrames frames, final JournalReader reader) {
        if (frames.recordLength() != reader.recordLength()) {
            return false;
        }
        for (int i = 0; i < frames.recordLength() - CRC_LENGTH; i++) {
            if (frames.buffer().getByte(i) != reader.buffer().getByte(reader.recordOffset() + i)) {
                return false;
            }
        }
        return true;
    }
}
