package io.luyun.simulator.replay;

import java.util.concurrent.TimeUnit;

/** What a key asks of the player. */
public enum Key {
    /** Pauses, or goes on. */
    PAUSE,
    /** Sends the next message, while it is paused. */
    STEP,
    /** The next faster rate. */
    FASTER,
    /** The next slower rate. */
    SLOWER,
    /** Ten seconds forward. */
    FORWARD,
    /** Ten seconds back. */
    BACK,
    /** The end. */
    QUIT;

    private static final long SEEK_NS = TimeUnit.SECONDS.toNanos(10);

    void press(final Player player) {
        switch (this) {
            case PAUSE -> player.togglePause();
            case STEP -> player.step();
            case FASTER -> player.faster();
            case SLOWER -> player.slower();
            case FORWARD -> player.seek(SEEK_NS);
            case BACK -> player.seek(-SEEK_NS);
            case QUIT -> player.end();
        }
    }
}
