package io.luyun.simulator.replay;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/** Runs a player on a loop: whenever it has something to do, and when a key is pressed. */
@SuppressWarnings("FutureReturnValueIgnored") // run() catches everything itself
final class PlayerLoop {
    private final ScheduledExecutorService loop;
    private final NanoClock clock;
    private final Player player;
    private final Runnable onEnd;
    /** A task scheduled before the last one counts no more. */
    private int turn;

    private boolean over;
    private volatile @Nullable Throwable failure;

    /**
     * A loop that does not run yet.
     *
     * @param onEnd is run once when the player has ended or failed
     */
    PlayerLoop(final ScheduledExecutorService loop, final NanoClock clock, final Player player, final Runnable onEnd) {
        this.loop = loop;
        this.clock = clock;
        this.player = player;
        this.onEnd = onEnd;
    }

    /** Begins; from any thread, once. */
    void start() {
        loop.execute(() -> run(turn));
    }

    /** Something is asked of the player; from any thread. */
    void ask(final Consumer<Player> request) {
        loop.execute(() -> {
            request.accept(player);
            run(++turn);
        });
    }

    /** What the player threw and so ended, or null. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    private void run(final int of) {
        if (of != turn || over) {
            return;
        }
        try {
            final long backNs = player.doWork(clock.nanoTime());
            if (player.state() == Player.State.ENDED) {
                end();
            } else if (backNs != Player.NEVER) {
                again(backNs - clock.nanoTime());
            }
        } catch (final RuntimeException | Error e) {
            failure = e;
            player.end();
            end();
        }
    }

    private void again(final long delayNs) {
        // of turns that were called off by a key none goes on beside the one the key has begun
        final int mine = ++turn;
        if (delayNs <= 0) {
            loop.execute(() -> run(mine));
        } else {
            loop.schedule(() -> run(mine), delayNs, TimeUnit.NANOSECONDS);
        }
    }

    private void end() {
        over = true;
        onEnd.run();
    }
}
