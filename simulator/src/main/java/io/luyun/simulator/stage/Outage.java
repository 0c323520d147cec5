package io.luyun.simulator.stage;

import io.luyun.proto.v1.MessageKind;

/**
 * A time in which a roadside unit leaves messages of a kind out. Immutable.
 *
 * @param unit place of the unit
 * @param kind the messages
 * @param fromS when it begins
 * @param toS when it ends
 * @param share of the messages that are left out, 0 to 1
 */
public record Outage(int unit, Kind kind, double fromS, double toS, double share) {
    private static final double TINY = 1e-9;

    /** Messages that units send. */
    public enum Kind {
        RSM(MessageKind.MESSAGE_KIND_RSM),
        RSI(MessageKind.MESSAGE_KIND_RSI),
        SPAT(MessageKind.MESSAGE_KIND_SPAT),
        MAP(MessageKind.MESSAGE_KIND_MAP);

        private final MessageKind message;

        Kind(final MessageKind message) {
            this.message = message;
        }
    }

    /** Whether a message is left out: of those that are counted here, evenly so many. */
    boolean drops(final int byUnit, final MessageKind message, final double t, final int count) {
        if (byUnit != unit || message != kind.message || t < fromS || t >= toS) {
            return false;
        }
        return Math.floor((count + 1) * share + TINY) > Math.floor(count * share + TINY);
    }
}
