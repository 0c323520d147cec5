package io.luyun.benchmarks.torture.simulation;

import io.luyun.server.ServerConfig;
import io.luyun.server.journal.JournalConfig;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/** Under which conditions a simulation runs: settings of the server, who is there, how often something fails. */
record Conditions(
        ServerConfig base, int vehicles, int units, int slowSync, long delayNs, long faultEveryNs, long durationNs) {
    private static final long SECOND_NS = SimulatedDevice.SECOND_NS;
    private static final long MILLI_NS = 1_000_000;
    private static final int SLOWEST_SYNC = 60;

    static Conditions draw(final SplittableRandom random) {
        final boolean shared = random.nextInt(3) != 0;
        final String text = String.format(
                Locale.ROOT,
                """
                        data: /data
                        net: {port: 0, insecure: true, mode: %s, loops: 1, registryPollMillis: 3600000}
                        session: {clockToleranceMillis: 29999, ackIntervalMicros: %d, idleTimeoutMillis: %d}
                        journal: {syncMaxDelayMicros: %d, syncMaxRecords: %d, intakeKiB: 128, blockMiB: 1, diskLowMiB: 1,
                          diskHighMiB: 2, tickMillis: %d, checkpointRecords: %d, touchAheadMiB: 0, rollCycle: %s}
                        """,
                shared ? "shared" : "dedicated",
                random.nextInt(2) * 20_000,
                5_000 + random.nextInt(25_000),
                random.nextInt(3) * 2_000,
                1 + random.nextInt(64),
                100 * (1 + random.nextInt(10)),
                1_000,
                random.nextInt(4) == 0 ? "MINUTELY" : "FAST_HOURLY");
        return new Conditions(
                ServerConfig.parse("simulation", text, Path.of("/")),
                2 + random.nextInt(4),
                random.nextInt(3),
                random.nextBoolean() ? 1 : 1 + random.nextInt(SLOWEST_SYNC),
                random.nextLong(50 * MILLI_NS),
                SECOND_NS + random.nextLong(8 * SECOND_NS),
                10 * SECOND_NS + random.nextLong(50 * SECOND_NS));
    }

    /** The configuration of a server whose files are here. */
    ServerConfig config(final Path directory) {
        final JournalConfig journal = base.journal();
        return new ServerConfig(
                directory.toString(),
                base.zone(),
                base.net(),
                base.mqtt(),
                base.udp(),
                base.session(),
                new JournalConfig(
                        directory.resolve("journal").toString(),
                        journal.syncMaxDelayMicros(),
                        journal.syncMaxRecords(),
                        journal.intakeKiB(),
                        journal.blockMiB(),
                        journal.rollCycle(),
                        journal.diskLowMiB(),
                        journal.diskHighMiB(),
                        journal.tickMillis(),
                        journal.checkpointRecords(),
                        journal.touchAheadMiB()),
                base.world(),
                base.site(),
                base.alert(),
                base.fanout(),
                base.evidence(),
                base.supervise(),
                base.ops(),
                base.live(),
                base.service());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d vehicles, %d units, one sync in %d, delay to %.1f ms, a fault every %.1f s, for %.0f s, %s, %s",
                vehicles,
                units,
                slowSync,
                delayNs / 1e6,
                faultEveryNs / 1e9,
                durationNs / 1e9,
                base.net().mode(),
                base.journal());
    }
}
