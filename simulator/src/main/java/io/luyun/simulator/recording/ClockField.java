package io.luyun.simulator.recording;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.luyun.proto.v1.Options;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a field of the schema says of the time, by the name of its data element in the message sets. */
enum ClockField {
    /** Nothing. */
    NONE,
    /** A time counted from the message or from another time, or how good a time is: it stays when the message moves. */
    RELATIVE,
    /** Millisecond within the UTC minute. */
    MILLISECOND,
    /** Minute of the UTC year. */
    MINUTE,
    /** Tenth of a second within the UTC hour. */
    HOUR_MARK,
    /** A message with the parts of a date. */
    DATE,
    /** A part of a date. */
    PART;

    private static final String DATE_TIME = "DDateTime";
    private static final String MARKS_OF_THE_HOUR = "UTCTiming";

    private static final Set<String> STAY = Set.of("TimeOffset", "TimeConfidence", "PlanningDuration", "tracking");

    /**
     * What a field says.
     *
     * @param parent the field its message stands in; null for that of a message itself
     */
    static ClockField of(final @Nullable FieldDescriptor parent, final FieldDescriptor field) {
        final String within = parent == null ? "" : standard(parent);
        if (within.equals(DATE_TIME)) {
            return PART;
        }
        return switch (standard(field)) {
            case "DSecond" -> MILLISECOND;
            case "MinuteOfTheYear" -> MINUTE;
            case "TimeMark" -> within.equals(MARKS_OF_THE_HOUR) ? HOUR_MARK : RELATIVE;
            case DATE_TIME -> DATE;
            case "Confidence" -> field.getName().startsWith("time") ? RELATIVE : NONE;
            case MARKS_OF_THE_HOUR -> NONE;
            default -> STAY.contains(standard(field)) ? RELATIVE : NONE;
        };
    }

    /** Name of its data element; empty where it has none. */
    static String standard(final FieldDescriptor field) {
        return field.getOptions().getExtension(Options.rule).getStandard();
    }

    /** Whether it moves with its message. */
    boolean moves() {
        return this != NONE && this != RELATIVE;
    }
}
