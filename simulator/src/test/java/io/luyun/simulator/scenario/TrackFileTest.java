package io.luyun.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.SourceType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackFileTest {
    private static final ByteString RSU = ByteString.copyFromUtf8("rsu-0001");

    @TempDir
    private Path directory;

    @Test
    void standardNamesWithFractionsAreRounded() throws IOException {
        final List<TrackFrame> frames = read("""
                [{"name": "a", "content": {"rsms": [{"refPos": {"lat": 401234568, "lon": 1161234568, "ele": 1000},
                  "participants": [
                    {"ptcType": "motor", "ptcId": 1.0, "source": 4.0, "secMark": 59900,
                     "pos": {"lat": 319349068.55170333, "lon": 1188221957.6305504, "ele": 1000},
                     "speed": 12, "heading": 14568, "size": {"width": 180, "length": 380, "height": 32}},
                    {"ptcType": "non-motor", "ptcId": 2, "source": 4, "secMark": 59940,
                     "pos": {"lat": 1, "lon": -2}, "speed": 8191, "heading": 0,
                     "size": {"width": 180, "length": 0, "height": 0}}]}]}},
                 {"content": {"rsms": []}}]
                """);

        assertThat(frames).hasSize(2);
        assertThat(frames.get(1).empty()).isTrue();
        assertThat(frames.get(0).problems()).isEmpty();
        assertThat(frames.get(0).unknownLeftOut()).isEqualTo(3);
        final Rsm rsm = Rsm.parseFrom(frames.get(0).messages().get(0).at(1_700_000_039_990L, 5));
        assertThat(rsm.getMsgCnt()).isEqualTo(5);
        assertThat(rsm.getId()).isEqualTo(RSU);
        assertThat(rsm.getRefPos().getLat()).isEqualTo(401_234_568);
        assertThat(rsm.getRefPos().getElevation()).isEqualTo(1000);
        final RsmParticipant first = rsm.getParticipants(0);
        assertThat(first.getPtcType()).isEqualTo(ParticipantType.PARTICIPANT_MOTOR);
        assertThat(first.getPtcId()).isEqualTo(1);
        assertThat(first.getSource()).isEqualTo(SourceType.SOURCE_MICROWAVE_RADAR);
        assertThat(first.getPos().getLat()).isEqualTo(319_349_069);
        assertThat(first.getPos().getLon()).isEqualTo(1_188_221_958);
        assertThat(first.getSpeed()).isEqualTo(12);
        assertThat(first.getHeading()).isEqualTo(14_568);
        assertThat(first.getSize().getLength()).isEqualTo(380);
        assertThat(first.getSize().getHeight()).isEqualTo(32);
        assertThat(first.getSecMark()).isEqualTo(59_990);
        final RsmParticipant second = rsm.getParticipants(1);
        assertThat(second.getPos().getLon()).isEqualTo(-2);
        assertThat(second.hasSpeed()).isFalse();
        assertThat(second.hasHeading()).isTrue();
        assertThat(second.getSize().getWidth()).isEqualTo(180);
        assertThat(second.getSize().hasLength()).isFalse();
        assertThat(second.getSecMark()).isEqualTo(30);
    }

    @Test
    void vendorUnitsAreConverted() throws IOException {
        final Rsm rsm = Rsm.parseFrom(read("""
                        [[{"dev_pos": {"lat": 31.934846637757854, "lon": 118.8213963998263}, "content": [
                          {"ptcType": "motor", "ptcId": "701", "timeStamp": 1653016703500, "secMark": 100,
                           "pos_lat": 31.935111211792243, "pos_lon": 118.82215730360467, "heading": 180.7851365,
                           "source": 3, "width": 1.62, "length": 4.44, "height": 1.5, "speed": 3.948057},
                          {"ptcType": "pedestrian", "ptcId": "500", "secMark": 100, "pos_lat": 31.9,
                           "pos_lon": 118.8, "heading": 363.42, "source": 3, "speed": 1.17}]}]]
                        """).get(0).messages().get(0).at(0, 0));

        assertThat(rsm.getRefPos().getLat()).isEqualTo(319_348_466);
        final RsmParticipant car = rsm.getParticipants(0);
        assertThat(car.getPtcId()).isEqualTo(701);
        assertThat(car.getPos().getLat()).isEqualTo(319_351_112);
        assertThat(car.getPos().getLon()).isEqualTo(1_188_221_573);
        assertThat(car.getSpeed()).isEqualTo(197); // 3.948 m/s
        assertThat(car.getHeading()).isEqualTo(14_463); // 180.785 degrees
        assertThat(car.getSize().getWidth()).isEqualTo(162);
        assertThat(car.getSize().getLength()).isEqualTo(444);
        assertThat(car.getSize().getHeight()).isEqualTo(30);
        final RsmParticipant walker = rsm.getParticipants(1);
        assertThat(walker.getPtcType()).isEqualTo(ParticipantType.PARTICIPANT_PEDESTRIAN);
        assertThat(walker.hasSize()).isFalse();
        assertThat(walker.getHeading()).as("out of range stays as it is").isEqualTo(29_074);
    }

    @Test
    void headingsBeyondAFullTurnAreLeftOutWhenAsked() throws IOException {
        final TrackFrame frame = read("""
                        [[{"dev_pos": {"lat": 31.9, "lon": 118.8}, "content": [
                          {"ptcType": "pedestrian", "ptcId": "500", "heading": 363.42, "speed": 1.2},
                          {"ptcType": "pedestrian", "ptcId": "501", "heading": 360, "speed": 1.2}]}]]
                        """, WrongHeadings.LEAVE_OUT).get(0);

        assertThat(frame.unknownLeftOut()).isEqualTo(1);
        final Rsm rsm = frame.messages().get(0).rsm();
        assertThat(rsm.getParticipants(0).hasHeading()).isFalse();
        assertThat(rsm.getParticipants(0).getSpeed()).isEqualTo(60);
        assertThat(rsm.getParticipants(1).getHeading()).isEqualTo(28_800);
    }

    @Test
    void whatNoFieldCanHoldIsAProblemOfItsMessageAlone() throws IOException {
        final TrackFrame frame = read("""
                        [{"content": {"rsms": [
                          {"refPos": {"lat": 1, "lon": 1}, "participants": [{"ptcType": "motor", "ptcId": -1}]},
                          {"refPos": {"lat": 1, "lon": 1}, "participants": [{"ptcType": "ufo", "ptcId": 1}]},
                          {"refPos": {"lat": 1, "lon": 1}, "participants": [{"ptcId": "x"}]},
                          {"refPos": {"lat": 5e9, "lon": 1}, "participants": []},
                          {"refPos": {"lat": 1, "lon": 1}, "participants": [{"ptcType": "motor", "ptcId": 0}]}]}}]
                        """).get(0);

        assertThat(frame.problems())
                .containsExactly(
                        "ptcId is negative",
                        "ptcType is no type of the standard",
                        "ptcId is not a number",
                        "refPos.lat does not fit 32 bits");
        assertThat(frame.messages()).hasSize(1);
        assertThat(frame.messages().get(0).rsm().getParticipants(0).getPtcId()).isZero();
    }

    @Test
    void gzipIsToldByItsBytes() throws IOException {
        final Path file = directory.resolve("tracks");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("[{\"content\": {\"rsms\": []}}]".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(TrackFile.read(file, RSU, WrongHeadings.SEND)).hasSize(1);
    }

    @Test
    void anotherShapeIsRefusedWithTheFrame() {
        assertThatThrownBy(() -> read("[{\"content\": {\"rsms\": []}}, {\"dev_id\": 7}]"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("frame 1");
        assertThatThrownBy(() -> read("{}")).isInstanceOf(IOException.class).hasMessageContaining("not a list");
    }

    private List<TrackFrame> read(final String json) throws IOException {
        return read(json, WrongHeadings.SEND);
    }

    private List<TrackFrame> read(final String json, final WrongHeadings wrongHeadings) throws IOException {
        return TrackFile.read(Files.writeString(directory.resolve("tracks.json"), json), RSU, wrongHeadings);
    }
}
