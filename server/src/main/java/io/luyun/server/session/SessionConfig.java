package io.luyun.server.session;

import io.luyun.proto.v1.AckLevel;
import io.luyun.server.monitor.Settings;

/**
 * What sessions are held to.
 *
 * @param clockToleranceMillis how far a device clock may be off the server's, 100 to 29,999
 * @param maxRefusals refusals within the window after which the connection closes, 1 to 1,000,000
 * @param refusalWindowMillis length of that window, 1,000 to 3,600,000
 * @param idleTimeoutMillis a session without a frame for this long is closed, 1,000 to 3,600,000
 * @param defaultAckLevel level of a hello that names none: RECEIVED, APPENDED or SYNCED
 * @param ackIntervalMicros least time between two acknowledgements of one session, so that fast senders share one, 0
 *     to 1,000,000
 * @param maxSubscriptions subscriptions of one session, 0 to 65,535
 */
public record SessionConfig(
        int clockToleranceMillis,
        int maxRefusals,
        int refusalWindowMillis,
        int idleTimeoutMillis,
        String defaultAckLevel,
        int ackIntervalMicros,
        int maxSubscriptions) {

    public SessionConfig {
        Settings.inRange("session.clockToleranceMillis", clockToleranceMillis, 100, 29_999);
        Settings.inRange("session.maxRefusals", maxRefusals, 1, 1_000_000);
        Settings.inRange("session.refusalWindowMillis", refusalWindowMillis, 1_000, 3_600_000);
        Settings.inRange("session.idleTimeoutMillis", idleTimeoutMillis, 1_000, 3_600_000);
        Settings.require(
                defaultAckLevel != null && defaultAckLevel.matches("RECEIVED|APPENDED|SYNCED"),
                "session.defaultAckLevel",
                defaultAckLevel,
                "must be RECEIVED, APPENDED or SYNCED");
        Settings.inRange("session.ackIntervalMicros", ackIntervalMicros, 0, 1_000_000);
        Settings.inRange("session.maxSubscriptions", maxSubscriptions, 0, 65_535);
    }

    /** What holds unless configured otherwise. */
    public static SessionConfig defaults() {
        return new SessionConfig(10_000, 100, 60_000, 30_000, "SYNCED", 20_000, 16);
    }

    AckLevel ackLevel() {
        return AckLevel.valueOf("ACK_LEVEL_" + defaultAckLevel);
    }
}
