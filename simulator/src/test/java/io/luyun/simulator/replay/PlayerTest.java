package io.luyun.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The player under a clock set by hand: what is sent when, and what keys do. Times are milliseconds. */
final class PlayerTest {
    private static final long MS = 1_000_000;
    private static final long BEGIN_MS = 5_000;
    private static final int BURST = 4;

    private final Tape tape = new Tape();
    private final Sink sink = new Sink();
    private final PaceMeter pace = new PaceMeter();
    private long nowMs = 100;
    private double rate = 1;
    private long maxGapMs = Long.MAX_VALUE / MS;
    private boolean paused;
    private long earlyMs;
    private Player player;

    /** Records at these times after the beginning. */
    private void tape(final long... timesMs) {
        tape.timesMs = timesMs;
        player = new Player(
                tape,
                sink,
                new Schedule(rate, maxGapMs * MS),
                pace,
                () -> nowMs * MS,
                new Player.Manner(BURST, earlyMs * MS, paused));
    }

    /** Works until there is nothing to do at this time; when the player comes back, after the start, or -1 for never. */
    private long work() {
        for (int turn = 0; ; turn++) {
            assertThat(turn).isLessThan(1_000);
            final long backNs = player.doWork(nowMs * MS);
            if (backNs == Player.NEVER) {
                return -1;
            }
            if (backNs > nowMs * MS) {
                return Math.floorDiv(backNs, MS);
            }
        }
    }

    /** Lets it work so often. */
    private void work(final int turns) {
        for (int turn = 0; turn < turns; turn++) {
            player.doWork(nowMs * MS);
        }
    }

    /** Plays from now on, whenever the player wants to, until this time. */
    private void playUntil(final long untilMs) {
        long backMs = work();
        while (backMs >= 0 && backMs <= untilMs) {
            nowMs = Math.max(backMs, nowMs + 1);
            backMs = work();
        }
        nowMs = untilMs;
    }

    @Test
    void everyRecordIsSentWhenItIsDue() {
        tape(0, 100, 100, 350);
        playUntil(10_000);

        assertThat(sink.sent).containsExactly("0@120", "100@220", "100@220", "350@470");
        assertThat(player.state()).isEqualTo(Player.State.ENDED);
        assertThat(pace.pace().offNs().getMaxValue()).isZero();
        assertThat(pace.pace().errorPercent()).isZero();
        assertThat(pace.pace().achievedRate()).isEqualTo(1.0);
    }

    @Test
    void nothingIsSentBeforeAllIsReady() {
        tape.primed = false;
        tape(0);
        playUntil(200);
        tape.primed = true;
        sink.settled = false;
        playUntil(300);
        assertThat(player.state()).isEqualTo(Player.State.OPENING);
        assertThat(sink.sent).isEmpty();
        sink.settled = true;
        playUntil(400);
        assertThat(sink.sent).containsExactly("0@320");
    }

    @Test
    void theBeginningIsRehearsed() {
        tape(0, 100, 200);
        playUntil(10_000);
        assertThat(sink.rehearsed).containsExactly(0L, 100L);
        assertThat(sink.sent).containsExactly("0@120", "100@220", "200@320");
    }

    @Test
    void whatIsNearlyDueGoesWithWhatIsDue() {
        earlyMs = 4;
        tape(0, 3, 5, 20);
        playUntil(1_000);
        // two before it is due the player comes, and takes what is due within four
        assertThat(sink.sent).containsExactly("0@118", "3@121", "5@121", "20@138");
        assertThat(pace.pace().offNs().getMaxValue() / MS).isEqualTo(4);
    }

    @Test
    void eachDeviceGoesOutForItselfWhereItHasItsOwnStream() {
        sink.shared = false;
        rate = Schedule.MAX_RATE;
        tape(0, 1, 2, 3, 4);
        playUntil(1_000);
        assertThat(sink.sent).hasSize(5);
        assertThat(sink.flushes).isEqualTo(5);
    }

    @Test
    void theRateChangesTheGaps() {
        rate = 10;
        tape(0, 1_000, 3_000);
        playUntil(10_000);
        assertThat(sink.sent).containsExactly("0@120", "1000@220", "3000@420");
        assertThat(pace.pace().achievedRate()).isEqualTo(10.0);
    }

    @Test
    void withoutAPaceEverythingIsSentAtOnce() {
        rate = Schedule.MAX_RATE;
        tape(0, 1_000, 3_000, 1_000_000, 1_000_001);
        playUntil(10_000);
        assertThat(sink.sent).containsExactly("0@100", "1000@100", "3000@100", "1000000@100", "1000001@100");
        assertThat(sink.flushes).isEqualTo(2);
        assertThat(pace.pace().offNs().getTotalCount()).isZero();
    }

