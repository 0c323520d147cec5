package io.luyun.server.redecide;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.server.alert.life.Order;
import io.luyun.server.core.Audience;
import io.luyun.server.core.CoreAgent;
import io.luyun.server.core.CoreConfig;
import io.luyun.server.journal.Damage;
import io.luyun.server.journal.JournalReader;
import io.luyun.server.monitor.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A core with a share of the rules, on a thread of its own. It owns core and reader; what it tells goes through a bounded queue,
 * damage and errors may be asked for once the last chunk is out.
 */
final class Part implements Audience, Runnable {
    private static final int RECORDS_A_CHUNK = 4_096;
    private static final int CHUNKS_AHEAD = 8;

    private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(CHUNKS_AHEAD);
    private final JournalReader journal;
    private final CoreAgent core;
    private final long lastSequence;
    private final long untilNs;
    private final List<Damage> damage = new ArrayList<>();
    private List<Told> told = new ArrayList<>();
    private long errors;
    private String firstError = "";
    private long nowNs = Long.MIN_VALUE;
    private long beforeNs = Long.MIN_VALUE;

    /**
     * Starts where the reader stands, which it closes.
     *
     * @param names ids of the devices by their numbers, as far as they are known before the first record
     * @param lastSequence records behind this one are not taken
     * @param untilNs records from this time on are not taken
     */
    Part(
            final JournalReader journal,
            final CoreConfig config,
            final List<String> names,
            final long lastSequence,
            final long untilNs) {
        this.journal = journal;
        this.lastSequence = lastSequence;
        this.untilNs = untilNs;
        core = new CoreAgent(
                journal,
                config,
                (world, _) -> {
                    for (int i = 0; i < names.size(); i++) {
                        world.nameDevice(i, names.get(i));
                    }
                    return this;
                },
                new Counters(),
                this::onError);
    }

    private void onError(final Throwable error) {
        if (errors++ == 0) {
            final Throwable cause = error.getCause();
            firstError = error.getMessage() + ": " + (cause == null ? error : cause);
        }
    }

    @Override
    public void run() {
        try (core) {
            int taken;
            do {
                taken = core.take(RECORDS_A_CHUNK, lastSequence, untilNs);
                final boolean last = taken < RECORDS_A_CHUNK;
                if (last) {
                    damage.addAll(core.damage());
                }
                chunks.put(new Chunk(told, taken, core.nowNs(), last, last && more(), null));
                told = new ArrayList<>();
            } while (taken == RECORDS_A_CHUNK);
        } catch (final InterruptedException e) {
            // nobody waits for the rest
            Thread.currentThread().interrupt();
        } catch (final RuntimeException | Error e) {
            fail(e);
        }
    }

    /** Whether the end was one of time. */
    private boolean more() {
        return core.ended() && journal.receivedAtNs() >= untilNs;
    }

    private void fail(final Throwable why) {
        try {
            chunks.put(new Chunk(List.of(), 0, nowNs, true, false, why));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next chunk, waited for. */
    Chunk next() throws InterruptedException {
        return chunks.take();
    }

    /** Damaged ranges of the journal. */
    List<Damage> damage() {
        return List.copyOf(damage);
    }

    /** Records that rules failed at. */
    long errors() {
        return errors;
    }

    /** The first of them in one line; empty for none. */
    String firstError() {
        return firstError;
    }

    @Override
    public void at(final long sequence) {
        beforeNs = nowNs;
        nowNs = journal.receivedAtNs();
    }

    @Override
    public void onAlert(final Alert alert, final int subjectDevice, final long causeReceivedAtNs) {
        told.add(new Told.Step(core.alerts().order(), alert));
    }

    @Override
    public void onServerStarted(final ServerStarted started, final long atNs) {
        final Order now = core.alerts().order();
        told.add(new Told.Started(new Order(now.turn(), 0), started, atNs, beforeNs));
    }
}
