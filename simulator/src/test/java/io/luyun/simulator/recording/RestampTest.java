package io.luyun.simulator.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.CountdownTiming;
import io.luyun.proto.v1.DateTime;
import io.luyun.proto.v1.FullPosition;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.PathHistory;
import io.luyun.proto.v1.PathHistoryPoint;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.Spat;
import io.luyun.proto.v1.TestMsg;
import io.luyun.proto.v1.TimeSpan;
import io.luyun.proto.v1.UtcTiming;
import io.luyun.proto.v1.VehicleSafetyExtension;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What each time becomes when its message moves: over the minute, the hour, the year, and where parts of it are not told. */
final class RestampTest {
    private static final int BSM = MessageKind.MESSAGE_KIND_BSM_VALUE;
    private static final int RSM = MessageKind.MESSAGE_KIND_RSM_VALUE;
    private static final int RSI = MessageKind.MESSAGE_KIND_RSI_VALUE;
    private static final int SPAT = MessageKind.MESSAGE_KIND_SPAT_VALUE;
    private static final int YEAR_MINUTES = 525_600;
    private static final int LEAP_YEAR_MINUTES = 527_040;

    private final Restamp restamp = new Restamp();

    private static long utc(final String time) {
        return Instant.parse(time).toEpochMilli();
    }

    @Test
    void aMillisecondGoesRoundTheMinute() throws Exception {
        final Bsm bsm =
                Bsm.newBuilder().setMsgCnt(5).setSecMark(59_990).setSpeed(3).build();
        final long at = utc("2026-11-30T10:00:00.010Z");

        assertThat(move(bsm, at, 20).getSecMark()).isEqualTo(10);
        assertThat(move(bsm, at, -60_000).getSecMark()).isEqualTo(59_990);
        assertThat(move(bsm, at, -59_991).getSecMark()).isEqualTo(59_999);
        assertThat(move(bsm, at, 20).toBuilder().setSecMark(59_990).build()).isEqualTo(bsm);
    }

    @Test
    void minuteAndMillisecondMoveAsOneTimeAndOverTheYear() throws Exception {
        final Spat spat = spat(YEAR_MINUTES - 1, 59_900);
        final long at = utc("2027-01-01T00:00:00.050Z"); // received just behind the turn of the year

        final Spat moved = Spat.parseFrom(restamp.move(SPAT, spat.toByteArray(), at, 200));

        assertThat(moved.getMoy()).isZero();
        assertThat(moved.getTimeStamp()).isEqualTo(100);
        assertThat(moved.getIntersections(0).getMoy()).isZero();
        assertThat(moved.getIntersections(0).getTimeStamp()).isEqualTo(100);
        final Spat back = Spat.parseFrom(restamp.move(SPAT, spat(0, 100).toByteArray(), at, -200));
        assertThat(back).isEqualTo(spat);
    }

    @Test
    void leapYearsHaveADayMore() throws Exception {
        final long at = utc("2028-12-31T23:59:30Z");
        final Spat spat = spat(LEAP_YEAR_MINUTES - 1, 30_000);

        assertThat(Spat.parseFrom(restamp.move(SPAT, spat.toByteArray(), at, 30_000))
                        .getMoy())
                .isZero();
        // three years and a day later: the last minute of 2031
        final long days = 3 * 365L;
        assertThat(Spat.parseFrom(restamp.move(SPAT, spat.toByteArray(), at, days * 86_400_000L))
                        .getMoy())
                .isEqualTo(YEAR_MINUTES - 1);
    }

