package io.luyun.server.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.research.Area;
import io.luyun.server.research.Content;
import io.luyun.server.research.RawRecords;
import io.luyun.server.research.RecordCursor;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import io.luyun.server.research.Selection;
import io.luyun.server.research.TextBytes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.agrona.collections.LongHashSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes the records of a window out of the journals, as they stand there. Two passes: the first finds what is near and who told of
 * it, the second takes that and all else these devices said, so that a signal whose place no message tells comes with its unit. All
 * control records are taken: without sessions and ticks the window could not be decided anew. One thread.
 */
final class WindowFiles {
    static final String JOURNAL = "journal.raw";
    static final String ALERTS = "alerts.raw";

    private final Incident incident;
    private final Recording recording;
    private final Pace pace;
    private final @Nullable Area area;
    private final BitSet near = new BitSet();
    private final LongHashSet chosen = new LongHashSet();
    private final SortedMap<Integer, String> devices = new TreeMap<>();
    private final WindowTally tally;
    private final StandingRecords standing;

    WindowFiles(final Incident incident, final Recording recording, final int lateMillis, final Pace pace) {
        this.incident = incident;
        this.recording = recording;
        this.pace = pace;
        area = incident.area();
        tally = new WindowTally(lateMillis);
        standing = new StandingRecords(incident, recording, pace);
    }

    /** Ids of the devices of what was taken, by their numbers. */
    SortedMap<Integer, String> devices() {
        return devices;
    }

    private Selection window() {
        return Selection.ALL.withTimes(incident.fromNs(), incident.untilNs());
    }

    /**
     * What the journal has.
     *
     * @param window of the window
     * @param standing from before it, see {@link StandingRecords}
     */
    record Account(ObjectNode window, ObjectNode standing) {}

    /** Writes the records, those from before the window first; answers what the journal has. */
    Account journal(final Path directory) throws IOException {
        if (area != null) {
            final Content there = new Content(List.of(), List.of(area), List.of(), Set.of(), Set.of());
            try (RecordCursor cursor = recording.messages(window().withContent(there))) {
                while (cursor.next()) {
                    pace.step();
                    chosen.add(cursor.sequence());
                    if (cursor.record().deviceIndex() >= 0) {
                        near.set(cursor.record().deviceIndex());
                    }
                }
            }
        }
        standing.near(near);
        long taken = 0;
        try (RecordCursor cursor = recording.messages(window());
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(directory.resolve(JOURNAL)))) {
            final ObjectNode before = standing.write(out, near, devices);
            final RawRecords raw = new RawRecords();
            final TextBytes bytes = new TextBytes();
            while (cursor.next()) {
                pace.step();
                tally.add(cursor);
                if (wants(cursor)) {
                    raw.print(bytes, cursor);
                    bytes.moveTo(out);
                    taken++;
                    if (cursor.record().deviceIndex() >= 0) {
                        devices.put(cursor.record().deviceIndex(), cursor.deviceId());
                    }
                }
            }
            return new Account(tally.json(cursor.damage(), recording.journal().missing(), taken), before);
        }
    }

    private boolean wants(final RecordCursor cursor) {
        final int kind = cursor.kind();
        return area == null
                || kind >= Records.CONTROL_KINDS
                || chosen.contains(cursor.sequence())
                || (!tellsOfPlaces(kind)
                        && cursor.message()
                        && near.get(cursor.record().deviceIndex()));
    }

    /** Kinds that say themselves where what they tell of is: those elsewhere are not wanted. */
    private static boolean tellsOfPlaces(final int kind) {
        return kind == RecordKind.RECORD_KIND_BSM_VALUE
                || kind == RecordKind.RECORD_KIND_PSM_VALUE
                || kind == RecordKind.RECORD_KIND_RSM_VALUE
                || kind == RecordKind.RECORD_KIND_SSM_VALUE;
    }

    /** Writes the alerts, after the records; answers what their journal has of the window. */
    ObjectNode alerts(final Path directory) throws IOException {
        final JournalArchive archive = recording.alerts();
        final WindowTally ofAlerts = new WindowTally(1);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(directory.resolve(ALERTS)))) {
            if (archive == null) {
                return ofAlerts.json(List.of(), List.of(), 0).put("absent", "there is no journal of alerts");
            }
            long taken = 0;
            try (RecordCursor cursor = RecordCursor.open(archive, window())) {
                final RawRecords raw = new RawRecords();
                final TextBytes bytes = new TextBytes();
                while (cursor.next()) {
                    pace.step();
                    ofAlerts.add(cursor);
                    if (cursor.kind() == RecordKind.RECORD_KIND_ALERT_VALUE && wantsAlert(cursor)) {
                        raw.print(bytes, cursor);
                        bytes.moveTo(out);
                        taken++;
                    }
                }
                return withoutTime(ofAlerts.json(cursor.damage(), archive.missing(), taken));
            }
        }
    }

    /** Alerts come when there are some: that none came for a while says nothing. */
    private static ObjectNode withoutTime(final ObjectNode account) {
        account.remove(
                List.of("silences", "gaps", "gapCount", "numbersLeftOut", "late", "lateMessages", "lateIsMillis"));
        return account;
    }

    private boolean wantsAlert(final RecordCursor cursor) {
        final Area there = area;
        if (there == null) {
            return true;
        }
        final Alert alert;
        try {
            alert = Alert.parseFrom(cursor.payload());
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException("alert " + cursor.sequence() + " is not what its checksum says", e);
        }
        final Place place = AlertTriggers.place(alert);
        return (place != null && there.contains(place.latE7(), place.lonE7()))
                || alert.getCauseSequencesList().stream().anyMatch(chosen::contains)
                || incident.triggers().stream()
                        .anyMatch(each ->
                                each.cause().alertId() != 0 && each.cause().alertId() == alert.getAlertId());
    }
}
