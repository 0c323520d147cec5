package io.luyun.simulator.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.luyun.proto.v1.DateTime;
import io.luyun.proto.v1.Options;
import io.luyun.proto.v1.Rule;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No field that tells a time is forgotten when a message moves: what is one is looked for in the schema in another way. */
final class EveryClockTest {
    /** 2027-12-31T23:58:30.400Z. */
    private static final long AT_MS = LocalDateTime.of(2027, 12, 31, 23, 58, 30, 400_000_000)
            .toInstant(ZoneOffset.UTC)
            .toEpochMilli();

    /** Over the minute, the hour and the year: 2028-01-01T00:01:11.600Z. */
    private static final long MORE_MS = 161_200;

    private static final Pattern TIME_UNIT =
            Pattern.compile("(\\d+(\\.\\d+)? )?(ns|us|ms|s|min|minute|hour|day|month|year)( .*)?");
    private static final Pattern TIME_NAME = Pattern.compile(
            "(.*_)?(time|date|moy|mark|stamp|clock|minute|second|hour|day|month|year|begin|end|start|duration|until|since|age)(_.*)?");
    private static final Pattern TIME_STANDARD =
            Pattern.compile(".*(Time|Date|Second|Minute|Hour|Mark(?!ing)|Duration|Year|Month|Day).*");

    static List<FieldDescriptor> kinds() {
        return io.luyun.proto.v1.Message.getDescriptor().getFields().stream()
                .filter(field -> field.getRealContainingOneof() != null)
                .toList();
    }

    @Test
    void everyFieldThatLooksLikeATimeIsKnownAsOne() {
        final TreeSet<String> forgotten = new TreeSet<>();
        final TreeSet<String> found = new TreeSet<>();
        for (final FieldDescriptor kind : kinds()) {
            walk(kind.getMessageType(), null, found, forgotten);
        }
        assertThat(forgotten).isEmpty();
        // the walk has seen them, and a few that say nothing of the time
        assertThat(found)
                .contains(
                        "luyun.v1.Bsm.sec_mark MILLISECOND",
                        "luyun.v1.Spat.moy MINUTE",
                        "luyun.v1.UtcTiming.likely_end_time HOUR_MARK",
                        "luyun.v1.CountdownTiming.likely_end_time RELATIVE",
                        "luyun.v1.TimeSpan.end_time MINUTE",
                        "luyun.v1.FullPosition.utc_time DATE",
                        "luyun.v1.DateTime.hour PART",
                        "luyun.v1.PathHistoryPoint.time_offset RELATIVE",
                        "luyun.v1.DetectedParticipant.tracking RELATIVE");
    }

    private static void walk(
            final Descriptor type,
            final @Nullable FieldDescriptor parent,
            final Set<String> found,
            final Set<String> forgotten) {
        for (final FieldDescriptor field : type.getFields()) {
            final ClockField clock = ClockField.of(parent, field);
            if (clock != ClockField.NONE) {
                found.add(field.getFullName() + " " + clock);
            } else if (looksLikeATime(field)) {
                forgotten.add(field.getFullName());
            }
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                walk(field.getMessageType(), field, found, forgotten);
            }
        }
    }

    private static boolean looksLikeATime(final FieldDescriptor field) {
        final Rule rule = field.getOptions().getExtension(Options.rule);
        // messages that hold times are walked
        return field.getJavaType() != FieldDescriptor.JavaType.MESSAGE
                && (TIME_UNIT.matcher(rule.getUnit()).matches()
                        || TIME_NAME.matcher(field.getName()).matches()
                        || TIME_STANDARD.matcher(rule.getStandard()).matches());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindMovesAsAWhole(final FieldDescriptor kind) throws Exception {
        for (final boolean last : new boolean[] {true, false}) {
            movesAsAWhole(kind, last);
        }
    }

    private static void movesAsAWhole(final FieldDescriptor kind, final boolean last) throws Exception {
        final Message full = full(kind.getMessageType(), null, AT_MS, last);
        final Message moved = full(kind.getMessageType(), null, AT_MS + MORE_MS, last);
        final int number = kind.getNumber() - 1;

        final byte[] bytes = new Restamp().move(number, full.toByteArray(), AT_MS, MORE_MS);

        assertThat(full.getParserForType().parseFrom(bytes)).isEqualTo(moved);
        assertThat(new Restamp().move(number, bytes, AT_MS + MORE_MS, -MORE_MS)).isEqualTo(full.toByteArray());
        assertThat(new Restamp().move(number, full.toByteArray(), AT_MS, 0)).isEqualTo(full.toByteArray());
    }

    /** A message with all its fields, whose times are all that one; of alternatives the last or the first. */
    private static Message full(
            final Descriptor type, final @Nullable FieldDescriptor parent, final long utcMs, final boolean last) {
        if (type == DateTime.getDescriptor()) {
            return date(utcMs);
        }
        final Message.Builder message = DynamicMessage.newBuilder(type);
        for (final FieldDescriptor field : type.getFields()) {
            final OneofDescriptor alternatives = field.getRealContainingOneof();
            if (!last && alternatives != null && message.hasOneof(alternatives)) {
                continue;
            }
            final List<Object> values = new ArrayList<>();
            for (int i = 0; i < (field.isRepeated() ? 2 : 1); i++) {
                values.add(value(field, parent, utcMs, last));
            }
            message.setField(field, field.isRepeated() ? values : values.get(0));
        }
        return message.build();
    }

    private static DateTime date(final long utcMs) {
        final LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(utcMs), ZoneOffset.ofHours(8));
        return DateTime.newBuilder()
                .setYear(local.getYear())
                .setMonth(local.getMonthValue())
                .setDay(local.getDayOfMonth())
                .setHour(local.getHour())
                .setMinute(local.getMinute())
                .setSecond(local.getSecond() * 1_000 + local.getNano() / 1_000_000)
                .setOffset(480)
                .build();
    }

    private static Object value(
            final FieldDescriptor field, final @Nullable FieldDescriptor parent, final long utcMs, final boolean last) {
        final LocalDateTime utc = LocalDateTime.ofInstant(Instant.ofEpochMilli(utcMs), ZoneOffset.UTC);
        final int millisecond = utc.getSecond() * 1_000 + utc.getNano() / 1_000_000;
        return switch (field.getJavaType()) {
            case MESSAGE -> full(field.getMessageType(), field, utcMs, last);
            case ENUM -> field.getEnumType().getValues().getLast();
            case BYTE_STRING -> ByteString.copyFromUtf8("octets88");
            case STRING -> "text";
            case BOOLEAN -> true;
            case LONG -> 7L;
            case FLOAT, DOUBLE -> throw new AssertionError(field.getFullName());
            case INT ->
                switch (field.getOptions().getExtension(Options.rule).getStandard()) {
                    case "DSecond" -> millisecond;
                    case "MinuteOfTheYear" -> (utc.getDayOfYear() - 1) * 1_440 + utc.getHour() * 60 + utc.getMinute();
                    case "TimeMark" ->
                        parent.getMessageType().getName().equals("UtcTiming")
                                ? (utc.getMinute() * 60_000 + millisecond) / 100
                                : 150;
                    default -> 300;
                };
        };
    }
}
