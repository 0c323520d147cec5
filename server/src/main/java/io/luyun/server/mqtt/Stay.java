package io.luyun.server.mqtt;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How long a device may be silent, how long its session outlives it, and what is kept when it is gone. */
final class Stay {
    private static final int VERSION_5 = 5;
    private static final int KEEP_ALIVE_PERCENT = 150;

    private final MqttConfig config;
    private @Nullable Will will;
    private long expirySeconds;
    private int keepAliveSeconds;

    Stay(final MqttConfig config) {
        this.config = config;
    }

    void onConnect(final ConnectRequest said) {
        will = said.will();
        expirySeconds = Math.min(said.sessionExpirySeconds(), config.maxSessionExpirySeconds());
        keepAliveSeconds = keepAlive(said);
    }

    /**
     * The device goes.
     *
     * @param newExpirySeconds below 0: as said when it came
     */
    void onDisconnect(final boolean withWill, final long newExpirySeconds) {
        if (!withWill) {
            will = null;
        }
        if (newExpirySeconds >= 0 && expirySeconds > 0) {
            expirySeconds = Math.min(newExpirySeconds, config.maxSessionExpirySeconds());
        }
    }

    /** The connection is over: lets the state go, and keeps the will or leaves it to the state. */
    void end(final SessionStates states, final SessionState state, final Object holder, final long nowNs) {
        final Will last = will;
        final boolean waits = last != null && last.delaySeconds() > 0 && expirySeconds > 0;
        if (last != null && !waits) {
            states.keep(state.deviceId, last);
        }
        state.letGo(
                holder,
                nowNs + TimeUnit.SECONDS.toNanos(expirySeconds),
                waits ? last : null,
                last == null ? 0 : nowNs + TimeUnit.SECONDS.toNanos(last.delaySeconds()));
    }

    long expirySeconds() {
        return expirySeconds;
    }

    int keepAliveSeconds() {
        return keepAliveSeconds;
    }

    /** Longest silence, nanoseconds; 0 for any. */
    long silenceNs() {
        return TimeUnit.SECONDS.toNanos(keepAliveSeconds) * KEEP_ALIVE_PERCENT / 100;
    }

    private int keepAlive(final ConnectRequest said) {
        if (said.version() < VERSION_5) {
            return said.keepAliveSeconds();
        }
        return said.keepAliveSeconds() == 0
                ? config.maxKeepAliveSeconds()
                : Math.min(config.maxKeepAliveSeconds(), said.keepAliveSeconds());
    }
}
