package io.luyun.benchmarks.torture.simulation;

import io.luyun.proto.v1.Role;
import io.luyun.server.ServerConfig;
import io.luyun.server.ZoneFile;
import io.luyun.server.core.CoreConfig;
import io.luyun.server.journal.ScanReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One simulation: what a seed makes happen, and whether all promises are kept. One thread. */
public final class Simulation {
    private static final Path IN_MEMORY = Path.of("/dev/shm");
    private static final long SECOND_NS = SimulatedDevice.SECOND_NS;
    private static final long MICRO_NS = 1_000;
    private static final long SETTLE_NS = 15 * SECOND_NS;

    private final SplittableRandom random;
    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedDisk disk;
    private final Sabotage sabotage;
    private final EventLog log = new EventLog(time);
    private final Conditions conditions;
    private final List<SimulatedDevice> devices = new ArrayList<>();
    private final List<Wire> wires = new ArrayList<>();
    private final AlertReplay alerts = new AlertReplay();
    private final Examination examination;
    private @Nullable Life life;
    private @Nullable PowerLoss loss;
    private long begin;
    private long safe;
    private long written;
    private long synced;
    private long found;
    private boolean diedStarting;
    private int deaths;

    private Simulation(final long seed, final Path base, final Sabotage sabotage) throws IOException {
        this.random = new SplittableRandom(seed);
        this.sabotage = sabotage;
        disk = new SimulatedDisk(base, time, sabotage);
        conditions = Conditions.draw(random);
        log.add("%s", conditions);
        for (int i = 0; i < conditions.vehicles(); i++) {
            add(i, Role.ROLE_OBU);
        }
        for (int i = 0; i < conditions.units(); i++) {
            add(i, Role.ROLE_RSU);
        }
        add(0, Role.ROLE_OPERATOR);
        examination = new Examination(devices);
    }

    /** Runs the simulation of this seed. Its files are in memory where the machine has a directory for that, and gone afterwards. */
    public static SimulationResult run(final long seed) {
        return run(seed, Sabotage.NONE);
    }

