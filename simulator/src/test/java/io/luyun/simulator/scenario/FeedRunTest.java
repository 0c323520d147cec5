package io.luyun.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Error;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.simulator.Recorded;
import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.report.FeedReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedRunTest {
    private static final double RATE = 2_000;

    @TempDir
    private Path directory;

    @Test
    void everyFrameIsAccountedFor() throws Exception {
        final String good =
                "{\"refPos\": {\"lat\": 1, \"lon\": 1}, \"participants\": [{\"ptcType\": \"motor\", \"ptcId\": 1}]}";
        final String zero = good.replace("\"ptcId\": 1", "\"ptcId\": 0");
        final String negative = good.replace("\"ptcId\": 1", "\"ptcId\": -1");
        final Path file = Files.writeString(
                directory.resolve("tracks.json"),
                "[" + frame("") + "," + frame(good) + "," + frame(good + "," + good) + "," + frame(zero) + ","
                        + frame(good + "," + zero) + "," + frame(negative) + "," + frame(good + "," + negative) + "]");
        try (TinyServer server = new TinyServer(FeedRunTest::judge)) {
            final FeedResult result = run(file, server);

            assertThat(server.failures()).isEmpty();
            assertThat(result.frames()).isEqualTo(7);
            assertThat(result.empty()).isEqualTo(1);
            assertThat(result.journaled()).isEqualTo(2);
            assertThat(result.refused()).isEqualTo(2);
            assertThat(result.refusedHere()).isEqualTo(2);
            assertThat(result.unanswered()).isZero();
            assertThat(result.complete()).isTrue();
            assertThat(result.refusedHereByReason()).containsExactly(Map.entry("ptcId is negative", 2L));
            assertThat(result.totals().sent()).isEqualTo(7);
            assertThat(result.totals().refusedByReason())
                    .containsExactly(Map.entry("OUT_OF_RANGE message.rsm.participants[].ptc_id", 2L));
            assertThat(server.journaled())
                    .isEqualTo(5)
                    .isEqualTo(result.totals().acked());
            assertThat(FeedReport.json(result))
                    .startsWith("{\"frames\":7,\"journaled\":2,")
                    .contains("\"complete\":true");
            assertThat(FeedReport.summary(result)).anyMatch(line -> line.matches("frames +7"));
        }
    }

    @Test
    void stampsAreNewAndAFrameApart() throws Exception {
        final String good =
                "{\"refPos\": {\"lat\": 1, \"lon\": 1}, \"participants\": [{\"ptcId\": 1, \"secMark\": 7}]}";
        final Path file = Files.writeString(
                directory.resolve("tracks.json"), "[" + frame(good) + "," + frame(good) + "," + frame(good) + "]");
        try (TinyServer server = new TinyServer()) {
            run(file, server, 20);
            final int[] marks = server.journal().get("rsu-feed").values().stream()
                    .mapToInt(message -> message.getRsm().getParticipants(0).getSecMark())
                    .toArray();
            assertThat(marks).hasSize(3);
            assertThat(Math.floorMod(marks[1] - marks[0], 60_000)).isEqualTo(50);
            assertThat(Math.floorMod(marks[2] - marks[1], 60_000)).isEqualTo(50);
            final long nowMs = SystemEpochNanoClock.INSTANCE.nanoTime() / 1_000_000;
            assertThat(Math.floorMod(nowMs - marks[2], 60_000L)).isLessThan(10_000);
        }
    }

    @Test
    void recordedCrossingIsFedWhole() throws Exception {
        final FeedResult result = feedRecorded("ICW_track.json.gz");
        assertThat(result.frames()).isEqualTo(2_142);
        assertThat(result.journaled()).isEqualTo(2_142);
        assertThat(result.complete()).isTrue();
    }

    @Test
    void recordedTurnIsFedWithItsWrongHeadingsRefused() throws Exception {
        final FeedResult result = feedRecorded("VPTC_CW_track_turn.json.gz");
        assertThat(result.frames()).isEqualTo(500);
        assertThat(result.complete()).isTrue();
        assertThat(result.refusedHere()).isZero();
        assertThat(result.refused()).isPositive();
        assertThat(result.totals().refusedByReason())
                .containsOnlyKeys("OUT_OF_RANGE message.rsm.participants[].heading");
        assertThat(result.journaled() + result.refused()).isEqualTo(500);
    }

    @Test
    void recordedRadarIsFedWithItsZeroIdsRefused() throws Exception {
        final FeedResult result = feedRecorded("rsm_radar.json.gz");
        assertThat(result.frames()).isEqualTo(267);
        assertThat(result.empty()).isEqualTo(52);
        assertThat(result.complete()).isTrue();
        assertThat(result.unknownLeftOut()).as("lengths of 0").isEqualTo(135);
        assertThat(result.totals().refusedByReason())
                .containsOnlyKeys("OUT_OF_RANGE message.rsm.participants[].ptc_id");
    }

    private FeedResult feedRecorded(final String name) throws Exception {
        final Path file = Recorded.track(name);
        try (TinyServer server = new TinyServer(FeedRunTest::judge)) {
            final FeedResult result = run(file, server);
            assertThat(server.failures()).isEmpty();
            assertThat(server.journaled()).isEqualTo(result.totals().acked());
            return result;
        }
    }

    private static FeedResult run(final Path file, final TinyServer server) throws Exception {
        return run(file, server, RATE);
    }

    private static FeedResult run(final Path file, final TinyServer server, final double rate) throws Exception {
        final FeedPlan plan =
                new FeedPlan(LinkConfig.plain("127.0.0.1", server.port()), "rsu-feed", Role.ROLE_RSU, null, 2_000);
        return new FeedRun(
                        plan,
                        TrackFile.read(file, plan, rate, WrongHeadings.SEND),
                        true,
                        SystemNanoClock.INSTANCE,
                        SystemEpochNanoClock.INSTANCE)
                .run(_ -> {});
    }

    /** Two rules of the real server. */
    private static @Nullable Error judge(final Message message) {
        for (int i = 0; i < message.getRsm().getParticipantsCount(); i++) {
            final RsmParticipant participant = message.getRsm().getParticipants(i);
            final String wrong =
                    participant.getPtcId() == 0 ? "ptc_id" : participant.getHeading() > 28_800 ? "heading" : null;
            if (wrong != null) {
                return Error.newBuilder()
                        .setCode(ErrorCode.ERROR_CODE_OUT_OF_RANGE)
                        .setField("message.rsm.participants[" + i + "]." + wrong)
                        .build();
            }
        }
        return null;
    }

    private static String frame(final String rsms) {
        return "{\"content\": {\"rsms\": [" + rsms + "]}}";
    }
}
