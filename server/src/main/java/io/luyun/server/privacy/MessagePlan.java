package io.luyun.server.privacy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is done about the fields of one type of message under a policy, by their numbers. The same type has two: one where its points
 * are of the road, one where they are of road users. Immutable once built.
 */
final class MessagePlan {
    private static final int LENGTH_DELIMITED = 2;
    private static final int ONE_BYTE_TAGS = 128;

    /** Whether points in it are of road users. */
    final boolean ofRoadUsers;

    /** Bits at the numbers of fields with which the message falls when they are left out and none is there. */
    final long essential;

    /** Likewise when any one is left out. */
    final long whole;

    /** Likewise when one is left out and none of all of these is there. */
    final long substance;

    /** Points of a path, in order. */
    final long path;

    /** Whether no field of it needs anything. */
    final boolean plain;

    /** Whether the field of a tag of one byte stays as it is. */
    private final boolean[] keptTags = new boolean[ONE_BYTE_TAGS];

    private final int[] tags;
    private final int[] packedTags;
    private final Treatment[] treatments;
    private final @Nullable MessagePlan[] inner;

    private MessagePlan(
            final Descriptor type,
            final boolean ofRoadUsers,
            final Plans plans,
            final Predicate<FieldDescriptor> ofTheRoad) {
        int last = 0;
        for (final FieldDescriptor field : type.getFields()) {
            last = Math.max(last, field.getNumber());
        }
        if (last >= Long.SIZE) {
            throw new IllegalStateException(type.getFullName() + " numbers a field " + last + "; 63 is the limit");
        }
        this.ofRoadUsers = ofRoadUsers;
        tags = new int[last + 1];
        packedTags = new int[last + 1];
        treatments = new Treatment[last + 1];
        inner = new MessagePlan[last + 1];
        long needed = 0;
        long all = 0;
        long one = 0;
        long ordered = 0;
        for (final FieldDescriptor field : type.getFields()) {
            final int number = field.getNumber();
            final long bit = 1L << number;
            tags[number] = number << 3 | field.getLiteType().getWireType();
            packedTags[number] = field.isPackable() ? number << 3 | LENGTH_DELIMITED : 0;
            treatments[number] = plans.treatment(field);
            needed |= FieldTable.essential(field) ? bit : 0;
            all |= FieldTable.whole(field) ? bit : 0;
            one |= FieldTable.substance(field) ? bit : 0;
            ordered |= FieldTable.path(field) ? bit : 0;
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                inner[number] = plans.of(field.getMessageType(), ofRoadUsers && !ofTheRoad.test(field));
            }
        }
        boolean allKept = true;
        for (final FieldDescriptor field : type.getFields()) {
            final int number = field.getNumber();
            allKept &= treatments[number] == Treatment.KEEP;
            for (final int tag : new int[] {tags[number], packedTags[number]}) {
                if (tag < ONE_BYTE_TAGS) {
                    keptTags[tag] = tag != 0 && treatments[number] == Treatment.KEEP;
                }
            }
        }
        plain = allKept;
        essential = needed;
        whole = all;
        substance = one;
        path = ordered;
    }

    /** Whether the field of a tag stays as it is. */
    boolean keeps(final int tag) {
        return (tag >= 0 && tag < ONE_BYTE_TAGS) ? keptTags[tag] : treatment(tag) == Treatment.KEEP;
    }

    /** What is done about the field of a tag; a tag of another form than the schema's is LEFT_OUT. */
    Treatment treatment(final int tag) {
        final int number = tag >>> 3;
        if (number >= tags.length || (tags[number] != tag && packedTags[number] != tag)) {
            return Treatment.LEFT_OUT;
        }
        return treatments[number];
    }

    /** The plan of the messages in a field. */
    MessagePlan inner(final int tag) {
        final MessagePlan plan = inner[tag >>> 3];
        if (plan == null) {
            throw new IllegalStateException("field " + (tag >>> 3) + " holds no message");
        }
        return plan;
    }

    /** Plans under one policy, each built when it is first needed. */
    static final class Plans {
        private final PrivacyPolicy policy;
        private final Map<Descriptor, MessagePlan> ofRoadUsers = new HashMap<>();
        private final Map<Descriptor, MessagePlan> ofTheRoad = new HashMap<>();

        Plans(final PrivacyPolicy policy) {
            this.policy = policy;
        }

        MessagePlan of(final Descriptor type, final boolean roadUsers) {
            final Map<Descriptor, MessagePlan> known = roadUsers ? ofRoadUsers : ofTheRoad;
            final MessagePlan found = known.get(type);
            if (found != null) {
                return found;
            }
            final MessagePlan built = new MessagePlan(type, roadUsers, this, FieldTable::ofTheRoad);
            known.put(type, built);
            return built;
        }

        /** The plan of a message of a roadside unit, which tells of road users but whose own place and view are of the road. */
        MessagePlan ofRoadside(final Descriptor type) {
            return new MessagePlan(type, true, this, FieldTable::ofTheRoadside);
        }

        /** What the policy makes of what the table says. */
        private Treatment treatment(final FieldDescriptor field) {
            final Treatment decided = FieldTable.of(field);
            if (decided == null) {
                return Treatment.LEFT_OUT;
            }
            return switch (decided) {
                case PARTICIPANT, SESSION, ALERT, EPOCH, SEEN, ZONE -> onlyIf(policy.pseudonymises(), decided);
                case TIME_NS, MILLI_OF_MINUTE, MINUTE_OF_HOUR, MINUTE_OF_YEAR, TENTH_OF_HOUR ->
                    onlyIf(policy.coarsening() != null, decided);
                case NEARNESS -> onlyIf(policy.coarsening() != null, Treatment.LEFT_OUT);
                case TEXT -> policy.has(OptIn.TEXT) || policy.has(OptIn.RAW) ? decided : Treatment.LEFT_OUT;
                case RAW -> keptWith(OptIn.RAW);
                case PLATE -> keptWith(OptIn.PLATE);
                case VIN -> keptWith(OptIn.VIN);
                case KEEP, DEVICE, AGENT, OWN_ID, OTHERS_ID, PLATOON, POSITION, MESSAGE, LEFT_OUT -> decided;
            };
        }

        private Treatment keptWith(final OptIn wanted) {
            return policy.has(wanted) ? Treatment.KEEP : Treatment.LEFT_OUT;
        }

        private static Treatment onlyIf(final boolean wanted, final Treatment treatment) {
            return wanted ? treatment : Treatment.KEEP;
        }
    }
}