    static SimulationResult run(final long seed, final Sabotage sabotage) {
        try {
            final Path base = Files.isWritable(IN_MEMORY)
                    ? Files.createTempDirectory(IN_MEMORY, "luyun-simulation-")
                    : Files.createTempDirectory("luyun-simulation-");
            try {
                return new Simulation(seed, base, sabotage).outcome(seed);
            } finally {
                SimulatedDisk.remove(base);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SimulationResult outcome(final long seed) throws IOException {
        String violation = null;
        long records = 0;
        long steps = 0;
        try {
            live();
            records = examine(true).entries().size();
            steps = alerts.check(journal(), core());
        } catch (final Violation e) {
            violation = e.getMessage();
        } catch (final RuntimeException e) {
            final StackTraceElement[] stack = e.getStackTrace();
            violation = "the server or the simulation failed: " + e + (stack.length == 0 ? "" : " at " + stack[0]);
        } finally {
            final Life last = life;
            if (last != null) {
                last.die();
                last.bury();
            }
        }
        long sent = 0;
        long acknowledged = 0;
        for (final SimulatedDevice device : devices) {
            sent += device.ledger().sent();
            acknowledged += device.ledger().acknowledged();
        }
        log.add("sent %d, acknowledged %d, records %d, alerts %d", sent, acknowledged, records, steps);
        return new SimulationResult(
                seed,
                violation,
                time.ticksNs(),
                deaths,
                sent,
                acknowledged,
                records,
                steps,
                log.fingerprint(),
                log.lines());
    }

    private void add(final int place, final Role role) {
        devices.add(new SimulatedDevice(place, role, time, random.split(), this::connect, log));
    }

    private Wire connect(final SimulatedDevice device) {
        final Wire wire = new Wire(time, random, conditions.delayNs(), device);
        wires.add(wire);
        final Life server = life;
        if (server == null || server.dead()) {
            wire.onServerDead();
        } else {
            server.connect(wire);
        }
        return wire;
    }

    private void live() throws IOException {
        begin();
        long faultNs = nextFault();
        while (time.ticksNs() < conditions.durationNs()) {
            step();
            if (time.ticksNs() >= faultNs) {
                fault();
                faultNs = nextFault();
            }
        }
        time.off(0);
        disk.low(false);
        disk.failing(false);
        final long endNs = time.ticksNs() + SETTLE_NS;
        while (time.ticksNs() < endNs) {
            step();
        }
        time.disarm();
        die(null, "is stopped");
        end();
    }

    private long nextFault() {
        return time.ticksNs() + random.nextLong(2 * conditions.faultEveryNs());
    }

    /** Somebody has a turn, and a little time passes. */
    private void step() throws IOException {
        for (int i = wires.size() - 1; i >= 0; i--) {
            wires.get(i).deliver();
            if (wires.get(i).over()) {
                wires.remove(i);
            }
        }
        final int turn = random.nextInt(devices.size() + 2 * Life.AGENTS);
        if (turn < devices.size()) {
            devices.get(turn).turn();
        } else if (life != null) {
            // the event loop has as many turns as the other agents together
            final int agent = turn - devices.size();
            if (!Life.syncs(agent) || random.nextInt(conditions.slowSync()) == 0) {
                life.turn(agent);
            }
        }
        time.pass(pause());
        if (life != null && life.failed()) {
            die(null, "ends, since its journal has failed");
        }
        if (life != null && life.dead()) {
            end();
            begin();
        }
    }

    private long pause() {
        final int kind = random.nextInt(1_000);
        if (kind < 500) {
            return random.nextLong(200 * MICRO_NS);
        }
        if (kind < 880) {
            return random.nextLong(6_000 * MICRO_NS);
        }
        return kind < 995 ? random.nextLong(80_000 * MICRO_NS) : random.nextLong(SECOND_NS);
    }

    private void fault() throws IOException {
        disk.low(false);
        switch (random.nextInt(13)) {
            case 0, 1 -> die(null, "is killed");
            case 2, 3 -> die(new PowerLoss(random), "loses power");
            case 4, 5 -> trap(random.nextBoolean() ? new PowerLoss(random) : null);
            case 6 -> {
                final long off = random.nextInt(3) == 0 ? 7_200 * SECOND_NS : SECOND_NS / 2;
                time.off(random.nextLong(-off, off));
                log.add("the server's clock is set");
            }
            case 7 -> {
                log.add("the disk is low until something else happens");
                disk.low(true);
            }
            case 8 -> {
                log.add("syncs fail");
                disk.failing(true);
            }
            default -> cut();
        }
        if (life != null && life.dead()) {
            end();
            begin();
        }
    }

    private void cut() {
        if (!wires.isEmpty()) {
            log.add(
                    "a connection is cut, %s",
                    wires.get(random.nextInt(wires.size())).cutSomehow());
        }
    }

    /** The server dies at one of its next looks at the clock. */
    private void trap(final @Nullable PowerLoss power) {
        time.trap(
                1 + random.nextInt(400),
                () -> die(power, power == null ? "is killed in a turn" : "loses power in a turn"));
    }

    private void die(final @Nullable PowerLoss power, final String how) {
        final Life server = life;
        loss = power;
        if (server == null) {
            diedStarting = true;
            written = found;
        } else {
            written = server.journal().writer().appendedSequence();
            synced = Math.max(synced, server.journal().writer().syncedSequence());
            server.die();
        }
        safe = power == null ? written : synced;
        disk.die(power);
        log.add("the server %s: written %d, safe %d%s", how, written, safe, power == null ? "" : ", left " + power);
    }

    private void begin() throws IOException {
        if (deaths > 0 && random.nextInt(6) == 0) {
            trap(random.nextBoolean() ? new PowerLoss(random) : null);
        }
        diedStarting = false;
        final Life starts = new Life(conditions.config(disk.directory()), time, disk, sabotage);
        begin = starts.journal().writer().appendedSequence();
        final ScanReport scan = starts.journal().scan();
        log.add(
                "a server begins behind %d, damage %s, lost %s",
                scan.lastSequence(), scan.damage(), String.valueOf(scan.unsynced()));
        if (diedStarting) {
            starts.die();
        } else {
            examine(true);
        }
        life = starts;
    }

    /** The server has died: what is there is examined, and the next one finds it. */
    private void end() throws IOException {
        final Life server = life;
        if (server == null) {
            return;
        }
        deaths++;
        life = null;
        server.bury();
        final JournalContent before = JournalContent.read(journal());
        final JournalContent toldBefore = JournalContent.read(alertJournal());
        alerts.onDeath(before, begin, toldBefore, server.alertsBefore());
        SimulatedDisk.remove(disk.next());
        for (final SimulatedDevice device : devices) {
            device.ledger().onDeath(loss != null);
        }
        for (final Wire wire : wires) {
            wire.onServerDead();
        }
        time.pass(random.nextLong(10 * SECOND_NS));
        Examination.compare(before, examine(false), safe, written);
    }

    /**
     * Reads the journal.
     *
     * @param opened whether a server has opened it, and cut off what lies behind a hole
     */
    private JournalContent examine(final boolean opened) {
        final JournalContent content = JournalContent.read(journal());
        examination.examine(content, opened);
        found = content.entries().isEmpty() ? 0 : content.entries().getLast().sequence();
        return content;
    }

    private Path journal() {
        return disk.directory().resolve("journal");
    }

    private Path alertJournal() {
        return disk.directory().resolve("alerts");
    }

    private CoreConfig core() {
        final ServerConfig config = conditions.config(disk.directory());
        return new CoreConfig(ZoneFile.load(config.zone()).map(), config.world(), config.site(), config.alert());
    }
}
