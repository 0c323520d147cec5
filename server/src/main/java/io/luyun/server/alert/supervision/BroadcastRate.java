package io.luyun.server.alert.supervision;

import static io.luyun.server.monitor.Settings.inRange;
import static io.luyun.server.monitor.Settings.require;

import io.luyun.proto.v1.MessageKind;
import java.util.List;

/**
 * How often roadside units send.
 *
 * @param enabled whether it runs
 * @param expected the kinds that are watched
 * @param learnMessages messages without a silence between them after which a kind of a unit is watched
 * @param silentFactor intervals without a message after which a unit is silent
 * @param minSilentSeconds shortest time that counts as silence
 * @param slowShare share of the messages expected below which a unit is slow
 * @param windowSeconds time over which they are counted
 * @param nearMetres RSM and SSM are missed only while a road user that reports itself is so near; 0 for always
 * @param forgetMinutes silence after which a kind of a unit is no longer watched
 * @param holdMillis time it must be back before it is over
 */
public record BroadcastRate(
        boolean enabled,
        List<Expected> expected,
        int learnMessages,
        double silentFactor,
        double minSilentSeconds,
        double slowShare,
        double windowSeconds,
        double nearMetres,
        double forgetMinutes,
        int holdMillis) {
    /** The defaults. RSI is not among them: many units send none while there is nothing to tell. */
    public static final BroadcastRate DEFAULT = new BroadcastRate(
            true,
            List.of(new Expected("SPAT", 1), new Expected("MAP", 1), new Expected("RSM", 0.1)),
            20,
            5,
            5,
            0.5,
            20,
            50,
            60,
            3_000);

    /**
     * A kind that is watched.
     *
     * @param kind RSM, RSI, SPAT, MAP or SSM
     * @param intervalSeconds time from message to message
     */
    public record Expected(String kind, double intervalSeconds) {
        private static final List<String> KINDS = List.of("RSM", "RSI", "SPAT", "MAP", "SSM");

        /** Checks the ranges. */
        public Expected {
            require(KINDS.contains(kind), "alert.broadcastRate.expected.kind", kind, "must be one of " + KINDS);
            inRange("alert.broadcastRate.expected.intervalSeconds", intervalSeconds, 0.01, 3_600);
        }

        int number() {
            return MessageKind.valueOf("MESSAGE_KIND_" + kind).getNumber();
        }
    }

    /** Checks the ranges. */
    public BroadcastRate {
        inRange("alert.broadcastRate.learnMessages", learnMessages, 2, 100_000);
        inRange("alert.broadcastRate.silentFactor", silentFactor, 2, 1_000);
        inRange("alert.broadcastRate.minSilentSeconds", minSilentSeconds, 0.5, 3_600);
        inRange("alert.broadcastRate.slowShare", slowShare, 0, 0.95);
        inRange("alert.broadcastRate.windowSeconds", windowSeconds, 1, 3_600);
        inRange("alert.broadcastRate.nearMetres", nearMetres, 0, 1_000);
        inRange("alert.broadcastRate.forgetMinutes", forgetMinutes, 1, 1_000_000);
        inRange("alert.broadcastRate.holdMillis", holdMillis, 0, 600_000);
        expected = List.copyOf(expected);
    }
}
