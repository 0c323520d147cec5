package io.luyun.server.redecide;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertEvent;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertParty;

/**
 * Whether two alerts are about the same: what tells cases of a kind apart is equal. Neither number nor time nor urgency is looked
 * at. Road users are the same by their device, by the world's number where both sides count alike, or by the unit that sees them and
 * its number for them.
 */
final class Identity {
    private Identity() {}

    /**
     * Compares two.
     *
     * @param sameParticipants whether the world's numbers of road users mean the same on both sides
     */
    static boolean same(final Alert a, final Alert b, final boolean sameParticipants) {
        return a.getKindValue() == b.getKindValue()
                && a.getMessageKind() == b.getMessageKind()
                && a.hasTarget() == b.hasTarget()
                && a.getNode().equals(b.getNode())
                && a.getPlatoonId().equals(b.getPlatoonId())
                && (a.getKind() == AlertKind.ALERT_KIND_CHPVP || a.getReasonValue() == b.getReasonValue())
                && a.getPriority().getNode().equals(b.getPriority().getNode())
                && (a.getKind() == AlertKind.ALERT_KIND_SLW || same(a.getEvent(), b.getEvent()))
                && same(a.getSubject(), b.getSubject(), sameParticipants)
                && same(a.getTarget(), b.getTarget(), sameParticipants);
    }

    /** Events that no device tells of are places, which may differ. An alert of SLW only rests on its event. */
    private static boolean same(final AlertEvent a, final AlertEvent b) {
        return a.getDeviceId().equals(b.getDeviceId())
                && (a.getDeviceId().isEmpty() || (a.getId() == b.getId() && a.getSign() == b.getSign()));
    }

    private static boolean same(final AlertParty a, final AlertParty b, final boolean sameParticipants) {
        if (!a.getDeviceId().isEmpty() && !b.getDeviceId().isEmpty()) {
            return a.getDeviceId().equals(b.getDeviceId());
        }
        if (!a.hasParticipantId() && !b.hasParticipantId()) {
            return a.getDeviceId().equals(b.getDeviceId());
        }
        if (sameParticipants && a.getParticipantId() == b.getParticipantId()) {
            return true;
        }
        return !a.getSeenBy().isEmpty() && a.getSeenBy().equals(b.getSeenBy()) && a.getPtcId() == b.getPtcId();
    }
}
