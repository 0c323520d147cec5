package io.luyun.server.exchange.mcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import io.luyun.proto.v1.Bsm;
import io.luyun.server.exchange.SampleJournal;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import io.luyun.server.research.Selection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Foxglove is shown of a recording, read by the schemas that stand in the file. */
final class FoxgloveMessagesTest {
    private static final String ZONE = """
            {"type":"FeatureCollection","luyun":{"format":1,"ref":[106.3,29.6]},"features":[{"type":"Feature",
            "properties":{"kind":"link","linkId":1,"lanes":2,"laneWidthM":3.25},
            "geometry":{"type":"LineString","coordinates":[[106.3,29.6],[106.301,29.601]]}},
            {"type":"Feature","properties":{"kind":"node"},"geometry":null}]}
            """;

    @TempDir
    private Path directory;

    private final Map<String, List<DynamicMessage>> messages = new HashMap<>();
    private final Map<String, Descriptor> types = new HashMap<>();

    @BeforeEach
    void export() throws Exception {
        SampleJournal.write(directory, 2);
        final Path file = directory.resolve("a.mcap");
        final Path zone = Files.writeString(directory.resolve("zone.geojson"), ZONE);
        try (Records all = Recording.open(directory).records(Selection.ALL);
                McapExporter exporter = McapExporter.open(file, new McapOptions(zone, Set.of("car-1")))) {
            while (all.next()) {
                exporter.add(all);
            }
        }
        learn(FoxgloveSchemas.descriptors());
        try (McapReader reader = new McapReader(file)) {
            while (reader.next()) {
                final McapChannel channel = reader.channel();
                final byte[] content =
                        Arrays.copyOfRange(reader.bytes(), reader.offset(), reader.offset() + reader.length());
                if (channel.kind() == 1) {
                    learn(RecordSchemas.descriptors(1));
                }
                final Descriptor type = types.get(channel.schema());
                if (type != null) {
                    messages.computeIfAbsent(channel.topic(), topic -> new ArrayList<>())
                            .add(DynamicMessage.parseFrom(type, content));
                }
            }
            assertThat(reader.lost()).isZero();
        }
    }

    /** Builds descriptors of nothing but a set, as a reader of the file does. */
    private void learn(final byte[] set) throws Exception {
        final Map<String, FileDescriptor> files = new HashMap<>();
        for (final FileDescriptorProto proto : FileDescriptorSet.parseFrom(set).getFileList()) {
            final FileDescriptor[] imports =
                    proto.getDependencyList().stream().map(files::get).toArray(FileDescriptor[]::new);
            final FileDescriptor file = FileDescriptor.buildFrom(proto, imports);
            files.put(proto.getName(), file);
            file.getMessageTypes().forEach(type -> types.putIfAbsent(type.getFullName(), type));
        }
    }

    private DynamicMessage first(final String topic) {
        return messages.get(topic).getFirst();
    }

    /** The value at the end of a path; of what is repeated the first. */
    private static Object at(final DynamicMessage message, final String path) {
        Object value = message;
        for (final String name : path.split("\\.")) {
            final DynamicMessage in = (DynamicMessage) value;
            final FieldDescriptor field = in.getDescriptorForType().findFieldByName(name);
            value = field.isRepeated() ? in.getRepeatedField(field, 0) : in.getField(field);
        }
        return value;
    }

    private static double number(final DynamicMessage message, final String path) {
        return ((Number) at(message, path)).doubleValue();
    }

    @Test
    void carriesEachMessageWithItsRecord() throws Exception {
        final DynamicMessage bsm = first("/bsm");
        assertThat(at(bsm, "record.device")).isEqualTo("car-1");
        assertThat(at(bsm, "record.boot_epoch")).isEqualTo(1_000L);
        assertThat(number(bsm, "record.number")).isPositive();
        // whoever has luyun.v1 alone reads the message all the same
        assertThat(Bsm.parseFrom(bsm.toByteArray()).getPos().getLat()).isEqualTo((int) number(bsm, "pos.lat"));
    }

