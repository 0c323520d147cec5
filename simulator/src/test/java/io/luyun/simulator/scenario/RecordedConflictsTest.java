package io.luyun.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.luyun.proto.codec.MessageValidator;
import io.luyun.proto.codec.RsmReader;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.MessageKind;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.Applications;
import io.luyun.server.alert.life.AlertEngine;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.site.SiteConfig;
import io.luyun.server.site.Sites;
import io.luyun.server.world.Participant;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.SignalState;
import io.luyun.server.world.World;
import io.luyun.server.world.WorldConfig;
import io.luyun.server.world.WorldListener;
import io.luyun.server.world.ZoneMap;
import io.luyun.simulator.Recorded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Alerts of recorded tracks where two of them come together. The units' headings turn the other way round from south, and
 * the speeds of one recording are 3.6 times too low: only the places tell.
 */
final class RecordedConflictsTest {
    private static final int PAIRS = 10;
    private static final String CROSSING = "ICW_track.json.gz";
    private static final String TURN = "VPTC_CW_track_turn.json.gz";

    @Test
    void everyPairThatCrossesIsWarnedOfEachOther() throws IOException {
        final Road road = new Road(CROSSING, WrongHeadings.SEND);
        assertThat(road.refused).isZero();
        for (int i = 0; i < PAIRS; i++) {
            final int one = 4 * i + 3;
            assertThat(road.leadSeconds(AlertKind.ALERT_KIND_ICW, one, one + 1))
                    .as("pair %d", i)
                    .isGreaterThan(2);
            assertThat(road.leadSeconds(AlertKind.ALERT_KIND_ICW, one + 1, one))
                    .as("pair %d", i)
                    .isGreaterThan(2);
        }
        assertThat(road.raised(AlertKind.ALERT_KIND_ICW))
                .as("pairs that come behind each other do not cross")
                .isEqualTo(2 * PAIRS);
    }

    @Test
    void whoComesUpBehindIsWarned() throws IOException {
        final Road road = new Road(CROSSING, WrongHeadings.SEND);
        for (int i = 0; i <= PAIRS; i++) {
            final int leader = 4 * i + 1;
            assertThat(road.leadSeconds(AlertKind.ALERT_KIND_FCW, leader + 1, leader))
                    .as("pair %d", i)
                    .isGreaterThan(2);
        }
    }

    @Test
    void whoTurnsIsWarnedOfThoseOnFoot() throws IOException {
        final Road road = new Road(TURN, WrongHeadings.SEND);
        for (int i = 0; i < PAIRS / 2; i++) {
            assertThat(road.leadSeconds(AlertKind.ALERT_KIND_VRUCW, 701 + 2 * i, 500 + i))
                    .as("pair %d", i)
                    .isGreaterThan(1);
        }
        // all frames with a cycle, whose headings are 363 degrees
        assertThat(road.refused).isEqualTo(250);
    }

    @Test
    void andOfThoseOnCyclesWhoseHeadingsAreLeftOut() throws IOException {
        final Road road = new Road(TURN, WrongHeadings.LEAVE_OUT);
        assertThat(road.refused).isZero();
        for (int i = 0; i < PAIRS / 2; i++) {
            assertThat(road.leadSeconds(AlertKind.ALERT_KIND_VRUCW, 702 + 2 * i, 600 + i))
                    .as("pair %d", i)
                    .isGreaterThan(1);
        }
        assertThat(road.raised(AlertKind.ALERT_KIND_VRUCW)).isEqualTo(PAIRS);
        assertThat(road.counters.get(Counter.WORLD_MOTION)).isEqualTo(2 * PAIRS);
    }

    @Test
    void nobodyCrossesOnAStraightRoad() throws IOException {
        final Road road = new Road("rsm_radar.json.gz", WrongHeadings.SEND);
        assertThat(road.counters.get(Counter.WORLD_MOTION))
                .as("they drive the other way and slower than said")
                .isGreaterThan(20);
        assertThat(road.raised(AlertKind.ALERT_KIND_ICW)).isZero();
        assertThat(road.raised(AlertKind.ALERT_KIND_VRUCW)).isZero();
        assertThat(road.raised(AlertKind.ALERT_KIND_WRONG_WAY)).isZero();
    }

