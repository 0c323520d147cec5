package io.luyun.server.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.AlertAcknowledged;
import io.luyun.proto.v1.AlertAcknowledgement;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.journal.Journal;
import io.luyun.server.research.RecordCursor;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Selection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Acknowledgements of a package's alerts that came after its window: those in it are sealed, these stand in the journal alone. Stateless.
 */
public final class LateAcknowledgements {
    /** Who has not answered for so long has not answered. */
    private static final int LOOK_HOURS = 1;

    private LateAcknowledgements() {}

    /**
     * What the journal of a data directory says of them, a line each; empty when the package has no alert.
     *
     * @param manifest of the package
     * @param data the data directory; a journal need not be there
     */
    public static List<String> of(final JsonNode manifest, final Path data) {
        final Set<Long> alerts = new HashSet<>();
        manifest.path("incident").path("triggers").forEach(trigger -> {
            if (trigger.has("alertId")) {
                alerts.add(Long.parseUnsignedLong(trigger.path("alertId").asText()));
            }
        });
        if (alerts.isEmpty()) {
            return List.of();
        }
        final Path journal = data.resolve("journal");
        if (!Journal.existsAt(journal)) {
            return List.of("acknowledgements after the window stand in the journal, which is not here");
        }
        final List<String> lines = new ArrayList<>();
        final long fromNs = Incident.ns(manifest.path("incident").path("until").asText());
        try (RecordCursor cursor = Recording.open(journal)
                .messages(Selection.ALL
                        .withTimes(fromNs, fromNs + TimeUnit.HOURS.toNanos(LOOK_HOURS))
                        .withKinds(Set.of(RecordKind.RECORD_KIND_ALERT_ACKNOWLEDGED_VALUE)))) {
            while (cursor.next()) {
                final String line = line(cursor, alerts);
                if (line != null) {
                    lines.add(line);
                }
            }
        }
        if (lines.isEmpty()) {
            lines.add("no acknowledgement stands in the journal within " + LOOK_HOURS + " h after the window");
        }
        return lines;
    }

    private static @Nullable String line(final RecordCursor cursor, final Set<Long> alerts) {
        try {
            final AlertAcknowledgement said =
                    AlertAcknowledged.parseFrom(cursor.payload()).getAcknowledgement();
            return alerts.contains(said.getAlertId())
                    ? "acknowledged after the window: " + Incident.time(cursor.receivedAtNs()) + "  alert "
                            + Long.toUnsignedString(said.getAlertId()) + "  by " + cursor.deviceId() + "  "
                            + said.getNote() + "  (record " + cursor.sequence() + " of the journal)"
                    : null;
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException("record " + cursor.sequence() + " is not what its checksum says", e);
        }
    }
}
