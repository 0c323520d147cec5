package io.luyun.server.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertAcknowledgement;
import io.luyun.proto.v1.AlertState;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.ops.history.AlertHistory;
import io.luyun.server.ops.history.JournalIndex;
import io.luyun.server.ops.history.Past;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** Alerts of the past, what caused them, and who has seen them. Any thread. */
public final class AlertRoutes {
    private static final String PATH = "/api/v1/alerts";
    private static final int MOST = 1_000;
    private static final int USUAL = 100;
    private static final int NOTE_CHARS = 512;

    private final AlertHistory history;
    private final JournalIndex index;
    private final Path journal;
    private final OperatorRecords records;

    /** Those of a journal in a directory and of the alerts that were decided from it. */
    public AlertRoutes(
            final AlertHistory history, final JournalIndex index, final Path journal, final OperatorRecords records) {
        this.history = history;
        this.index = index;
        this.journal = journal;
        this.records = records;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.slow(PATH, Scope.READ, this::list),
                Route.slow(PATH + "/{id}", Scope.READ, this::one),
                Route.change(
                        PATH + "/{id}/acknowledgement", Scope.OPERATE, "alert-acknowledgement", this::acknowledge));
    }

    private Answer list(final Request request) {
        final long from = request.timeNs("from", Long.MIN_VALUE);
        final long to = request.timeNs("to", Long.MAX_VALUE);
        final Predicate<Alert> wanted = alert -> alert.getRaisedAtNs() < to
                && (alert.getAtNs() >= from || alert.getState() != AlertState.ALERT_STATE_CLEARED);
        final ObjectNode page = JsonNodeFactory.instance.objectNode();
        final ArrayNode alerts = page.putArray("alerts");
        final int limit = (int) request.number("limit", USUAL, 1, MOST);
        for (final Alert alert : history.newest(request.id("before", -1L), limit, wanted.and(matching(request)))) {
            alerts.add(whole(alert));
        }
        return Answer.json(page);
    }

    private static Predicate<Alert> matching(final Request request) {
        final String kind = request.parameter("kind");
        final String severity = request.parameter("severity");
        final String state = request.parameter("state");
        final String device = request.parameter("device");
        return alert -> (kind == null || kind.equals(Names.of(alert.getKind())))
                && (severity == null || alert.getSeverity().name().equals("SEVERITY_" + severity))
                && (state == null || alert.getState().name().equals("ALERT_STATE_" + state))
                && (device == null || isOf(alert, device));
    }

    private static boolean isOf(final Alert alert, final String device) {
        return alert.getSubject().getDeviceId().equals(device)
                || alert.getTarget().getDeviceId().equals(device)
                || alert.getSubject().getSeenBy().equals(device)
                || alert.getTarget().getSeenBy().equals(device)
                || alert.getEvent().getDeviceId().equals(device);
    }

    private Answer one(final Request request) throws IOException {
        final List<Alert> steps = history.steps(request.id("id"));
        if (steps.isEmpty()) {
            throw Problem.notFound("id", request.part("id"));
        }
        final ObjectNode page = whole(steps.getLast());
        final ArrayNode all = page.putArray("steps");
        steps.forEach(step -> all.add(AlertJson.of(step)));
        final ArrayNode causes = page.putArray("causingMessages");
        final JournalArchive archive = Journal.openReadOnly(journal);
        for (final long sequence : steps.getFirst().getCauseSequencesList()) {
            final Past record = Past.read(archive, sequence);
            if (record != null) {
                causes.add(RecordJson.of(record, index));
            }
        }
        return Answer.json(page);
    }

    private ObjectNode whole(final Alert alert) {
        final ObjectNode json = AlertJson.of(alert);
        final ArrayNode seen = json.putArray("acknowledgements");
        for (final JournalIndex.Acknowledged one : index.acknowledgements(alert.getAlertId())) {
            seen.addObject()
                    .put("by", one.by())
                    .put("at", AlertJson.time(one.atNs()))
                    .put("note", one.note());
        }
        return json;
    }

    private Answer acknowledge(final Request request) {
        final long id = request.id("id");
        final String note = Request.text(request.json(List.of("note")), "note", NOTE_CHARS);
        if (history.last(id) == null) {
            throw Problem.notFound("id", request.part("id"));
        }
        final String device = OperatorRecords.deviceOf(request.caller());
        final long atNs = records.acknowledge(
                device,
                AlertAcknowledgement.newBuilder().setAlertId(id).setNote(note).build());
        final ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("alertId", request.part("id"));
        answer.put("by", device);
        answer.put("at", AlertJson.time(atNs));
        answer.put("note", note);
        return Answer.json(202, answer);
    }
}
