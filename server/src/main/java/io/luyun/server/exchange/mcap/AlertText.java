package io.luyun.server.exchange.mcap;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertParty;
import io.luyun.proto.v1.AlertState;
import java.util.Locale;

/** What an alert says, in a line for people. Stateless. */
final class AlertText {
    private static final double KMH_A_STEP = 0.02 * 3.6;

    private AlertText() {}

    /** FCW raised for veh-7: veh-9, 12.3 m, 2.1 s, 58 km/h. */
    static String of(final Alert alert) {
        final StringBuilder text = new StringBuilder(kind(alert))
                .append(' ')
                .append(lower(alert.getState().name(), "ALERT_STATE_"))
                .append(" for ")
                .append(party(alert.getSubject()));
        String next = ": ";
        if (alert.hasTarget()) {
            text.append(next).append(party(alert.getTarget()));
            next = ", ";
        }
        if (alert.hasEvent()) {
            text.append(next)
                    .append(alert.getEvent().getSign() ? "sign " : "event ")
                    .append(alert.getEvent().getCode());
            next = ", ";
        }
        if (alert.hasNode()) {
            text.append(next).append("node ").append(alert.getNode().getId());
            next = ", ";
        }
        if (alert.hasReason()) {
            text.append(next).append(lower(alert.getReason().name(), "ALERT_REASON_"));
            next = ", ";
        }
        measures(text, next, alert);
        return text.toString();
    }

    private static void measures(final StringBuilder text, final String first, final Alert alert) {
        String next = first;
        if (alert.hasDistanceCm()) {
            text.append(next).append(String.format(Locale.ROOT, "%.1f m", alert.getDistanceCm() / 100.0));
            next = ", ";
        }
        if (alert.hasTimeToCollisionMs()) {
            text.append(next).append(String.format(Locale.ROOT, "%.1f s", alert.getTimeToCollisionMs() / 1_000.0));
            next = ", ";
        }
        if (alert.hasSpeed()) {
            text.append(next).append(Math.round(alert.getSpeed() * KMH_A_STEP)).append(" km/h");
            if (alert.hasSpeedLimit()) {
                text.append(" where ")
                        .append(Math.round(alert.getSpeedLimit() * KMH_A_STEP))
                        .append(" are allowed");
            }
        }
        if (alert.getState() == AlertState.ALERT_STATE_CLEARED) {
            text.append("; ").append(lower(alert.getClearReason().name(), "CLEAR_REASON_"));
        }
    }

    /** FCW. */
    static String kind(final Alert alert) {
        return alert.getKind().name().replace("ALERT_KIND_", "");
    }

    /** Whom it means, as tracks are named. */
    static String party(final AlertParty party) {
        if (!party.getDeviceId().isEmpty()) {
            return party.getDeviceId();
        }
        if (!party.getSeenBy().isEmpty()) {
            return party.getSeenBy() + (party.hasObstacleType() ? "/obstacle-" : "/") + party.getPtcId();
        }
        return "participant " + party.getParticipantId();
    }

    private static String lower(final String constant, final String prefix) {
        return constant.replace(prefix, "").toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
