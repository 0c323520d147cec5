package io.luyun.server.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.Alert;
import io.luyun.server.journal.Journal;
import io.luyun.server.research.Content;
import io.luyun.server.research.RecordCursor;
import io.luyun.server.research.Selection;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochNanoClock;

/** Freezes by hand what a data directory has, be a server at work on it or not. One thread. */
public final class ManualFreeze {
    /** So long after its end a window is on the disk, whatever the server's settings. */
    private static final long SETTLED_NS = TimeUnit.SECONDS.toNanos(10);

    /** As the server's default. */
    private static final int LATE_MILLIS = 1_000;

    private final PackageStore store;
    private final EvidenceSource source;
    private final EpochNanoClock clock;
    private final ErrorHandler errors;

    public ManualFreeze(
            final PackageStore store,
            final EvidenceSource source,
            final EpochNanoClock clock,
            final ErrorHandler errors) {
        this.store = store;
        this.source = source;
        this.clock = clock;
        this.errors = errors;
    }

    /**
     * Makes the package; where the window is not over and a server runs, leaves that to the server.
     *
     * @param extent how much
     * @return whether the package is made
     * @throws EvidenceException when there is one of the same cause, time and place that has another extent
     */
    public boolean freeze(final Trigger trigger, final EvidenceConfig.Extent extent) throws IOException {
        final Incident incident = Incident.of(trigger, extent);
        final PendingIncidents pending = new PendingIncidents(store, source, clock, errors);
        final ObjectNode there = store.brief(incident.id());
        if (there != null) {
            final Incident sealed = Incident.of(there);
            if (sealed.fromNs() != incident.fromNs()
                    || sealed.untilNs() != incident.untilNs()
                    || sealed.radiusMetres() != incident.radiusMetres()) {
                throw new EvidenceException("package " + incident.id()
                        + ": is there with another window or radius; with another reason it is another package");
            }
            return true;
        }
        pending.put(incident);
        if (clock.nanoTime() < incident.untilNs() + SETTLED_NS
                && Journal.openReadOnly(source.journal()).live()) {
            return false;
        }
        final InstantSource instants = () -> Instant.EPOCH.plusNanos(clock.nanoTime());
        new Sealer(source, store, LATE_MILLIS, instants, Pace.FULL)
                .seal(incident, new Sealer.Remarks(References.of(incident, pending.list(), store), List.of()));
        pending.done(incident);
        return true;
    }

    /**
     * The trigger that an alert is: the first of its steps.
     *
     * @throws EvidenceException when there is none of this id
     */
    public Trigger alert(final long alertId, final String by, final String reason) {
        final Content content = new Content(List.of(), List.of(), List.of(), Set.of(alertId), Set.of());
        if (Journal.existsAt(source.alerts())) {
            try (RecordCursor cursor =
                    RecordCursor.open(Journal.openReadOnly(source.alerts()), Selection.ALL.withContent(content))) {
                if (cursor.next()) {
                    final Trigger seen = AlertTriggers.trigger(Trigger.Kind.MANUAL, Alert.parseFrom(cursor.payload()));
                    return new Trigger(
                            seen.kind(),
                            seen.atNs(),
                            seen.place(),
                            new Trigger.Cause(
                                    seen.cause().device(),
                                    alertId,
                                    by,
                                    seen.cause().reason() + ": " + reason));
                }
            } catch (final InvalidProtocolBufferException e) {
                throw new IllegalStateException("an alert is not what its checksum says", e);
            }
        }
        throw new EvidenceException("alert " + Long.toUnsignedString(alertId) + ": there is none of this id");
    }
}
