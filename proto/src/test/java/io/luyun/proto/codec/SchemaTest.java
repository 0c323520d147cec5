package io.luyun.proto.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.ExtensionRegistry;
import io.luyun.proto.v1.Options;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The schema is a contract: it is only ever extended, and says of every field what it is.
 *
 * <p>After an extension, take it into the snapshot, and commit both:
 *
 * <pre>
 *   mvn -Dfast -pl proto test -Dtest=SchemaTest -Dluyun.schema.refresh
 * </pre>
 *
 * A change that is not an extension is never taken.
 */
class SchemaTest {
    private static final String SNAPSHOT = "luyun-v1.schema";
    private static final Path SNAPSHOT_SOURCE = Path.of("src/test/resources", SNAPSHOT);

    @Test
    void isOnlyExtended() throws IOException {
        final Map<String, Map<String, String>> now = SchemaSnapshot.of(compiled());
        final boolean refresh = System.getProperty("luyun.schema.refresh") != null;
        final boolean first = refresh && !Files.exists(SNAPSHOT_SOURCE);
        final Map<String, Map<String, String>> committed = first ? now : committed();
        assertThat(SchemaSnapshot.breaks(committed, now)).isEmpty();
        if (refresh) {
            Files.writeString(SNAPSHOT_SOURCE, SchemaSnapshot.write(now));
            return;
        }
        assertThat(now)
                .as("the schema has grown; refresh the snapshot as the comment of this class says")
                .isEqualTo(committed);
    }

    @Test
    void everyBreakIsFound() throws IOException {
        final Map<String, Map<String, String>> old = SchemaSnapshot.of(compiled());
        final String speed = "luyun.v1.Bsm 009";
        assertThat(SchemaSnapshot.read(SchemaSnapshot.write(old))).isEqualTo(old);
        assertThat(breaksAfter(old, speed, null)).containsExactly(speed + " (speed) is gone");
        assertThat(breaksAfter(old, speed, Map.of("name", "pace"))).hasSize(1);
        assertThat(breaksAfter(old, speed, Map.of("type", "sint32"))).hasSize(1);
        assertThat(breaksAfter(old, speed, Map.of("repeated", "true"))).hasSize(1);
        assertThat(breaksAfter(old, speed, Map.of("oneof", "body"))).hasSize(1);
        assertThat(breaksAfter(old, speed, Map.of("unit", "0.01 m/s"))).hasSize(1);
        assertThat(breaksAfter(old, speed, Map.of("required", "true"))).hasSize(1);
        assertThat(breaksAfter(old, speed, Map.of("min", "1"))).hasSize(1);
        assertThat(breaksAfter(old, speed, Map.of("max", "8189"))).hasSize(1);
        assertThat(breaksAfter(old, speed, Map.of("max_size", "9"))).hasSize(1);
        assertThat(breaksAfter(old, speed, Map.of("min", "-1", "max", "8191"))).isEmpty();
        assertThat(breaksAfter(old, "luyun.v1.Rsm 004", Map.of("max_size", "15")))
                .hasSize(1);
        assertThat(breaksAfter(old, "luyun.v1.Rsm 004", Map.of("max_size", "32")))
                .isEmpty();
        assertThat(breaksAfter(old, "luyun.v1.RoadSign 003", Map.of("name", "reused")))
                .hasSize(1);
        assertThat(breaksAfter(old, "luyun.v1.AckLevel 003", Map.of("name", "ACK_LEVEL_OTHER")))
                .hasSize(1);
        assertThat(breaksAfter(old, "luyun.v1.Bsm 040", Map.of("name", "more"))).isEmpty();
        assertThat(breaksAfter(old, "luyun.v1.Bsm 040", Map.of("name", "more", "required", "true")))
                .hasSize(1);
        assertThat(breaksAfter(old, "luyun.v1.NewType 001", Map.of("name", "more", "required", "true")))
                .isEmpty();
    }

    @Test
    void everyFieldHasACommentAndAUnit() throws IOException {
        final List<String> bare = new ArrayList<>();
        for (final FileDescriptorProto file : compiled().getFileList()) {
            if ("luyun.v1".equals(file.getPackage()) && !file.getName().endsWith("options.proto")) {
                final Map<List<Integer>, String> comments = new HashMap<>();
                for (final Location location : file.getSourceCodeInfo().getLocationList()) {
                    comments.put(location.getPathList(), location.getLeadingComments());
                }
                for (int i = 0; i < file.getMessageTypeCount(); i++) {
                    addBare(bare, file.getMessageType(i), i, comments);
                }
            }
        }
        assertThat(bare).isEmpty();
    }

    private static void addBare(
            List<String> bare, DescriptorProto type, int index, Map<List<Integer>, String> comments) {
        final int messages = FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER;
        assertThat(type.getNestedTypeCount())
                .as("nested types are not looked into")
                .isZero();
        if (comments.getOrDefault(List.of(messages, index), "").isBlank()) {
            bare.add(type.getName() + " has no comment");
        }
        for (int i = 0; i < type.getFieldCount(); i++) {
            final FieldDescriptorProto field = type.getField(i);
            final boolean isMessage = field.getType() == FieldDescriptorProto.Type.TYPE_MESSAGE;
            final String name = type.getName() + '.' + field.getName();
            final boolean speaksForItself = isMessage && field.hasOneofIndex();
            if (!speaksForItself
                    && comments.getOrDefault(List.of(messages, index, DescriptorProto.FIELD_FIELD_NUMBER, i), "")
                            .isBlank()) {
                bare.add(name + " has no comment");
            }
            if (!isMessage
                    && field.getOptions().getExtension(Options.rule).getUnit().isBlank()) {
                bare.add(name + " has no unit");
            }
        }
    }

    private static List<String> breaksAfter(
            Map<String, Map<String, String>> old, String key, Map<String, String> change) {
        final Map<String, Map<String, String>> now = new HashMap<>(old);
        if (change == null) {
            now.remove(key);
        } else {
            final Map<String, String> line = new HashMap<>(old.getOrDefault(key, Map.of()));
            line.putAll(change);
            now.put(key, line);
        }
        return SchemaSnapshot.breaks(old, now);
    }

    private static FileDescriptorSet compiled() throws IOException {
        final ExtensionRegistry registry = ExtensionRegistry.newInstance();
        registry.add(Options.rule);
        try (InputStream in = SchemaTest.class.getResourceAsStream("/luyun/v1/luyun.desc")) {
            assertThat(in)
                    .as("the descriptor set; when it is missing, remove proto/target")
                    .isNotNull();
            final FileDescriptorSet files = FileDescriptorSet.parseFrom(in, registry);
            assertThat(files.getFileList()).hasSizeGreaterThan(10);
            return files;
        }
    }

    private static Map<String, Map<String, String>> committed() throws IOException {
        return SchemaSnapshot.read(Files.readString(SNAPSHOT_SOURCE));
    }
}
