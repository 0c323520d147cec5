package io.luyun.server.journal;

import io.luyun.server.journal.RetentionStep.Action;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Lets go of what a journal need not keep, whole files at a time, oldest first, never the one that is written: of each the
 * classes of messages whose time is over, or all of it when that of every class is; then, when what stays is larger than it
 * may be, the oldest files. A file somebody reads, and all after it, stay as they are; so does a file under an evidence hold.
 * A running server is not disturbed. One thread.
 */
final class Retention {
    private static final Set<MessageClass> ALL = EnumSet.allOf(MessageClass.class);
    private static final Set<MessageClass> MESSAGES = EnumSet.complementOf(EnumSet.of(MessageClass.CONTROL));
    private static final Set<MessageClass> NOT_PROTECTED =
            EnumSet.of(MessageClass.BYSTANDERS, MessageClass.INFRASTRUCTURE);

    private final MissingFile missing;
    private final RetentionRules rules;
    private final long nowNs;
    private final Consumer<RetentionStep> told;
    private final @Nullable CycleChange change;
    private final List<RetentionStep> steps = new ArrayList<>();
    private final List<EvidenceHold> holds;
    private final List<Cycle> cycles;
    private final long liveBytes;
    /** The first file that somebody reads; null when nobody reads one of these. */
    private final @Nullable JournalFile read;

    private Retention(
            final Path directory,
            final MissingFile missing,
            final RetentionRules rules,
            final long nowNs,
            final @Nullable CycleChange change,
            final Consumer<RetentionStep> told)
            throws IOException {
        this.missing = missing;
        this.rules = rules;
        this.nowNs = nowNs;
        this.change = change;
        this.told = told;
        this.holds = new EvidenceHolds(directory).list();
        final List<JournalFile> files = JournalFile.list(directory);
        this.cycles = new ArrayList<>(Cycle.closed(files, missing));
        final FrameFinder.Place live = files.isEmpty() ? null : Seek.last(files.getLast());
        this.liveBytes = live == null ? 0 : live.end();
        JournalFile found = null;
        for (int i = 0; i < files.size() - 1 && found == null; i++) {
            found = CycleChange.isRead(files.get(i)) ? files.get(i) : null;
        }
        this.read = found;
    }

    /**
     * Does it, or tells what it would do.
     *
     * @param told hears of each file when it is done
     */
    static RetentionReport run(
            final JournalArchive archive,
            final Path directory,
            final RetentionRules rules,
            final boolean apply,
            final EpochNanoClock clock,
            final CycleChange.Steps hook,
            final Consumer<RetentionStep> told)
            throws IOException {
        final long nowNs = clock.nanoTime();
        if (!apply) {
            return new Retention(directory, new MissingFile(directory), rules, nowNs, null, told).run();
        }
        if (!Descriptor.supported()) {
            throw new JournalException("retention needs to see who reads, which it cannot on this system");
        }
        try (RetentionLock turn = RetentionLock.turn(directory)) {
            turn.require(directory);
            final MissingFile missing = new MissingFile(directory);
            final CycleChange change =
                    new CycleChange(directory, missing, Instant.EPOCH.plusNanos(nowNs), archive.deviceIds(), hook);
            return new Retention(directory, missing, rules, nowNs, change, told).run();
        }
    }

    private RetentionReport run() throws IOException {
        final long before = bytes();
        // Deleting makes the list shorter: goes over a copy.
        for (final Cycle cycle : List.copyOf(cycles)) {
            byAge(cycle);
        }
        final Long most = rules.maxBytes();
        if (most != null) {
            for (final Cycle cycle : List.copyOf(cycles)) {
                if (bytes() <= most) {
                    break;
                }
                bySize(cycle, most);
            }
        }
        final long after = bytes();
        final String tooLarge = most == null || after <= most
                ? null
                : "maxBytes = " + most + ": " + after + " bytes stay; they are younger than "
                        + RetentionRules.TEST_VEHICLES_DAYS
                        + " days and of test vehicles, under a hold, read by somebody, or being written";
        return new RetentionReport(change != null, steps, before, after, tooLarge);
    }

