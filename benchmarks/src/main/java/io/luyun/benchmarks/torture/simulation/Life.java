package io.luyun.benchmarks.torture.simulation;

import io.luyun.server.ForwardClock;
import io.luyun.server.Monitors;
import io.luyun.server.ServerConfig;
import io.luyun.server.ServerLine;
import io.luyun.server.ZoneFile;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalGround;
import io.luyun.server.live.LivePipe;
import io.luyun.server.net.NetConfig;
import io.luyun.server.net.Transport;
import io.luyun.server.session.DeviceRegistry;
import java.io.IOException;
import java.nio.file.Path;

/** One process of the server, from its start to its death. What its threads do is done turn by turn. */
final class Life {
    /** How many take turns. */
    static final int AGENTS = 5;

    private final ServerConfig config;
    private final SimulatedTime time;
    private final Sabotage sabotage;
    private final LocalTransport transport;
    private final Monitors monitors = Monitors.create();
    private final ServerLine line;
    private final long alertsBefore;
    private boolean dead;

    Life(final ServerConfig config, final SimulatedTime time, final SimulatedDisk disk, final Sabotage sabotage)
            throws IOException {
        this.config = config;
        this.time = time;
        this.sabotage = sabotage;
        transport = new LocalTransport(time);
        line = new ServerLine(
                config,
                ZoneFile.load(config.zone()),
                DeviceRegistry.everyone(),
                new ForwardClock(time.wall(), time.ticks()),
                new LivePipe(),
                monitors,
                new ServerLine.Ground() {
                    @Override
                    public JournalGround journal(final Path directory) {
                        return disk.ground();
                    }

                    @Override
                    public Transport transport(final NetConfig net) {
                        return transport;
                    }
                });
        alertsBefore = line.alertJournal().writer().appendedSequence();
        sabotage.onOpened(line);
        line.listen();
    }

    /** Whether this one brings what has been written to the disk. */
    static boolean syncs(final int agent) {
        return agent < 2;
    }

    /** One of those that take turns has one. */
    void turn(final int agent) {
        switch (agent) {
            case 0 -> line.journal().syncDuty();
            case 1 -> line.alertJournal().syncDuty();
            case 2 -> {
                line.journal().keeperDuty();
                line.alertJournal().keeperDuty();
            }
            case 3 -> {
                if (!config.net().shared()) {
                    line.doWork();
                }
            }
            default -> transport.turn();
        }
        sabotage.onTurn(line);
    }

    void connect(final Wire wire) {
        transport.connect(wire);
    }

    Journal journal() {
        return line.journal();
    }

    /** Last record of the journal of alerts when it began. */
    long alertsBefore() {
        return alertsBefore;
    }

    /** From here on nothing it does is seen by anybody. */
    void die() {
        dead = true;
        transport.die();
    }

    /** Whether one of its journals has failed for good: the process then ends. */
    boolean failed() {
        return line.journal().writer().failed() || line.alertJournal().writer().failed();
    }

    boolean dead() {
        return dead;
    }

    /** Lets go of what it held. */
    void bury() {
        time.disarm();
        // what the ends of its connections still have it write goes nowhere
        transport.hangUp();
        line.drain();
    }
}