    @Test
    void tellsWhereEachRoadUserIs() {
        final DynamicMessage bsm = first("/bsm");
        final DynamicMessage fix = first("/position/passenger_car");
        assertThat(number(fix, "latitude")).isEqualTo(number(bsm, "pos.lat") / 1e7);
        assertThat(number(fix, "longitude")).isEqualTo(number(bsm, "pos.lon") / 1e7);
        assertThat(number(fix, "altitude")).isEqualTo(260);
        assertThat(number(fix, "heading")).isEqualTo(Math.PI / 2, within(1e-12));
        assertThat(at(fix, "frame_id")).isEqualTo("car-1");
        // the device's clock is read to its millisecond
        final long secMark = (long) number(bsm, "sec_mark");
        assertThat((long) number(fix, "timestamp.nanos")).isEqualTo(secMark % 1_000 * 1_000_000);
        assertThat(at(first("/seen/pedestrian"), "frame_id")).isEqualTo("rsu-1/17");
        assertThat(at(first("/position/pedestrian"), "frame_id")).isEqualTo("walker");
        assertThat(messages.get("/position/bus")).hasSize(2 * SampleJournal.ROUNDS);
    }

    @Test
    void drawsThemInMetresFromTheZone() {
        final DynamicMessage bsm = first("/bsm");
        final DynamicMessage scene = messages.get("/scene/self").get(4);
        assertThat(at(scene, "entities.id")).isEqualTo("car-1");
        assertThat(at(scene, "entities.frame_id")).isEqualTo("zone");
        assertThat(number(scene, "entities.lifetime.seconds")).isEqualTo(1);
        final DynamicMessage second = messages.get("/bsm").get(3);
        final double north = (number(second, "pos.lat") - 296_000_000) * 1e-7 * 110_850;
        final double east =
                (number(second, "pos.lon") - 1_063_000_000) * 1e-7 * 111_320 * Math.cos(Math.toRadians(29.6));
        assertThat(number(scene, "entities.cubes.pose.position.y")).isEqualTo(north, within(0.5));
        assertThat(number(scene, "entities.cubes.pose.position.x")).isEqualTo(east, within(0.5));
        // to the east: no turn from the x axis
        assertThat(number(scene, "entities.cubes.pose.orientation.w")).isEqualTo(1, within(1e-6));
        assertThat(number(scene, "entities.cubes.size.x")).isEqualTo(4.5);
        assertThat(number(scene, "entities.arrows.shaft_length")).isEqualTo(1.0);
        assertThat(at(scene, "entities.texts.text")).isEqualTo("car-1\n4 km/h");
        assertThat(number(bsm, "heading")).isEqualTo(7_200);
    }

    @Test
    void seenOnesAreFainter() {
        final DynamicMessage seen = first("/scene/seen");
        assertThat(at(seen, "entities.id")).isEqualTo("rsu-1/17");
        assertThat(number(seen, "entities.cylinders.color.a"))
                .isLessThan(number(first("/scene/self"), "entities.cubes.color.a"));
        assertThat(at(seen, "entities.texts.text")).isEqualTo("rsu-1/17");
    }

    @Test
    void alertsPulseAndAreLogged() {
        final List<DynamicMessage> pulses = messages.get("/scene/alerts");
        assertThat(at(pulses.get(0), "entities.id")).isEqualTo("alert-103");
        assertThat(number(pulses.get(0), "entities.cylinders.size.x"))
                .isGreaterThan(number(pulses.get(1), "entities.cylinders.size.x"));
        assertThat(at(pulses.get(2), "deletions.id")).isEqualTo("alert-103");
        final List<String> lines = messages.get("/log").stream()
                .map(line -> at(line, "level") + " " + at(line, "message"))
                .toList();
        assertThat(lines)
                .contains(
                        "FATAL FCW raised for car-1: rsu-1/17, 12.3 m, 2.1 s",
                        "INFO FCW cleared for car-1: rsu-1/17, 12.3 m, 2.1 s; over",
                        "INFO server 1 started: 测试",
                        "ERROR damage from record 3 sealed off",
                        "DEBUG walker gone: bye");
    }

    @Test
    void showsTheZoneAndWhoIsFollowed() {
        assertThat(at(first("/zone/map"), "geojson")).isEqualTo(ZONE);
        assertThat(number(first("/scene/road"), "entities.lines.thickness")).isEqualTo(6.5);
        assertThat(number(first("/zone/origin"), "latitude")).isEqualTo(29.6);
        assertThat(at(first("/zone/frame"), "child_frame_id")).isEqualTo("zone");
        assertThat(messages.get("/follow/car-1")).hasSize(4 * SampleJournal.ROUNDS);
        assertThat(at(first("/tf"), "child_frame_id")).isEqualTo("car-1");
        assertThat(messages).doesNotContainKey("/follow/walker");
    }

    @Test
    void refusesAFileThatIsNoZone() throws Exception {
        final Path zone = Files.writeString(directory.resolve("other.json"), "{}");
        assertThatThrownBy(() -> McapExporter.open(directory.resolve("b.mcap"), new McapOptions(zone, Set.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--zone")
                .hasMessageContaining("other.json");
    }
}
