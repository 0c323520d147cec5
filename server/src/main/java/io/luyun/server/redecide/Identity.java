package io.luyun.server.redecide;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertEvent;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertParty;

/**
 * Whether two alerts are about the same: what tells cases of a kind apart is equal. Neither number nor time nor urgency is looked
 * at. Road users are the same by their device, by the world's number, or by the unit that sees them and its number for them.
 */
final class Identity {
    private Identity() {}

    static boolean same(final Alert a, final Alert b) {
        return a.getKindValue() == b.getKindValue()
                && a.getMessageKind() == b.getMessageKind()
                && a.hasTarget() == b.hasTarget()
                && a.getNode().equals(b.getNode())
                && a.getPlatoonId().equals(b.getPlatoonId())
                && (a.getKind() == AlertKind.ALERT_KIND_CHPVP || a.getReasonValue() == b.getReasonValue())
                && a.getPriority().getNode().equals(b.getPriority().getNode())
                && (a.getKind() == AlertKind.ALERT_KIND_SLW || same(a.getEvent(), b.getEvent()))
                && same(a.getSubject(), b.getSubject())
                && same(a.getTarget(), b.getTarget());
    }

    /** Events that no device tells of are places, which may differ. An alert of SLW only rests on its event. */
    private static boolean same(final AlertEvent a, final AlertEvent b) {
        return a.getDeviceId().equals(b.getDeviceId())
                && (a.getDeviceId().isEmpty() || (a.getId() == b.getId() && a.getSign() == b.getSign()));
    }

    private static boolean same(final AlertParty a, final AlertParty b) {
        if (!a.getDeviceId().isEmpty() && !b.getDeviceId().isEmpty()) {
            return a.getDeviceId().equals(b.getDeviceId());
        }
        if (a.getParticipantId() == b.getParticipantId()) {
            return a.getDeviceId().equals(b.getDeviceId()) || a.hasParticipantId();
        }
        return !a.getSeenBy().isEmpty() && a.getSeenBy().equals(b.getSeenBy()) && a.getPtcId() == b.getPtcId();
    }
}
