package io.luyun.server.supervise;

import io.luyun.server.research.RecordCursor;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import io.luyun.server.research.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The account of test vehicles of a running server, on a thread of its own that follows the journals as any other process would, for a
 * quarter of a second each second at most. {@link #table} from any thread.
 */
public final class SupervisionRoom implements AutoCloseable {
    private static final long TURN_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long BUDGET_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long SAVE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long JOIN_MILLIS = 10_000;
    private static final int LOOK_AT_CLOCK = 256;

    private final TestVehicles config;
    private final Path data;
    private final EpochNanoClock clock;
    private final ErrorHandler errors;
    private final Ledger ledger;
    private final LedgerFiles files;
    private @Nullable RecordCursor journal;
    private @Nullable RecordCursor alerts;
    private LedgerFiles.@Nullable Position position;
    private SortedMap<LocalDate, SortedMap<String, DayFigures>> kept = new TreeMap<>();
    private volatile byte[] table = new byte[0];
    private volatile boolean running = true;
    private @Nullable Thread thread;
    private long savedNs;
    private long journalNs;
    private boolean alertWaits;
    private boolean alertsBehind;

    /**
     * An account.
     *
     * @param data the server's data directory
     * @param clock the server's
     */
    public SupervisionRoom(
            final TestVehicles config,
            final Path data,
            final VehicleEvents events,
            final EpochNanoClock clock,
            final ErrorHandler errors) {
        this.config = config;
        this.data = data;
        this.clock = clock;
        this.errors = errors;
        ledger = new Ledger(config, events);
        files = new LedgerFiles(data.resolve(SupervisionReport.DIRECTORY));
        table = SupervisionTable.of(config, ledger, kept, clock.nanoTime());
    }

    /** Starts its thread. */
    public SupervisionRoom start() {
        final Thread made = new Thread(this::run, "supervision");
        made.setDaemon(true);
        made.start();
        thread = made;
        return this;
    }

    /** The test vehicles, as JSON, not older than two seconds. */
    public byte[] table() {
        return table.clone();
    }

    private void run() {
        while (running) {
            turn();
            LockSupport.parkNanos(this, TURN_NS);
        }
    }

    /** One turn of its thread. Never throws. */
    void turn() {
        turn(BUDGET_NS);
    }

    /** The same with so much time for each journal. */
    void turn(final long budgetNs) {
        try {
            open();
            // alerts are few: they must not run days ahead of what they are about, whose days would be taken for over
            final boolean behind = read(journal, false, Long.MAX_VALUE, budgetNs);
            alertsBehind = read(alerts, true, behind ? journalNs : Long.MAX_VALUE, budgetNs);
            final long nowNs = clock.nanoTime();
            if (nowNs - savedNs > SAVE_NS) {
                savedNs = nowNs;
                save();
            }
            table = SupervisionTable.of(config, ledger, kept, nowNs);
        } catch (final IOException | RuntimeException e) {
            errors.onError(e);
        }
    }

    private void open() {
        if (position == null) {
            final LedgerFiles.Position from = files.restore(ledger);
            final Recording recording = Recording.open(data);
            journal = recording.followMessages(Selection.ALL
                    .withSequences(from.sequence() + 1, Long.MAX_VALUE)
                    .withKinds(Ledger.KINDS));
            alerts = recording.followAlerts(from.alertSequence() + 1);
            position = from;
        }
    }

    /** Reads up to a time; answers whether there is more that there was no time for. */
    private boolean read(
            final @Nullable RecordCursor cursor, final boolean ofAlerts, final long untilNs, final long budgetNs) {
        if (cursor == null) {
            return false;
        }
        final long startedNs = System.nanoTime();
        int count = 0;
        while (running && ((ofAlerts && alertWaits) || cursor.next())) {
            alertWaits = ofAlerts && cursor.receivedAtNs() > untilNs;
            if (alertWaits) {
                return false;
            }
            take(cursor, ofAlerts);
            if (++count % LOOK_AT_CLOCK == 0 && System.nanoTime() - startedNs > budgetNs) {
                return true;
            }
        }
        return false;
    }

    private void take(final Records record, final boolean ofAlerts) {
        final LedgerFiles.Position before = position;
        if (before == null) {
            throw new IllegalStateException("not open");
        }
        if (ofAlerts) {
            ledger.onAlert(record);
            position = new LedgerFiles.Position(before.sequence(), record.sequence());
        } else {
            ledger.onRecord(record);
            journalNs = record.receivedAtNs();
            position = new LedgerFiles.Position(record.sequence(), before.alertSequence());
        }
    }

    private void save() throws IOException {
        final LedgerFiles.Position now = position;
        if (now != null) {
            files.save(ledger, now, !alertsBehind);
            final LocalDate today = SupervisionTable.today(config, clock.nanoTime());
            kept = files.days(today.withDayOfMonth(1), today);
        }
    }

    /** Ends its thread and keeps the account. */
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
        } catch (final IOException | RuntimeException e) {
            errors.onError(e);
        }
        CloseHelper.closeAll(errors, journal, alerts);
    }
}
