package io.luyun.server.journal;

import io.luyun.server.monitor.Settings;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;

/**
 * Configuration of one journal.
 *
 * @param directory where it lives; created when absent, on a local file system
 * @param syncMaxDelayMicros longest wait of an appended record for the start of its sync, 0 to 1,000,000
 * @param syncMaxRecords so many waiting records start a sync at once, 1 to 1,000,000
 * @param intakeKiB size of the intake, a power of two, 64 to 1,048,576; a record may take an eighth of it
 * @param blockMiB how much of a file is mapped and set aside at a time, 1 to 1,024
 * @param rollCycle when a new file begins, a name of Chronicle's RollCycles, for example FAST_HOURLY
 * @param diskLowMiB with less free space than this the journal refuses, 1 to 1,000,000,000
 * @param diskHighMiB with more free space than this it accepts again, at least diskLowMiB
 * @param tickMillis a tick record is written when so much time has passed, 0 (none) or 10 to 60,000
 * @param checkpointRecords after so many records a checkpoint is written, 1,000 to 100,000,000
 * @param touchAheadMiB how far ahead of the writer pages are made ready, 0 (not at all) to 256
 */
public record JournalConfig(
        String directory,
        int syncMaxDelayMicros,
        int syncMaxRecords,
        int intakeKiB,
        int blockMiB,
        String rollCycle,
        long diskLowMiB,
        long diskHighMiB,
        int tickMillis,
        int checkpointRecords,
        int touchAheadMiB) {
    public JournalConfig {
        Settings.require(!directory.isBlank(), "journal.directory", directory, "must not be empty");
        Settings.inRange("journal.syncMaxDelayMicros", syncMaxDelayMicros, 0, 1_000_000);
        Settings.inRange("journal.syncMaxRecords", syncMaxRecords, 1, 1_000_000);
        Settings.inRange("journal.intakeKiB", intakeKiB, 64, 1_048_576);
        Settings.require(Integer.bitCount(intakeKiB) == 1, "journal.intakeKiB", intakeKiB, "must be a power of two");
        Settings.inRange("journal.blockMiB", blockMiB, 1, 1_024);
        Settings.inRange("journal.diskLowMiB", diskLowMiB, 1, 1_000_000_000);
        Settings.inRange("journal.diskHighMiB", diskHighMiB, diskLowMiB, 1_000_000_000);
        if (tickMillis != 0) {
            Settings.inRange("journal.tickMillis", tickMillis, 10, 60_000);
        }
        Settings.inRange("journal.checkpointRecords", checkpointRecords, 1_000, 100_000_000);
        Settings.inRange("journal.touchAheadMiB", touchAheadMiB, 0, 256);
        cycle(rollCycle);
    }

    /** The defaults, in this directory. */
    public static JournalConfig defaults(final String directory) {
        return new JournalConfig(directory, 2_000, 256, 8_192, 64, "FAST_HOURLY", 1_024, 1_280, 100, 1_000_000, 16);
    }

    RollCycle cycle() {
        return cycle(rollCycle);
    }

    private static RollCycle cycle(final String name) {
        for (final RollCycles cycle : RollCycles.values()) {
            if (cycle.name().equals(name)) {
                return cycle;
            }
        }
        for (final LegacyRollCycles cycle : LegacyRollCycles.values()) {
            if (cycle.name().equals(name)) {
                return cycle;
            }
        }
        throw new IllegalArgumentException(
                "journal.rollCycle = " + name + ": must be a roll cycle such as FAST_HOURLY or FAST_DAILY");
    }
}
