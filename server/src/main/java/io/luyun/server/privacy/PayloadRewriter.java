package io.luyun.server.privacy;

import com.google.protobuf.Descriptors.Descriptor;
import io.luyun.proto.codec.WireCursor;
import io.luyun.proto.v1.AlertEvent;
import io.luyun.proto.v1.EquipmentType;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Ssm;
import io.luyun.server.research.Records;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a payload what may not leave, in one pass over its bytes. A message loses what it may lose; one that would be no message
 * of the schema any more without what it loses is left out of the message it stands in, and so on outwards. One thread; no allocation
 * for payloads without texts.
 */
final class PayloadRewriter {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;
    private static final int REPORTER = AlertEvent.DEVICE_ID_FIELD_NUMBER << 3 | LENGTH_DELIMITED;
    private static final int EQUIPMENT = Ssm.EQUIPMENT_TYPE_FIELD_NUMBER << 3 | VARINT;

    private final MessagePlan.Plans plans;
    private final @Nullable MessagePlan[] byKind = new MessagePlan[RecordKind.RECORD_KIND_ALERT_VALUE + 1];
    private final MessagePlan ssmOfRoadside;
    private final MessagePlan event;
    private final MessagePlan eventOfRoadside;
    private final boolean redacts;
    private final Points points;
    private final Values values;
    private final WireCursor cursor = new WireCursor();
    private final Edits edits = new Edits();

    PayloadRewriter(final PrivacyPolicy policy, final Ids ids) {
        values = new Values(policy, ids);
        plans = new MessagePlan.Plans(policy);
        redacts = policy.redacted() != null;
        points = new Points(policy);
        for (int kind = 0; kind < byKind.length; kind++) {
            final Descriptor type = RecordTypes.of(kind);
            if (type != null) {
                byKind[kind] = plans.of(type, !FieldTable.ofTheRoad(type.getName()));
            }
        }
        ssmOfRoadside = plans.ofRoadside(Ssm.getDescriptor());
        event = plans.of(AlertEvent.getDescriptor(), true);
        eventOfRoadside = plans.of(AlertEvent.getDescriptor(), false);
    }

    /**
     * Looks at a payload; {@link #edits} then holds what changes.
     *
     * @param atNs receive time as it is told
     * @return false when nothing of it is told
     */
    boolean keeps(final int kind, final DirectBuffer buffer, final int offset, final int length, final long atNs) {
        final MessagePlan plan = kind >= 0 && kind < byKind.length ? byKind[kind] : null;
        edits.clear();
        if (plan == null) {
            return RecordTypes.withoutPayload(kind) && length == 0;
        }
        values.begin(atNs);
        points.begin();
        cursor.wrap(buffer, offset, length);
        final boolean kept = message(kind == RecordKind.RECORD_KIND_SSM_VALUE && roadside() ? ssmOfRoadside : plan)
                && !cursor.malformed();
        if (redacts && tellsItsPlace(kind)) {
            values.remember(kept);
        }
        return kept;
    }

    /** Learns where a road user is from a record of which nothing is asked. */
    void pass(final Records records) {
        if (redacts && tellsItsPlace(records.kind())) {
            keeps(
                    records.kind(),
                    records.buffer(),
                    records.payloadOffset(),
                    records.payloadLength(),
                    records.receivedAtNs());
        }
    }

    Edits edits() {
        return edits;
    }

    private static boolean tellsItsPlace(final int kind) {
        return kind == RecordKind.RECORD_KIND_BSM_VALUE || kind == RecordKind.RECORD_KIND_PSM_VALUE;
    }

    /** Whether the sender of an SSM is a roadside unit, whose place is no secret. */
    private boolean roadside() {
        boolean found = false;
        int tag;
        while ((tag = cursor.tag()) != 0) {
            if (tag == EQUIPMENT) {
                found = cursor.varint() == EquipmentType.EQUIPMENT_RSU_VALUE;
            } else {
                cursor.skip(tag);
            }
        }
        cursor.resume(0, cursor.limit());
        return found;
    }

