package io.luyun.simulator.recording;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.luyun.proto.v1.Options;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a message are to be looked at when it moves, by their numbers: those with a time, those with an id, and those
 * with messages that have such fields. Read from the schema once; immutable when built.
 */
final class ClockLayout {
    private static final String ID_UNIT = "8 octets";

    private ClockField[] clocks = new ClockField[0];
    private boolean[] ids = new boolean[0];
    private @Nullable ClockLayout[] nested = new ClockLayout[0];
    private int minuteField;
    private int millisecondField;
    private boolean empty = true;

    /** The layouts of all kinds of message, by the numbers of their kinds. */
    static @Nullable ClockLayout[] ofKinds() {
        final Descriptor message = io.luyun.proto.v1.Message.getDescriptor();
        final Map<Key, ClockLayout> known = new HashMap<>();
        final @Nullable ClockLayout[] layouts =
                new ClockLayout[message.getFields().size() + 1];
        for (final FieldDescriptor body : message.getFields()) {
            if (body.getRealContainingOneof() != null && body.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                layouts[body.getNumber() - 1] = of(body.getMessageType(), null, known);
            }
        }
        return layouts;
    }

    private static ClockLayout of(
            final Descriptor type, final @Nullable FieldDescriptor parent, final Map<Key, ClockLayout> known) {
        final Key key = new Key(type, parent == null ? "" : ClockField.standard(parent));
        final ClockLayout done = known.get(key);
        if (done != null) {
            return done;
        }
        final ClockLayout layout = new ClockLayout();
        known.put(key, layout);
        layout.read(type, parent, known);
        return layout;
    }

    private void read(
            final Descriptor type, final @Nullable FieldDescriptor parent, final Map<Key, ClockLayout> known) {
        final int size = 1
                + type.getFields().stream()
                        .mapToInt(FieldDescriptor::getNumber)
                        .max()
                        .orElse(0);
        clocks = new ClockField[size];
        Arrays.fill(clocks, ClockField.NONE);
        ids = new boolean[size];
        nested = new ClockLayout[size];
        for (final FieldDescriptor field : type.getFields()) {
            final int number = field.getNumber();
            final ClockField clock = ClockField.of(parent, field);
            clocks[number] = clock;
            ids[number] =
                    field.getOptions().getExtension(Options.rule).getUnit().equals(ID_UNIT);
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                final ClockLayout within = of(field.getMessageType(), field, known);
                nested[number] = within.empty ? null : within;
            }
            empty &= !clock.moves() && !ids[number] && nested[number] == null;
        }
        minuteField = only(ClockField.MINUTE);
        millisecondField = only(ClockField.MILLISECOND);
    }

    /** Number of the one field that says this; 0 when there are none or several. */
    private int only(final ClockField wanted) {
        int found = 0;
        for (int number = 0; number < clocks.length; number++) {
            if (clocks[number] == wanted) {
                if (found != 0) {
                    return 0;
                }
                found = number;
            }
        }
        return found;
    }

    /** What a field says. */
    ClockField clock(final int number) {
        return number < clocks.length ? clocks[number] : ClockField.NONE;
    }

    /** Whether a field holds the id of a device or of a road user. */
    boolean id(final int number) {
        return number < ids.length && ids[number];
    }

    /** Layout of the messages in a field; null when there is nothing to look at in them. */
    @Nullable
    ClockLayout nested(final int number) {
        return number < nested.length ? nested[number] : null;
    }

    /** Number of the field with the minute of its own time; 0 for none. */
    int minuteField() {
        return minuteField;
    }

    /** Number of the field with the millisecond of its own time; 0 for none. */
    int millisecondField() {
        return millisecondField;
    }

    private record Key(Descriptor type, String parent) {}
}
