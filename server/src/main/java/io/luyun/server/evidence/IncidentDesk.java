package io.luyun.server.evidence;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a trigger: it begins an incident, shares one that is pending at its place and time, or, in a storm, is
 * counted. Any thread.
 */
final class IncidentDesk {
    private static final long HOUR_NS = TimeUnit.HOURS.toNanos(1);

    private final EvidenceConfig config;
    private final PackageStore store;
    private final PendingIncidents pending;
    private final EvidenceCounts counts;
    /** When incidents were begun, within the last hour. */
    private final ArrayDeque<Long> begun = new ArrayDeque<>();

    /** Those whose packages are being made: what is added to them now would not be in there. */
    private final Set<String> sealing = new HashSet<>();

    IncidentDesk(
            final EvidenceConfig config,
            final PackageStore store,
            final PendingIncidents pending,
            final EvidenceCounts counts) {
        this.config = config;
        this.store = store;
        this.pending = pending;
        this.counts = counts;
    }

    /**
     * Takes a trigger.
     *
     * @return id of the incident it is part of; null when it was only counted
     */
    @Nullable
    synchronized String on(final Trigger trigger) throws IOException {
        final List<Incident> open = pending.list();
        final String known = known(trigger, open);
        if (known != null) {
            return known;
        }
        for (final Incident incident : open) {
            final Incident more = sealing.contains(incident.id()) ? null : incident.with(trigger, config.extent());
            if (more != null) {
                pending.put(more);
                counts.shared();
                return incident.id();
            }
        }
        while (!begun.isEmpty() && begun.getFirst() < trigger.atNs() - HOUR_NS) {
            begun.removeFirst();
        }
        // what somebody asks for is not the storm
        if (trigger.kind() != Trigger.Kind.MANUAL
                && (open.size() >= config.limits().pending()
                        || begun.size() >= config.limits().anHour())) {
            counts.suppressed();
            return null;
        }
        begun.addLast(trigger.atNs());
        final Incident incident = Incident.of(trigger, config.extent());
        pending.put(incident);
        counts.begun();
        return incident.id();
    }

    /** What is pending now is sealed from here on; null when there is none of this id any more. */
    synchronized @Nullable Incident begin(final String id) {
        for (final Incident incident : pending.list()) {
            if (incident.id().equals(id)) {
                sealing.add(id);
                return incident;
            }
        }
        return null;
    }

    /** It is done, or failed. */
    synchronized void end(final Incident incident, final boolean sealed) throws IOException {
        sealing.remove(incident.id());
        if (sealed) {
            pending.done(incident);
        }
    }

    /** The incident that has it already: a step of the same alert, or the same thing read again after a restart. */
    private @Nullable String known(final Trigger trigger, final List<Incident> open) {
        final String id = trigger.id();
        final long alertId = trigger.cause().alertId();
        for (final Incident incident : open) {
            if (incident.id().equals(id)
                    || incident.triggers().stream()
                            .anyMatch(each -> each.equals(trigger)
                                    || (alertId != 0 && each.cause().alertId() == alertId))) {
                return incident.id();
            }
        }
        final String end = "-" + Long.toUnsignedString(alertId);
        final List<String> sealed = new ArrayList<>(store.ids());
        sealed.removeIf(each -> !each.equals(id) && (alertId == 0 || !each.endsWith(end)));
        return sealed.isEmpty() ? null : sealed.getFirst();
    }
}