    @Test
    void whatIsLateIsSentOneAfterTheOtherAndMeasured() {
        tape(0, 10, 20, 30, 40, 50);
        playUntil(125);
        nowMs = 160;
        work();
        assertThat(sink.sent).containsExactly("0@120", "10@160", "20@160", "30@160", "40@160");
        assertThat(sink.due).containsExactly(120L, 130L, 140L, 150L, 160L);
        playUntil(200);
        assertThat(sink.sent).endsWith("50@170");
        assertThat(pace.pace().offNs().getMaxValue() / MS).isEqualTo(30);
        assertThat(pace.pace().errorPercent()).isZero();
    }

    @Test
    void aPaceThatIsTooSlowShowsInTheError() {
        pace.begin(2);
        pace.sent(0, 0, 0);
        pace.sent(2_000 * MS, 1_000 * MS, 1_010 * MS);
        assertThat(pace.pace().errorPercent()).isBetween(-0.9902, -0.9900);
        assertThat(pace.pace().achievedRate()).isBetween(1.980, 1.981);
        assertThat(pace.pace().seconds()).isEqualTo(1.010);
        assertThat(pace.lagNs()).isEqualTo(10 * MS);
        // what passes before the next stretch does not count
        pace.begin(1);
        pace.sent(0, 5_000 * MS, 5_000 * MS);
        assertThat(pace.pace().seconds()).isEqualTo(1.010);
    }

    @Test
    void aTargetThatTakesNothingIsWaitedFor() {
        tape(0, 10);
        playUntil(119);
        sink.ready = false;
        playUntil(140);
        assertThat(sink.sent).isEmpty();
        sink.ready = true;
        playUntil(200);
        assertThat(sink.sent).containsExactly("0@140", "10@140");
        assertThat(sink.due).containsExactly(120L, 130L);
    }

    @Test
    void whatIsNotCarriedTakesNoTimeAndIsNotMeasured() {
        sink.carries = timeMs -> timeMs != 10;
        tape(0, 10, 20);
        playUntil(200);
        assertThat(sink.sent).containsExactly("0@120", "20@140");
        assertThat(pace.pace().offNs().getTotalCount()).isEqualTo(2);
    }

    @Test
    void aPauseMovesWhatFollows() {
        tape(0, 100, 200);
        playUntil(170);
        player.togglePause();
        assertThat(work()).isEqualTo(-1);
        assertThat(player.state()).isEqualTo(Player.State.PAUSED);
        assertThat(player.positionNs() / MS).isEqualTo(BEGIN_MS + 50);
        nowMs = 1_000;
        assertThat(work()).isEqualTo(-1);
        player.togglePause();
        playUntil(2_000);
        assertThat(sink.sent).containsExactly("0@120", "100@1050", "200@1150");
        assertThat(pace.pace().errorPercent()).isZero();
        assertThat(sink.begins).isEqualTo(3);
    }

    @Test
    void aPauseDoesNotSkipWhatWasLate() {
        tape(0, 100, 200);
        playUntil(170);
        nowMs = 500;
        player.togglePause();
        work();
        player.togglePause();
        playUntil(2_000);
        assertThat(sink.sent).containsExactly("0@120", "100@500", "200@600");
    }

    @Test
    void stepsSendOneMessageOfAPause() {
        paused = true;
        sink.carries = timeMs -> timeMs != 100;
        tape(0, 100, 200, 300);
        playUntil(500);
        assertThat(sink.sent).isEmpty();
        player.step();
        assertThat(work()).isEqualTo(-1);
        assertThat(sink.sent).containsExactly("0@500");
        nowMs = 600;
        player.step();
        work();
        assertThat(sink.sent).containsExactly("0@500", "200@600");
        assertThat(player.positionNs() / MS).isEqualTo(BEGIN_MS + 200);
        assertThat(pace.pace().offNs().getTotalCount()).isZero();
        player.togglePause();
        playUntil(2_000);
        assertThat(sink.sent).endsWith("300@700");
        player.step();
        assertThat(work()).isEqualTo(-1);
    }

    @Test
    void aStepWhileItPlaysIsNone() {
        tape(0, 100);
        playUntil(150);
        player.step();
        playUntil(200);
        assertThat(sink.sent).containsExactly("0@120");
    }

    @Test
    void fasterAndSlowerGoOnFromWhereItIs() {
        tape(0, 100, 300, 340);
        playUntil(170);
        player.faster();
        assertThat(player.rate()).isEqualTo(2);
        playUntil(250);
        assertThat(sink.sent).containsExactly("0@120", "100@195");
        player.slower();
        player.slower();
        assertThat(player.rate()).isEqualTo(0.5);
        playUntil(2_000);
        assertThat(sink.sent).containsExactly("0@120", "100@195", "300@430", "340@510");
        assertThat(pace.pace().errorPercent()).isZero();
    }