    private boolean message(final MessagePlan plan) {
        long kept = 0;
        long gone = 0;
        int from = cursor.position();
        int tag;
        while ((tag = cursor.tag()) != 0) {
            final int number = tag >>> 3;
            final long bit = number < Long.SIZE ? 1L << number : 0;
            final boolean stays;
            if (plan.keeps(tag)) {
                cursor.skip(tag);
                stays = true;
            } else if ((bit & plan.path) == 0) {
                stays = field(plan, tag);
            } else {
                // behind a point of a path that is left out, all are
                points.beginPath((kept & bit) == 0);
                stays = (gone & bit) == 0 && field(plan, tag);
                points.endPath();
            }
            if (stays) {
                kept |= bit;
            } else {
                leaveOut(tag, from);
                gone |= bit;
            }
            from = cursor.position();
        }
        return !cursor.malformed()
                && (gone & plan.essential & ~kept) == 0
                && (gone & plan.whole) == 0
                && ((gone & plan.substance) == 0 || (kept & plan.substance) != 0);
    }

    private void leaveOut(final int tag, final int from) {
        if (cursor.position() <= cursor.limit()) {
            cursor.skip(tag);
        }
        if (!cursor.malformed()) {
            edits.remove(from, cursor.position());
        }
    }

    /** Whether a field stays; the cursor stands behind it then, and else where it stood. */
    private boolean field(final MessagePlan plan, final int tag) {
        final int start = cursor.position();
        final int limit = cursor.limit();
        final int mark = edits.mark();
        final boolean stays = treat(plan, tag);
        if (!stays && !cursor.malformed()) {
            edits.back(mark);
            cursor.resume(start, limit);
        }
        return stays;
    }

    private boolean treat(final MessagePlan plan, final int tag) {
        final Treatment treatment = plan.treatment(tag);
        return switch (treatment) {
            case MESSAGE -> nested(plan.inner(tag) == event && reported() ? eventOfRoadside : plan.inner(tag));
            case POSITION -> point(plan.inner(tag).ofRoadUsers);
            case KEEP, RAW, PLATE, VIN, NEARNESS, LEFT_OUT -> false;
            default -> values.keeps(treatment, cursor, edits);
        };
    }

    /** Whether a device tells of an event; one that the server saw, the end of a jam, is where its road users are. */
    private boolean reported() {
        final int start = cursor.position();
        final int outer = cursor.enter();
        boolean found = false;
        int tag;
        while ((tag = cursor.tag()) != 0) {
            if (tag == REPORTER) {
                found = cursor.bytes() > 0;
            } else {
                cursor.skip(tag);
            }
        }
        cursor.resume(start, outer);
        return found;
    }

    private boolean nested(final MessagePlan plan) {
        return plan.plain ? plain(plan) : looked(plan);
    }

    /** Most messages by far are numbers that stay; one with anything else in it is looked at again. */
    private boolean plain(final MessagePlan plan) {
        final int start = cursor.position();
        final int outer = cursor.enter();
        int tag;
        while ((tag = cursor.tag()) != 0) {
            if (!plan.keeps(tag)) {
                cursor.resume(start, outer);
                return looked(plan);
            }
            cursor.skip(tag);
        }
        cursor.leave(outer);
        return !cursor.malformed();
    }

    private boolean looked(final MessagePlan plan) {
        final int slot = edits.open(cursor.position());
        final int outer = cursor.enter();
        final int start = cursor.position();
        if (cursor.malformed() || !message(plan)) {
            return false;
        }
        edits.close(slot, start, cursor.limit() - start);
        cursor.leave(outer);
        return true;
    }

    private boolean point(final boolean ofRoadUser) {
        final int slot = edits.open(cursor.position());
        final int outer = cursor.enter();
        final int start = cursor.position();
        if (cursor.malformed() || !points.keeps(cursor, edits, ofRoadUser)) {
            return false;
        }
        edits.close(slot, start, cursor.limit() - start);
        cursor.leave(outer);
        return true;
    }
}