    /** What lay before or after the message, or in its minute, does so after any move. */
    @Test
    void theOrderOfMinutesStays() throws Exception {
        final long seed = 20_261_130;
        System.out.println("RestampTest seed " + seed);
        final Random random = new Random(seed);
        for (int turn = 0; turn < 2_000; turn++) {
            final long at = utc("2026-12-31T00:00:00Z") + random.nextInt(2 * 86_400_000);
            final long more = random.nextLong(-40_000_000_000L, 40_000_000_000L);
            final int own = YearClock.minute(at);
            final int start = own - random.nextInt(3);
            final int end = own + random.nextInt(3);
            final Rsi moved = Rsi.parseFrom(restamp.move(
                    RSI, rsi(own, wrapped(start, at), wrapped(end, at)).toByteArray(), at, more));

            final long movedAt = at + more;
            assertThat(moved.getMoy()).as("turn %d", turn).isEqualTo(YearClock.minute(movedAt));
            final TimeSpan span = moved.getEvents(0).getTimeSpan();
            final long ownBegin = YearClock.begin(moved.getMoy(), movedAt);
            final long startBegin = YearClock.begin(span.getStartTime(), movedAt);
            final long endBegin = YearClock.begin(span.getEndTime(), movedAt);
            assertThat(startBegin - ownBegin)
                    .as("turn %d, start", turn)
                    .isBetween((start - own) * 60_000L, Math.min(0, (start - own + 1) * 60_000L));
            assertThat(endBegin - ownBegin)
                    .as("turn %d, end", turn)
                    .isBetween(Math.max(0, (end - own - 1) * 60_000L), (end - own) * 60_000L);
            if (start == own) {
                assertThat(startBegin).isEqualTo(ownBegin);
            }
        }
    }

    private static int wrapped(final int minute, final long at) {
        final int length = LocalDateTime.ofEpochSecond(at / 1_000, 0, ZoneOffset.UTC)
                        .toLocalDate()
                        .lengthOfYear()
                * 1_440;
        final int before = 365 * 1_440;
        return minute < 0 ? minute + before : minute % length;
    }

    /** An event that is told again and again has the same start, whatever the second in which it is told. */
    @Test
    void aMinuteOfThePastIsTheSameInEveryMessage() throws Exception {
        final long begin = utc("2026-11-30T10:05:00Z");
        final int start = YearClock.minute(begin) - 5;
        final int more = 36_500;
        for (int second = 0; second < 120; second++) {
            final long at = begin + second * 1_000L;
            final Rsi moved = Rsi.parseFrom(restamp.move(
                    RSI, rsi(YearClock.minute(at), start, start + 60).toByteArray(), at, more));
            assertThat(moved.getEvents(0).getTimeSpan().getStartTime()).isEqualTo(start + 1);
            assertThat(moved.getEvents(0).getTimeSpan().getEndTime()).isEqualTo(start + 60);
        }
    }

    @Test
    void marksGoRoundTheHourAndCountdownsStay() throws Exception {
        final Spat.Builder spat = spat(100, 5_000).toBuilder();
        spat.getIntersectionsBuilder(0)
                .addPhases(Phase.newBuilder()
                        .setId(1)
                        .addStates(PhaseState.newBuilder()
                                .setUtc(UtcTiming.newBuilder()
                                        .setStartTime(35_990)
                                        .setMinEndTime(0)
                                        .setMaxEndTime(36_000)))
                        .addStates(PhaseState.newBuilder()
                                .setCounting(CountdownTiming.newBuilder()
                                        .setStartTime(35_990)
                                        .setLikelyEndTime(36_000))));

        final Spat moved = Spat.parseFrom(
                restamp.move(SPAT, spat.build().toByteArray(), utc("2026-01-01T01:40:05Z"), 90 * 60_000L + 1_240));

        final UtcTiming utc =
                moved.getIntersections(0).getPhases(0).getStates(0).getUtc();
        assertThat(utc.getStartTime()).isEqualTo(35_990 - 18_000 + 12);
        assertThat(utc.getMinEndTime()).isEqualTo(18_012);
        assertThat(utc.getMaxEndTime()).isEqualTo(36_000);
        assertThat(utc.hasLikelyEndTime()).isFalse();
        assertThat(moved.getIntersections(0).getPhases(0).getStates(1))
                .isEqualTo(spat.getIntersections(0).getPhases(0).getStates(1));
    }