    @Test
    void ratesGoUpAndDownAStair() {
        double at = Schedule.LEAST_RATE;
        final List<Double> stair = new ArrayList<>(List.of(at));
        while (Schedule.faster(at) > at) {
            at = Schedule.faster(at);
            stair.add(at);
        }
        assertThat(stair).hasSize(16).endsWith(500.0, Schedule.GREATEST_RATE);
        assertThat(Schedule.slower(Schedule.MAX_RATE)).isEqualTo(Schedule.GREATEST_RATE);
        assertThat(Schedule.faster(Schedule.MAX_RATE)).isEqualTo(Schedule.MAX_RATE);
        assertThat(Schedule.slower(3)).isEqualTo(2);
        assertThat(Schedule.faster(3)).isEqualTo(5);
        assertThat(Schedule.slower(Schedule.LEAST_RATE)).isEqualTo(Schedule.LEAST_RATE);
    }

    @Test
    void seeksForwardAndBackButNotBeforeTheBeginning() {
        tape(0, 100, 10_000, 10_120, 20_000, 20_130);
        playUntil(170);
        player.seek(10_000 * MS);
        assertThat(player.state()).isEqualTo(Player.State.SEEKING);
        tape.arriveLater();
        playUntil(300);
        assertThat(sink.sent).containsExactly("0@120");
        tape.arrived = true;
        playUntil(500);
        // 10 s on from 50 ms; the player sees at 300 that it is there
        assertThat(sink.sent).containsExactly("0@120", "10120@370");
        player.seek(-10_000 * MS);
        playUntil(600);
        assertThat(sink.sent).containsExactly("0@120", "10120@370");
        player.seek(-10_000 * MS);
        playUntil(800);
        assertThat(sink.sent).containsExactly("0@120", "10120@370", "0@600", "100@700");
        assertThat(pace.pace().errorPercent()).isZero();
    }

    @Test
    void seeksAddUpAndKeepThePause() {
        paused = true;
        tape(0, 20_050, 20_060);
        playUntil(150);
        player.seek(10_000 * MS);
        player.seek(10_000 * MS);
        assertThat(work()).isEqualTo(-1);
        assertThat(player.state()).isEqualTo(Player.State.PAUSED);
        assertThat(player.positionNs() / MS).isEqualTo(BEGIN_MS + 20_000);
        assertThat(sink.sent).isEmpty();
        player.togglePause();
        playUntil(300);
        assertThat(sink.sent).containsExactly("20050@200", "20060@210");
    }

    @Test
    void aSeekBehindTheEndEndsIt() {
        tape(0, 100);
        playUntil(150);
        player.seek(10_000 * MS);
        playUntil(200);
        assertThat(player.state()).isEqualTo(Player.State.ENDED);
    }

    @Test
    void aSeekBehindTheEndOfALoopPlaysTheNextPassFromItsBeginning() {
        tape.passes = 2;
        tape(0, 100);
        playUntil(150);
        player.seek(10_000 * MS);
        playUntil(180);
        assertThat(sink.sent).containsExactly("0@120", "0@150");
        playUntil(1_000);
        assertThat(sink.sent).containsExactly("0@120", "0@150", "100@250");
        assertThat(pace.pace().offNs().getMaxValue()).isZero();
    }

    @Test
    void aNewPassIsAtTheBeginningBeforeItsFirstRecord() {
        tape.passes = 2;
        tape(50, 100);
        playUntil(240);
        assertThat(sink.sent).containsExactly("50@170", "100@220");
        assertThat(player.positionNs() / MS).isEqualTo(BEGIN_MS + 20);
    }

    @Test
    void aNewPassFollowsAtOnce() {
        tape.passes = 3;
        tape(0, 100, 150);
        playUntil(2_000);
        assertThat(sink.sent)
                .containsExactly(
                        "0@120", "100@220", "150@270", "0@270", "100@370", "150@420", "0@420", "100@520", "150@570");
        assertThat(player.state()).isEqualTo(Player.State.ENDED);
        assertThat(pace.pace().errorPercent()).isZero();
    }

