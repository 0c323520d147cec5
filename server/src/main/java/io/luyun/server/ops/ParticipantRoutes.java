package io.luyun.server.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.Alert;
import io.luyun.server.journal.Journal;
import io.luyun.server.ops.history.AlertHistory;
import io.luyun.server.ops.history.JournalIndex;
import io.luyun.server.ops.history.Past;
import io.luyun.server.session.DeviceView;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** One road user in full. Any thread. */
public final class ParticipantRoutes {
    private static final int ALERTS = 10;
    private static final long NOW = Long.MAX_VALUE;
    private static final double DEGREES_E7 = 1e7;

    private final ParticipantSource source;
    private final DeviceSource devices;
    private final AlertHistory history;
    private final JournalIndex index;
    private final Path journal;

    /** Those of a journal in a directory. */
    public ParticipantRoutes(
            final ParticipantSource source,
            final DeviceSource devices,
            final AlertHistory history,
            final JournalIndex index,
            final Path journal) {
        this.source = source;
        this.devices = devices;
        this.history = history;
        this.index = index;
        this.journal = journal;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.slow("/api/v1/participants/{id}", Scope.READ, this::one));
    }

    private Answer one(final Request request) throws InvalidProtocolBufferException {
        final long id = request.id("id");
        final long atNs = request.timeNs("at", NOW);
        return atNs == NOW ? now(request, id) : then(request, id, atNs);
    }

    /** As it was at a time: what the journal tells of it. */
    private Answer then(final Request request, final long id, final long atNs) throws InvalidProtocolBufferException {
        final Past record = Journal.existsAt(journal)
                ? PastMessage.find(Journal.openReadOnly(journal), source.origin(id), atNs)
                : null;
        if (record == null) {
            throw Problem.notFound("id", request.part("id"));
        }
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", Long.toUnsignedString(id));
        json.put("lastAt", AlertJson.time(record.atNs()));
        json.set("message", RecordJson.of(record, index));
        alerts(json, alert -> isOf(alert, id) && alert.getRaisedAtNs() <= atNs);
        return Answer.json(json);
    }

    private Answer now(final Request request, final long id) throws InvalidProtocolBufferException {
        final ParticipantSource.Trace trace = source.find(id);
        if (trace == null) {
            throw Problem.notFound("id", request.part("id"));
        }
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", Long.toUnsignedString(id));
        json.put("lat", trace.latE7() / DEGREES_E7);
        json.put("lon", trace.lonE7() / DEGREES_E7);
        if (!Double.isNaN(trace.speedMps())) {
            json.put("speedMps", trace.speedMps());
        }
        if (!Double.isNaN(trace.headingDeg())) {
            json.put("headingDeg", trace.headingDeg());
        }
        json.put("firstAt", AlertJson.time(trace.firstAtNs()));
        json.put("lastAt", AlertJson.time(trace.lastAtNs()));
        sources(json, trace);
        final Past record = Past.read(Journal.openReadOnly(journal), trace.lastSequence());
        if (record != null) {
            json.set("message", RecordJson.of(PastMessage.about(record, trace.ptcId()), index));
        }
        alerts(json, alert -> isOf(alert, id));
        return Answer.json(json);
    }

    private void alerts(final ObjectNode json, final Predicate<Alert> wanted) {
        final ArrayNode alerts = json.putArray("alerts");
        history.newest(-1L, ALERTS, wanted).forEach(alert -> alerts.add(AlertJson.of(alert)));
    }

    private void sources(final ObjectNode json, final ParticipantSource.Trace trace) {
        if (!trace.seenBy().isEmpty()) {
            json.put("seenBy", trace.seenBy());
            json.put("numberAtUnit", trace.ptcId());
        }
        final ArrayNode units = json.putArray("units");
        for (final ParticipantSource.Sighting one : trace.sightings()) {
            units.addObject()
                    .put("id", one.unit())
                    .put("numberAtUnit", one.ptcId())
                    .put("lastAt", AlertJson.time(one.lastAtNs()));
        }
        if (trace.device().isEmpty()) {
            return;
        }
        json.put("device", trace.device());
        for (final DeviceView view : devices.devices()) {
            if (view.online() && view.id().equals(trace.device()) && view.lastAtNs() > 0) {
                long messages = 0;
                for (final long count : view.messages()) {
                    messages += count;
                }
                final double seconds = Math.max(1, (view.lastAtNs() - view.sinceNs()) / 1e9);
                json.put("messagesPerSecond", Math.rint(messages / seconds * 100) / 100);
                json.put("clockOffsetMs", view.clockAheadMillis());
            }
        }
    }

    private static boolean isOf(final Alert alert, final long id) {
        return alert.getSubject().getParticipantId() == id || alert.getTarget().getParticipantId() == id;
    }
}