    @Test
    void datesMoveInWhatTheyTell() throws Exception {
        final long at = utc("2026-12-31T23:59:58.500Z");
        final DateTime all = DateTime.newBuilder()
                .setYear(2027)
                .setMonth(1)
                .setDay(1)
                .setHour(7)
                .setMinute(59)
                .setSecond(58_500)
                .setOffset(480)
                .build();
        assertThat(date(all, at, 2_000))
                .isEqualTo(
                        all.toBuilder().setHour(8).setMinute(0).setSecond(500).build());
        final DateTime clock = DateTime.newBuilder()
                .setHour(23)
                .setMinute(59)
                .setSecond(58_000)
                .build();
        assertThat(date(clock, at, 3_000))
                .isEqualTo(DateTime.newBuilder()
                        .setHour(0)
                        .setMinute(0)
                        .setSecond(1_000)
                        .build());
        final DateTime day = DateTime.newBuilder().setMonth(12).setDay(31).build();
        assertThat(date(day, at, 1_000)).isEqualTo(day);
        assertThat(date(day, at, 2_000))
                .isEqualTo(DateTime.newBuilder().setMonth(1).setDay(1).build());
        final DateTime year = DateTime.newBuilder().setYear(2025).build();
        assertThat(date(year, at, 365L * 86_400_000).getYear()).isEqualTo(2026);
    }

    @Test
    void datesThatAreNoneStay() throws Exception {
        final long at = utc("2026-03-15T00:00:00Z");
        final DateTime none =
                DateTime.newBuilder().setMonth(2).setDay(30).setHour(1).build();
        assertThat(date(none, at, 60_000)).isEqualTo(none);
        final DateTime empty = DateTime.newBuilder().setOffset(480).build();
        assertThat(date(empty, at, 60_000)).isEqualTo(empty);
        // milliseconds from 61,000 on mean that they are not known
        final DateTime unknown =
                DateTime.newBuilder().setMinute(59).setSecond(61_000).build();
        assertThat(date(unknown, at, 60_000))
                .isEqualTo(unknown.toBuilder().setMinute(0).build());
        final DateTime leap =
                DateTime.newBuilder().setMinute(59).setSecond(60_500).build();
        assertThat(date(leap, at, 0))
                .isEqualTo(DateTime.newBuilder().setMinute(0).setSecond(500).build());
    }

    /** The 31st, in a month that has none, is that of the month before. */
    @Test
    void aDayIsThatOfTheNearestMonthThatHasIt() throws Exception {
        final DateTime day = DateTime.newBuilder().setDay(31).build();
        assertThat(date(day, utc("2026-04-01T00:00:05Z"), 6_000).getDay()).isEqualTo(1);
        assertThat(date(day, utc("2026-03-31T23:59:55Z"), 6_000).getDay()).isEqualTo(1);
    }

    @Test
    void whatIsCountedFromTheMessageAndWhatNobodyKnowsIsCopied() throws Exception {
        final Bsm.Builder bsm = Bsm.newBuilder()
                .setMsgCnt(1)
                .setSecMark(1_000)
                .setSafetyExt(VehicleSafetyExtension.newBuilder()
                        .setPathHistory(PathHistory.newBuilder()
                                .addPoints(PathHistoryPoint.newBuilder().setTimeOffset(4_000))));
        final byte[] newer =
                concat(bsm.build().toByteArray(), new byte[] {(byte) 0xFA, 0x3E, 2, 9, 9, (byte) 0xF0, 0x3E, 7});

        final byte[] moved = restamp.move(BSM, newer, utc("2026-01-01T00:00:01Z"), 30_000);

        final Bsm read = Bsm.parseFrom(moved);
        assertThat(read.getSecMark()).isEqualTo(31_000);
        assertThat(read.getSafetyExt()).isEqualTo(bsm.getSafetyExt());
        assertThat(read.getUnknownFields().getField(1007).getLengthDelimitedList())
                .containsExactly(ByteString.copyFrom(new byte[] {9, 9}));
        final TestMsg test = TestMsg.newBuilder()
                .setMsgCnt(1)
                .setUserData(ByteString.copyFromUtf8("12:00"))
                .build();
        assertThat(restamp.move(MessageKind.MESSAGE_KIND_TEST_VALUE, test.toByteArray(), 0, 99))
                .isEqualTo(test.toByteArray());
    }