    @Test
    void aNewPassThatComesLateIsDueWhereTheLastOneEnded() {
        tape.passes = 2;
        tape(0, 100, 150);
        playUntil(230);
        nowMs = 300;
        work();
        assertThat(sink.sent).containsExactly("0@120", "100@220", "150@300", "0@300");
        assertThat(sink.due).containsExactly(120L, 220L, 270L, 270L);
        playUntil(2_000);
        assertThat(sink.sent).endsWith("0@300", "100@370", "150@420");
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatCannotBeSentLetsGoOfTheLoop() {
        rate = Schedule.MAX_RATE;
        tape.passes = Integer.MAX_VALUE;
        sink.carries = _ -> false;
        tape(0, 100);
        work(1);
        nowMs += 20;
        work(10);
        assertThat(tape.pass).isBetween(10, 10 * BURST);
        player.end();
    }

    @Test
    void gapsAreWaitedForUpToAsMuchAsWanted() {
        maxGapMs = 200;
        tape(0, 100, 10_000, 10_100, 30_000);
        playUntil(5_000);
        assertThat(sink.sent).containsExactly("0@120", "100@220", "10000@420", "10100@520", "30000@720");
        assertThat(pace.pace().errorPercent()).isZero();
    }

    @Test
    void gapsCountInTimeOfTheJournal() {
        maxGapMs = 200;
        rate = 2;
        tape(0, 10_000, 10_100);
        playUntil(5_000);
        assertThat(sink.sent).containsExactly("0@120", "10000@220", "10100@270");
    }

    @Test
    void anEndSendsNothingMore() {
        tape(0, 100);
        playUntil(150);
        player.end();
        assertThat(work()).isEqualTo(-1);
        player.seek(1);
        player.togglePause();
        player.step();
        assertThat(work()).isEqualTo(-1);
        assertThat(sink.sent).containsExactly("0@120");
    }

    /** Records that are there at once, or when they are let. */
    private static final class Tape implements RecordFeed {
        private static final ReplayDevice DEVICE = new ReplayDevice("veh-1", "veh-1", Role.ROLE_OBU);

        private static final ReplayDevice OTHER_DEVICE = new ReplayDevice("veh-2", "veh-2", Role.ROLE_OBU);

        private long[] timesMs = {0, 0};
        private boolean primed = true;
        private boolean arrived = true;
        private int passes = 1;
        private int pass;
        private int next;
        private int seeks;

        void arriveLater() {
            arrived = false;
        }

        @Override
        public boolean primed() {
            return primed;
        }

        @Override
        public long beginNs() {
            return BEGIN_MS * MS;
        }

        @Override
        public List<Recorded> sample() {
            return timesMs.length < 2 ? List.of() : List.of(record(0), record(1));
        }

        @Override
        public @Nullable Recorded peek() {
            if (!arrived) {
                return null;
            }
            if (next == timesMs.length) {
                if (pass + 1 == passes) {
                    return Recorded.end(seeks, pass);
                }
                pass++;
                next = 0;
            }
            return record(next);
        }

        private Recorded record(final int at) {
            final ReplayDevice device = at % 2 == 0 ? DEVICE : OTHER_DEVICE;
            return new Recorded(seeks, pass, at, (BEGIN_MS + timesMs[at]) * MS, 1, device, new byte[1]);
        }

        @Override
        public void remove() {
            next++;
        }

        @Override
        public void seek(final long timeNs) {
            seeks++;
            next = 0;
            while (next < timesMs.length && (BEGIN_MS + timesMs[next]) * MS < timeNs) {
                next++;
            }
        }
    }

    /** Notes what it is sent, and when, at the flush. */
    private final class Sink implements Outlet {
        private final List<String> sent = new ArrayList<>();
        private final List<Long> due = new ArrayList<>();
        private final List<String> burst = new ArrayList<>();
        private java.util.function.LongPredicate carries = _ -> true;
        private boolean settled = true;
        private boolean ready = true;
        private int flushes;
        private int begins;
        private final List<Long> rehearsed = new ArrayList<>();
        private boolean shared = true;

        @Override
        public boolean settled(final long nowNs) {
            return settled;
        }

        @Override
        public void begin() {
            begins++;
        }

        @Override
        public boolean ready(final Recorded record) {
            return ready;
        }

        @Override
        public boolean send(final Recorded record, final long dueNs) {
            final long timeMs = record.timeNs() / MS - BEGIN_MS;
            if (!carries.test(timeMs)) {
                return false;
            }
            due.add(dueNs / MS);
            burst.add(timeMs + "@" + nowMs);
            assertThat(burst).hasSizeLessThanOrEqualTo(BURST);
            return true;
        }

        @Override
        public void rehearse(final Recorded record) {
            rehearsed.add(record.timeNs() / MS - BEGIN_MS);
        }

        @Override
        public boolean shared() {
            return shared;
        }

        @Override
        public void flush() {
            flushes++;
            sent.addAll(burst);
            burst.clear();
        }
    }
}