    /** An alert and when it came. */
    private record Raised(AlertKind kind, int subject, int target, int frame) {}

    /** World and rules that have seen a recording, a tenth of a second a frame. */
    private static final class Road implements WorldListener {
        private static final int UNIT = 1;
        private static final long BEGIN_MS = 1_764_000_000_000L;
        private static final int LAT_E7 = 319_353_000;
        private static final int LON_E7 = 1_188_220_000;

        final Counters counters = new Counters();
        private final World world = new World(ZoneMap.empty(LAT_E7, LON_E7), WorldConfig.DEFAULT, this, counters);
        private final AlertEngine engine = Applications.engine(
                world, new Sites(world, SiteConfig.DEFAULT).crossings(), AlertConfig.DEFAULT, this::onAlert);
        private final MessageValidator validator = new MessageValidator();
        private final RsmReader reader = new RsmReader();
        private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
        private final List<TrackFrame> frames;
        private final List<Raised> alerts = new ArrayList<>();
        private int frame;
        private long sequence;
        int refused;

        Road(final String recording, final WrongHeadings wrongHeadings) throws IOException {
            frames = TrackFile.read(Recorded.track(recording), ByteString.copyFromUtf8("rsu-feed"), wrongHeadings);
            for (frame = 0; frame < frames.size(); frame++) {
                final long utcMs = BEGIN_MS + 100L * frame;
                for (final TrackFrame.TrackMessage message : frames.get(frame).messages()) {
                    offer(message.at(utcMs, frame), utcMs * 1_000_000);
                }
                world.onTick(utcMs * 1_000_000);
                engine.onTick(utcMs * 1_000_000);
            }
        }

        private void offer(final byte[] message, final long atNs) {
            buffer.wrap(message);
            if (validator.check(MessageKind.MESSAGE_KIND_RSM_VALUE, buffer, 0, message.length) != null) {
                refused++;
            } else {
                assertThat(reader.wrap(buffer, 0, message.length)).isTrue();
                world.onRsm(++sequence, atNs, UNIT, reader);
            }
        }

        private void onAlert(final Alert alert, final int subjectDevice, final long causeReceivedAtNs) {
            if (alert.getState() == AlertState.ALERT_STATE_RAISED) {
                final int subject = alert.getSubject().getPtcId();
                alerts.add(
                        new Raised(alert.getKind(), subject, alert.getTarget().getPtcId(), frame));
            }
        }

        long raised(final AlertKind kind) {
            return alerts.stream().filter(alert -> alert.kind == kind).count();
        }

        /** How long before the subject's last frame, where all pairs have come together, it was warned; fails without. */
        double leadSeconds(final AlertKind kind, final int subject, final int target) {
            int last = 0;
            for (int i = 0; i < frames.size(); i++) {
                for (final TrackFrame.TrackMessage message : frames.get(i).messages()) {
                    if (message.rsm().getParticipantsList().stream().anyMatch(p -> p.getPtcId() == subject)) {
                        last = i;
                    }
                }
            }
            final Raised found = alerts.stream()
                    .filter(alert -> alert.kind == kind && alert.subject == subject && alert.target == target)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(subject + " is not warned of " + target + ": " + alerts));
            return (last - found.frame) * 0.1;
        }

        @Override
        public void onMoved(final Participant participant, final long seq, final long atNs) {
            engine.onMoved(participant, seq, atNs);
        }

        @Override
        public void onGone(final Participant participant, final long atNs) {
            engine.onGone(participant, atNs);
        }

        @Override
        public void onSignal(final SignalState signal, final long seq, final long atNs) {
            engine.onSignal(signal, seq, atNs);
        }

        @Override
        public void onEvent(final RoadEventState event, final long seq, final long atNs) {}

        @Override
        public void onEventGone(final RoadEventState event, final long atNs) {
            engine.onEventGone(event, atNs);
        }
    }
}