    /** Numbers take one to three octets, and so do the lengths around them. */
    @Test
    void lengthsFollow() throws Exception {
        for (int participants = 1; participants < 60; participants++) {
            final Rsm.Builder rsm = Rsm.newBuilder().setMsgCnt(3);
            for (int i = 0; i < participants; i++) {
                rsm.addParticipants(RsmParticipant.newBuilder()
                        .setPtcId(i + 1)
                        .setSecMark(100)
                        .setId(ByteString.copyFromUtf8("12345678")));
            }
            final Rsm moved = Rsm.parseFrom(
                    restamp.move(RSM, rsm.build().toByteArray(), utc("2026-01-01T00:00:00.100Z"), 20_000));
            assertThat(moved.getParticipantsList()).allMatch(participant -> participant.getSecMark() == 20_100);
            rsm.getParticipantsBuilderList().forEach(participant -> participant.setSecMark(20_100));
            assertThat(moved).isEqualTo(rsm.build());
        }
        final Spat.Builder spat = Spat.newBuilder().setMsgCnt(1);
        final IntersectionState.Builder state =
                spat.addIntersectionsBuilder().setMoy(127).setTimeStamp(59_999);
        for (int i = 0; i < 31; i++) {
            state.addPhasesBuilder().setId(5);
        }
        // 127 octets become 128
        final Spat moved =
                Spat.parseFrom(restamp.move(SPAT, spat.build().toByteArray(), utc("2026-01-01T02:08:00Z"), 1));
        state.setMoy(128).setTimeStamp(0);
        assertThat(moved).isEqualTo(spat.build());
    }

    @Test
    void idsAreReplacedWhereverOneStands() throws Exception {
        final Restamp others = new Restamp(id -> id + 1);
        final Rsm rsm = Rsm.newBuilder()
                .setId(ByteString.copyFromUtf8("aaaaaaaa"))
                .addParticipants(RsmParticipant.newBuilder().setSecMark(7).setId(ByteString.copyFromUtf8("bbbbbbbb")))
                .build();

        final Rsm moved = Rsm.parseFrom(others.move(RSM, rsm.toByteArray(), 7, 0));

        assertThat(moved.getId().toStringUtf8()).isEqualTo("aaaaaaab");
        assertThat(moved.getParticipants(0).getId().toStringUtf8()).isEqualTo("bbbbbbbc");
        assertThat(moved.getParticipants(0).getSecMark()).isEqualTo(7);
    }

    @Test
    void whatIsNoMessageIsRefused() {
        assertThatThrownBy(() -> restamp.move(BSM, new byte[] {0x18, (byte) 0x80}, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kind 1");
        assertThatThrownBy(() -> restamp.move(63, new byte[0], 0, 1)).hasMessageContaining("kind 63");
    }

    private Bsm move(final Bsm bsm, final long atMs, final long byMs) throws Exception {
        return Bsm.parseFrom(restamp.move(BSM, bsm.toByteArray(), atMs, byMs));
    }

    private DateTime date(final DateTime date, final long atMs, final long byMs) throws Exception {
        final Bsm bsm = Bsm.newBuilder()
                .setSafetyExt(VehicleSafetyExtension.newBuilder()
                        .setPathHistory(PathHistory.newBuilder()
                                .setInitialPosition(FullPosition.newBuilder().setUtcTime(date))))
                .build();
        return move(bsm, atMs, byMs)
                .getSafetyExt()
                .getPathHistory()
                .getInitialPosition()
                .getUtcTime();
    }

    private static Spat spat(final int minute, final int millisecond) {
        return Spat.newBuilder()
                .setMsgCnt(1)
                .setMoy(minute)
                .setTimeStamp(millisecond)
                .addIntersections(IntersectionState.newBuilder().setMoy(minute).setTimeStamp(millisecond))
                .build();
    }

    private static Rsi rsi(final int minute, final int start, final int end) {
        return Rsi.newBuilder()
                .setMoy(minute)
                .addEvents(RoadEvent.newBuilder()
                        .setEventId(1)
                        .setTimeSpan(TimeSpan.newBuilder().setStartTime(start).setEndTime(end)))
                .build();
    }

    private static byte[] concat(final byte[] first, final byte[] second) {
        final byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
