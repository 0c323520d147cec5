package io.luyun.simulator.scenario;

import io.luyun.simulator.measure.Count;
import io.luyun.simulator.measure.Pacer;
import io.luyun.simulator.plan.Faults;
import io.luyun.simulator.recording.Restamp;
import io.luyun.simulator.script.StepFrames;
import java.util.concurrent.CountDownLatch;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Sends the messages of one loop's devices. On the loop, but for what is said of faults, which is before. */
final class LoopSender implements Pacer.Target {
    private final Fleet fleet;
    private final StepFeed feed;
    private final int loop;
    private final int[] clients;
    private final int[] devices;
    private final CountDownLatch finished;
    private final Restamp restamp = new Restamp();
    private final Int2ObjectHashMap<FaultySender> faulty = new Int2ObjectHashMap<>();

    /**
     * For one loop.
     *
     * @param clients places in the fleet, in the order they are due
     * @param devices places of the same in the script
     */
    LoopSender(
            final Fleet fleet,
            final StepFeed feed,
            final int loop,
            final int[] clients,
            final int[] devices,
            final CountDownLatch finished) {
        this.fleet = fleet;
        this.feed = feed;
        this.loop = loop;
        this.clients = clients;
        this.devices = devices;
        this.finished = finished;
    }

    /** What goes wrong between a client and the server. */
    void faults(final int client, final Faults faults, final long seed) {
        if (faults.any()) {
            faulty.put(client, new FaultySender(fleet, client, faults, restamp, seed));
        }
    }

    @Override
    public boolean due(final int sender, final long step, final long intendedNs) {
        final StepFrames frames = feed.frames(step);
        if (frames == null) {
            return false;
        }
        final int client = clients[sender];
        final int device = devices[sender];
        final int end = frames.first(device + 1);
        final @Nullable FaultySender through = faulty.get(client);
        for (int message = frames.first(device); message < end; message++) {
            fleet.count(client, Count.OFFERED);
            if (through == null) {
                fleet.send(
                        client,
                        frames.kind(message),
                        frames.buffer(),
                        frames.offset(message),
                        frames.length(message),
                        intendedNs);
            } else {
                through.send(
                        frames.kind(message),
                        frames.buffer(),
                        frames.offset(message),
                        frames.length(message),
                        intendedNs,
                        feed.utcMs(step));
            }
        }
        fleet.client(client).flush();
        return true;
    }

    @Override
    public void stepDone(final long step) {
        feed.done(loop, step);
    }

    @Override
    public void finished() {
        final long nowNs = fleet.nowNs();
        faulty.forEach((client, sender) -> {
            sender.release(nowNs);
            fleet.client(client).flush();
        });
        finished.countDown();
    }
}
