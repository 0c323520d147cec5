package io.luyun.server.privacy;

import com.google.protobuf.Descriptors.Descriptor;
import io.luyun.proto.codec.WireCursor;
import io.luyun.proto.v1.EquipmentType;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Ssm;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a payload what may not leave, in one pass over its bytes. A message loses what it may lose; one that would be no message
 * of the schema any more without what it loses is left out of the message it stands in, and so on outwards. One thread; no allocation
 * for payloads without texts.
 */
final class PayloadRewriter {
    private static final int VARINT = 0;
    private static final int EQUIPMENT = Ssm.EQUIPMENT_TYPE_FIELD_NUMBER << 3 | VARINT;
    private static final int ID_OCTETS = Long.BYTES;
    private static final int MOST_INSIDE = 1 << 16;

    private final MessagePlan.Plans plans;
    private final @Nullable MessagePlan[] byKind = new MessagePlan[RecordKind.RECORD_KIND_ALERT_VALUE + 1];
    private final MessagePlan ssmOfRoadside;
    private final @Nullable Coarsening coarsening;
    private final boolean redacts;
    private final Points points;
    private final Ids ids;
    private final WireCursor cursor = new WireCursor();
    private final Edits edits = new Edits();
    /** Temporary ids of those who were last in what is redacted, each at the place that its bits give. */
    private final long[] inside = new long[MOST_INSIDE];

    private long receivedAtNs;
    private long ownId;

    PayloadRewriter(final PrivacyPolicy policy, final Ids ids) {
        this.ids = ids;
        plans = new MessagePlan.Plans(policy);
        coarsening = policy.coarsening();
        redacts = policy.redacted() != null;
        points = new Points(policy);
        for (int kind = 0; kind < byKind.length; kind++) {
            final Descriptor type = RecordTypes.of(kind);
            if (type != null) {
                byKind[kind] = plans.of(type, !FieldTable.ofTheRoad(type.getName()));
            }
        }
        ssmOfRoadside = plans.ofRoadside(Ssm.getDescriptor());
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
        receivedAtNs = atNs;
        ownId = 0;
        points.begin();
        cursor.wrap(buffer, offset, length);
        final boolean kept = message(kind == RecordKind.RECORD_KIND_SSM_VALUE && roadside() ? ssmOfRoadside : plan)
                && !cursor.malformed();
        if (redacts && tellsItsPlace(kind)) {
            remember(!kept && points.redactedAny());
        }
        return kept;
    }

    Edits edits() {
        return edits;
    }

    private static boolean tellsItsPlace(final int kind) {
        return kind == RecordKind.RECORD_KIND_BSM_VALUE || kind == RecordKind.RECORD_KIND_PSM_VALUE;
    }

    private void remember(final boolean isInside) {
        final int place = placeOf(ownId);
        if (isInside) {
            inside[place] = ownId;
        } else if (inside[place] == ownId) {
            inside[place] = 0;
        }
    }

    private static int placeOf(final long id) {
        return (int) (id * 0x9E37_79B9_7F4A_7C15L >>> 48);
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
            final Treatment treatment = plan.treatment(tag);
            final int number = tag >>> 3;
            final long bit = number < Long.SIZE ? 1L << number : 0;
            final boolean stays;
            if (treatment == Treatment.KEEP) {
                cursor.skip(tag);
                stays = true;
            } else if ((bit & plan.path) == 0) {
                stays = field(plan, treatment, tag);
            } else {
                // behind a point of a path that is left out, all are
                points.beginPath((kept & bit) == 0);
                stays = (gone & bit) == 0 && field(plan, treatment, tag);
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
    private boolean field(final MessagePlan plan, final Treatment treatment, final int tag) {
        final int start = cursor.position();
        final int limit = cursor.limit();
        final int mark = edits.mark();
        final boolean stays = treat(plan, treatment, tag);
        if (!stays && !cursor.malformed()) {
            edits.back(mark);
            cursor.resume(start, limit);
        }
        return stays;
    }

    private boolean treat(final MessagePlan plan, final Treatment treatment, final int tag) {
        switch (treatment) {
            case MESSAGE -> {
                return nested(plan.inner(tag));
            }
            case POSITION -> {
                return point(plan.inner(tag).ofRoadUsers);
            }
            case OWN_ID, OTHERS_ID -> {
                return octets(treatment);
            }
            case PLATOON, ZONE -> bytes(treatment);
            case DEVICE, AGENT, TEXT -> text(treatment);
            case PARTICIPANT, SESSION, ALERT, EPOCH, TIME_NS -> fixed64(treatment);
            case SEEN, MILLI_OF_MINUTE, MINUTE_OF_HOUR, MINUTE_OF_YEAR -> varint(treatment);
            case KEEP, RAW, PLATE, VIN, LEFT_OUT -> {
                return false;
            }
        }
        return true;
    }

    private boolean nested(final MessagePlan plan) {
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

    private boolean octets(final Treatment treatment) {
        final int start = cursor.position();
        final int length = cursor.bytes();
        final int end = cursor.position();
        if (cursor.malformed()) {
            return true;
        }
        if (length != ID_OCTETS) {
            cursor.resume(start, cursor.limit());
            bytes(Treatment.OWN_ID);
            return true;
        }
        long id = 0;
        for (int i = end - ID_OCTETS; i < end; i++) {
            id = id << 8 | (cursor.at(i) & 0xFF);
        }
        if (treatment == Treatment.OTHERS_ID && redacts && id != 0 && inside[placeOf(id)] == id) {
            return false;
        }
        if (ownId == 0) {
            ownId = id;
        }
        final long told = ids.octets(id);
        if (told != id) {
            edits.fixed(end - ID_OCTETS, ID_OCTETS, Long.reverseBytes(told));
        }
        return true;
    }

    private void bytes(final Treatment treatment) {
        final byte[] id = content();
        final byte[] told = ids.octets(treatment, id);
        if (told != id && !cursor.malformed()) {
            edits.bytes(cursor.position() - id.length, cursor.position(), told);
        }
    }

    private void text(final Treatment treatment) {
        final int start = cursor.position();
        final String text = new String(content(), StandardCharsets.UTF_8);
        final String told = treatment == Treatment.TEXT ? ids.masked(text) : ids.text(treatment, text);
        if (!told.equals(text) && !cursor.malformed()) {
            edits.delimited(start, cursor.position(), told.getBytes(StandardCharsets.UTF_8));
        }
    }

    private byte[] content() {
        final byte[] content = new byte[cursor.bytes()];
        for (int i = 0, from = cursor.position() - content.length; i < content.length; i++) {
            content[i] = cursor.at(from + i);
        }
        return content;
    }

    private void fixed64(final Treatment treatment) {
        final int start = cursor.position();
        final long value = cursor.fixed64();
        final long told = treatment == Treatment.TIME_NS ? time(value) : ids.number(treatment, value);
        if (told != value) {
            edits.fixed(start, Long.BYTES, told);
        }
    }

    private long time(final long timeNs) {
        return coarsening == null ? timeNs : coarsening.time(timeNs);
    }

    private void varint(final Treatment treatment) {
        final int start = cursor.position();
        final long value = cursor.varint();
        final long told;
        if (treatment == Treatment.SEEN) {
            told = ids.seen((int) value);
        } else if (coarsening == null) {
            told = value;
        } else {
            told = treatment == Treatment.MILLI_OF_MINUTE
                    ? coarsening.milliOfMinute(receivedAtNs, value)
                    : coarsening.minute(value);
        }
        if (told != value && !cursor.malformed()) {
            edits.varint(start, cursor.position(), told);
        }
    }
}
