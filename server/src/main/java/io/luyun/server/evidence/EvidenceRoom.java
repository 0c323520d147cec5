package io.luyun.server.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Evidence of a running server, on a thread of its own that reads the journals as any other process would: the line knows nothing
 * of it. {@link #start} after the journals are open, {@link #close} before they are closed. All but {@link #turn} from any thread.
 */
public final class EvidenceRoom implements AutoCloseable {
    private static final long TURN_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long SAVE_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long AGAIN_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long TIDY_NS = TimeUnit.HOURS.toNanos(1);
    private static final long JOIN_MILLIS = 10_000;
    private static final int MIB = 20;
    private static final int LOOK_AT_DISK = 4_096;

    private final EvidenceConfig config;
    private final SyncState sync;
    private final EpochNanoClock clock;
    private final ErrorHandler errors;
    private final PackageStore store;
    private final PendingIncidents pending;
    private final IncidentDesk desk;
    private final EvidenceCounts counts = new EvidenceCounts();
    private final SuppressedIncidents suppressed;
    private final AlertFollower alerts;
    private final Sealer sealer;
    private final ConcurrentLinkedQueue<Trigger> triggers = new ConcurrentLinkedQueue<>();
    private final Map<String, SyncState.Mark> due = new HashMap<>();
    private final Map<String, Long> again = new HashMap<>();
    private @Nullable Thread thread;
    private volatile boolean running = true;
    private boolean cleaned;
    private long savedNs;
    private long tidiedNs;
    private long roomToldNs;

    /**
     * Evidence in a directory.
     *
     * @param clock the server's
     */
    public EvidenceRoom(
            final EvidenceConfig config,
            final Path directory,
            final EvidenceSource source,
            final SyncState sync,
            final EpochNanoClock clock,
            final ErrorHandler errors) {
        this.config = config;
        this.sync = sync;
        this.clock = clock;
        this.errors = errors;
        final InstantSource instants = () -> Instant.EPOCH.plusNanos(clock.nanoTime());
        store = new PackageStore(directory, instants);
        pending = new PendingIncidents(store, source, clock, errors);
        suppressed = new SuppressedIncidents(store);
        desk = new IncidentDesk(config, store, pending, counts, suppressed);
        alerts = new AlertFollower(store, source.alerts(), new AlertTriggers(config.triggers(), this::offer));
        sealer = new Sealer(source, store, config.limits().lateMillis(), instants, pace());
    }

    /** Stops what is being made when the server does; it is made anew after the next start. */
    private Pace pace() {
        final Pace quarter = Pace.quarter();
        final AtomicInteger steps = new AtomicInteger();
        return () -> {
            if (!running) {
                throw new CancellationException("the server stops");
            }
            if (steps.incrementAndGet() % LOOK_AT_DISK == 0 && noRoom() != null) {
                throw new EvidenceException("the disk has become too full for it");
            }
            quarter.step();
        };
    }

    /** Starts its thread. */
    public EvidenceRoom start() {
        final Thread made = new Thread(this::run, "evidence");
        made.setDaemon(true);
        made.start();
        thread = made;
        return this;
    }

    /** Something has happened; it is looked at soon. */
    public void offer(final Trigger trigger) {
        triggers.add(trigger);
    }

    /**
     * Freezes what happened, or happens, at a time and place.
     *
     * @return id of the package it will be
     * @throws EvidenceException when it cannot be written down
     */
    public String freeze(final Trigger trigger) {
        try {
            desk.refresh();
            final String id = desk.on(trigger);
            return id == null ? trigger.id() : id;
        } catch (final IOException e) {
            throw new EvidenceException("cannot write down the incident: " + e.getMessage(), e);
        }
    }

    /** The packages. */
    public PackageStore store() {
        return store;
    }

    /** Incidents that are not sealed yet. */
    public List<Incident> pending() {
        return pending.list();
    }

    /** What has become of incidents. */
    public EvidenceCounts counts() {
        return counts;
    }

    private void run() {
        while (running) {
            turn();
            LockSupport.parkNanos(this, TURN_NS);
        }
    }

    /** One turn of its thread. Never throws. */
    void turn() {
        try {
            if (!cleaned) {
                store.cleanUp();
                pending.list().forEach(pending::hold);
                cleaned = true;
            }
            final List<Incident> open = desk.refresh();
            counts.pending(open.size());
            takeTriggers();
            alerts.turn();
            takeTriggers();
            final long nowNs = clock.nanoTime();
            if (nowNs - savedNs > SAVE_NS) {
                savedNs = nowNs;
                save();
            }
            if (!open.isEmpty() && roomOnDisk(nowNs)) {
                sealDue(open, nowNs);
            }
            if (config.keep().days() > 0 && nowNs - tidiedNs > TIDY_NS) {
                tidiedNs = nowNs;
                store.removeBefore(nowNs - Duration.ofDays(config.keep().days()).toNanos());
            }
        } catch (final IOException | RuntimeException e) {
            errors.onError(e);
        }
    }

    /** A trigger goes when its incident is written down: one that cannot be, since the disk is full, is taken again. */
    private void takeTriggers() throws IOException {
        for (Trigger next = triggers.peek(); next != null; next = triggers.peek()) {
            desk.on(next);
            triggers.poll();
        }
    }

    /** Alerts whose triggers are not written down are read again after a restart. */
    private void save() throws IOException {
        if (triggers.isEmpty()) {
            alerts.save();
        }
        suppressed.save();
    }

    /** What cannot be written whole is not begun; its records are held. */
    private boolean roomOnDisk(final long nowNs) {
        final String why = noRoom();
        if (why != null && nowNs - roomToldNs > AGAIN_NS) {
            roomToldNs = nowNs;
            errors.onError(new EvidenceException("incidents wait to be sealed: " + why));
        }
        return why == null;
    }

    private @Nullable String noRoom() {
        try {
            final long free = Files.getFileStore(store.directory()).getUsableSpace();
            if (free < (long) config.limits().freeMiB() << MIB) {
                return (free >> MIB) + " MiB are free, evidence.limits.freeMiB is "
                        + config.limits().freeMiB();
            }
        } catch (final IOException e) {
            return "room on the disk is not known: " + e.getMessage();
        }
        final long bytes = store.bytes();
        return bytes < (long) config.limits().totalMiB() << MIB
                ? null
                : "all packages have " + (bytes >> MIB) + " MiB, evidence.limits.totalMiB is "
                        + config.limits().totalMiB();
    }

    private void sealDue(final List<Incident> open, final long nowNs) throws IOException {
        final long settleNs = TimeUnit.SECONDS.toNanos(config.limits().settleSeconds());
        for (final Incident incident : open) {
            if (!running) {
                return;
            }
            if (nowNs < incident.untilNs() + settleNs || nowNs < again.getOrDefault(incident.id(), 0L)) {
                due.remove(incident.id());
                continue;
            }
            if (sync.reached(due.computeIfAbsent(incident.id(), _ -> sync.mark()))) {
                due.remove(incident.id());
                seal(incident.id(), nowNs);
            }
        }
    }

    private void seal(final String id, final long nowNs) throws IOException {
        final Incident incident = desk.begin(id);
        if (incident == null) {
            return;
        }
        if (nowNs
                < incident.untilNs() + TimeUnit.SECONDS.toNanos(config.limits().settleSeconds())) {
            // it has grown since it was looked at
            desk.end(incident, false);
            return;
        }
        boolean sealed = false;
        try {
            final long untold = suppressed.untold();
            sealer.seal(incident, remarks(incident, untold));
            sealed = true;
            suppressed.told(untold);
            counts.sealed();
            again.remove(id);
        } catch (final CancellationException e) {
            again.put(id, nowNs + AGAIN_NS);
        } catch (final IOException | RuntimeException e) {
            counts.failed();
            again.put(id, nowNs + AGAIN_NS);
            errors.onError(new EvidenceException("incident " + id + " cannot be sealed yet: " + e.getMessage(), e));
        } finally {
            desk.end(incident, sealed);
        }
    }

    private Sealer.Remarks remarks(final Incident incident, final long untold) {
        final List<String> notes = untold == 0
                ? List.of()
                : List.of(untold + " incidents were only counted before this one was sealed,"
                        + " since there were too many at once");
        return new Sealer.Remarks(References.of(incident, pending.list(), store), notes);
    }

    /** Ends its thread; what is pending is sealed after the next start. */
    @Override
    public void close() {
        running = false;
        final Thread started = thread;
        if (started != null) {
            LockSupport.unpark(started);
            try {
                started.join(JOIN_MILLIS);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        try {
            save();
        } catch (final IOException e) {
            errors.onError(new UncheckedIOException("cannot remember how far the alerts were read", e));
        }
        CloseHelper.close(errors, alerts);
    }
}