    private void byAge(final Cycle cycle) throws IOException {
        final Set<MessageClass> over = EnumSet.noneOf(MessageClass.class);
        for (final MessageClass each : MESSAGES) {
            if (rules.over(each, cycle.last().timeNs(), nowNs)) {
                over.add(each);
            }
        }
        if (over.containsAll(MESSAGES)) {
            drop(cycle, ALL, "older than every class is kept: " + ages(over));
        } else if (!cycle.gone().containsAll(over)) {
            over.removeAll(cycle.gone());
            drop(cycle, over, "older than " + ages(over));
        }
    }

    private void bySize(final Cycle cycle, final long most) throws IOException {
        final boolean young = cycle.last().timeNs()
                >= nowNs - Duration.ofDays(RetentionRules.TEST_VEHICLES_DAYS).toNanos();
        final String why = "the oldest there is, and maxBytes = " + most;
        if (!young || records(cycle, EnumSet.of(MessageClass.TEST_VEHICLES)) == 0) {
            drop(cycle, ALL, why);
            return;
        }
        final Set<MessageClass> free = EnumSet.copyOf(NOT_PROTECTED);
        free.removeAll(cycle.gone());
        if (records(cycle, free) > 0) {
            drop(cycle, free, why + "; what test vehicles said stays " + RetentionRules.TEST_VEHICLES_DAYS + " days");
        }
    }

    private long records(final Cycle cycle, final Set<MessageClass> classes) throws IOException {
        return cycle.reading(missing).records(cycle.left(classes));
    }

    private void drop(final Cycle cycle, final Set<MessageClass> classes, final String why) throws IOException {
        final String kept = keptBecause(cycle);
        if (kept != null) {
            tell(new RetentionStep(Action.KEEP, cycle.file().name(), labels(classes), 0, 0, kept));
            return;
        }
        final CycleReading reading;
        try {
            if (change == null) {
                reading = cycle.reading(missing);
            } else {
                reading = classes.containsAll(ALL) ? change.delete(cycle) : change.rewrite(cycle, classes);
            }
        } catch (final CycleChange.Refused e) {
            tell(new RetentionStep(Action.KEEP, cycle.file().name(), labels(classes), 0, 0, e.why()));
            return;
        }
        final long records = reading.records(cycle.left(classes));
        final long freed = reading.bytes(cycle.left(classes));
        final Set<MessageClass> others = EnumSet.allOf(MessageClass.class);
        others.removeAll(classes);
        // A file of nothing else goes as a whole, whatever the rule that asked.
        final boolean whole = reading.records(cycle.left(others)) == 0;
        if (whole) {
            cycles.remove(cycle);
        } else if (change == null) {
            cycle.plan(classes, freed);
        } else {
            cycles.set(cycles.indexOf(cycle), cycle.again(missing));
        }
        if (records > 0) {
            final Action action = whole ? Action.DELETE : Action.REWRITE;
            tell(new RetentionStep(
                    action, cycle.file().name(), whole ? List.of() : labels(classes), records, freed, why));
        }
    }

    private @Nullable String keptBecause(final Cycle cycle) {
        if (read != null && read.name().compareTo(cycle.file().name()) <= 0) {
            return "somebody reads " + read.name();
        }
        final EvidenceHold hold = CycleChange.held(holds, cycle);
        return hold == null ? null : CycleChange.why(hold);
    }

    private void tell(final RetentionStep step) {
        steps.add(step);
        told.accept(step);
    }

    private long bytes() {
        return liveBytes + cycles.stream().mapToLong(Cycle::bytes).sum();
    }

    private String ages(final Set<MessageClass> classes) {
        return String.join(
                ", ",
                classes.stream()
                        .map(each -> each.label() + " " + rules.days(each) + " days")
                        .toList());
    }

    private static List<String> labels(final Set<MessageClass> classes) {
        return classes.containsAll(ALL)
                ? List.of()
                : classes.stream().map(MessageClass::label).toList();
    }
}
