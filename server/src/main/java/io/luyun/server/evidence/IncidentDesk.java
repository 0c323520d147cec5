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
    private final SuppressedIncidents suppressed;
    /** When incidents were begun, within the last hour. */
    private final ArrayDeque<Long> begun = new ArrayDeque<>();

    /** Those whose packages are being made: what is added to them now would not be in there. */
    private final Set<String> sealing = new HashSet<>();

    /** What lies on the disk, as of the last {@link #refresh}: a storm must not read files for each of its alerts. */
    private List<Incident> open = List.of();

    private Set<String> sealed = Set.of();

    IncidentDesk(
            final EvidenceConfig config,
            final PackageStore store,
            final PendingIncidents pending,
            final EvidenceCounts counts,
            final SuppressedIncidents suppressed) {
        this.config = config;
        this.store = store;
        this.pending = pending;
        this.counts = counts;
        this.suppressed = suppressed;
    }

    /** Looks at what is pending and sealed on the disk, by whatever process; answers what is pending. */
    synchronized List<Incident> refresh() {
        open = new ArrayList<>(pending.list());
        sealed = new HashSet<>(store.ids());
        return List.copyOf(open);
    }

    /**
     * Takes a trigger.
     *
     * @return id of the incident it is part of; null when it was only counted
     */
    @Nullable
    synchronized String on(final Trigger trigger) throws IOException {
        final String known = known(trigger);
        if (known != null) {
            return known;
        }
        for (final Incident incident : List.copyOf(open)) {
            final Incident more = sealing.contains(incident.id()) ? null : incident.with(trigger, config.extent());
            if (more != null) {
                put(incident, more);
                counts.shared();
                return incident.id();
            }
        }
        while (!begun.isEmpty() && begun.getFirst() < trigger.atNs() - HOUR_NS) {
            begun.removeFirst();
        }
        // what somebody asks for is not the storm
        // and harsh braking, which is frequent, must not keep collisions out
        final int share = trigger.kind() == Trigger.Kind.HARD_BRAKING ? 2 : 1;
        if (trigger.kind() != Trigger.Kind.MANUAL
                && (open.size() * share >= config.limits().pending()
                        || begun.size() * share >= config.limits().anHour())) {
            if (suppressed.add(trigger)) {
                counts.suppressed();
            }
            return null;
        }
        begun.addLast(trigger.atNs());
        final Incident incident = Incident.of(trigger, config.extent());
        put(null, incident);
        counts.begun();
        return incident.id();
    }

    private void put(final @Nullable Incident before, final Incident incident) throws IOException {
        pending.put(incident);
        final List<Incident> changed = new ArrayList<>(open);
        changed.remove(before);
        changed.add(incident);
        open = changed;
    }

    /** What is pending now is sealed from here on; null when there is none of this id any more. */
    synchronized @Nullable Incident begin(final String id) {
        for (final Incident incident : refresh()) {
            if (incident.id().equals(id)) {
                sealing.add(id);
                return incident;
            }
        }
        return null;
    }

    /** It is done, or failed. */
    synchronized void end(final Incident incident, final boolean made) throws IOException {
        sealing.remove(incident.id());
        if (made) {
            pending.done(incident);
            refresh();
        }
    }

    /** The incident that has it already: a step of the same alert, or the same thing read again after a restart. */
    private @Nullable String known(final Trigger trigger) {
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
        if (sealed.contains(id)) {
            return id;
        }
        final String end = "-" + Long.toUnsignedString(alertId);
        return alertId == 0
                ? null
                : sealed.stream().filter(each -> each.endsWith(end)).findFirst().orElse(null);
    }
}
