package io.luyun.server.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.luyun.proto.v1.RecordKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Nothing that a record can hold has been forgotten. */
final class FieldTableTest {
    private static Map<String, FieldDescriptor> fieldsOfRecords() {
        final Map<String, FieldDescriptor> fields = new TreeMap<>();
        for (int kind = 0; kind <= RecordKind.RECORD_KIND_ALERT_VALUE; kind++) {
            final Descriptor type = RecordTypes.of(kind);
            if (type != null) {
                collect(type, fields);
            }
        }
        return fields;
    }

    private static void collect(final Descriptor type, final Map<String, FieldDescriptor> fields) {
        for (final FieldDescriptor field : type.getFields()) {
            if (fields.put(field.getFullName(), field) == null
                    && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                collect(field.getMessageType(), fields);
            }
        }
    }

    @Test
    void everyFieldThatCouldNameSomebodyHasBeenDecided() {
        final Map<String, FieldDescriptor> fields = fieldsOfRecords();
        assertThat(fields).hasSizeGreaterThan(300);
        assertThat(fields.values().stream().filter(field -> FieldTable.of(field) == null))
                .as("decide in FieldTable what is done about them")
                .isEmpty();
    }

    @Test
    void noTextOrOctetsAreKeptAsTheyAre() {
        assertThat(fieldsOfRecords().values().stream()
                        .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.STRING
                                || field.getJavaType() == FieldDescriptor.JavaType.BYTE_STRING)
                        .filter(field -> FieldTable.of(field) == Treatment.KEEP))
                .isEmpty();
    }

    @Test
    void everyKindOfRecordIsKnown() {
        for (final RecordKind kind : RecordKind.values()) {
            if (kind == RecordKind.UNRECOGNIZED || kind == RecordKind.RECORD_KIND_UNSPECIFIED) {
                continue;
            }
            assertThat(RecordTypes.of(kind.getNumber()) != null || RecordTypes.withoutPayload(kind.getNumber()))
                    .as("%s has a type in RecordTypes", kind)
                    .isTrue();
        }
    }

    @Test
    void knowsPlatesAndIdentificationNumbersThatASchemaMayGetByTheirNames() throws Exception {
        final Map<String, Treatment> expected = new LinkedHashMap<>();
        expected.put("plate_no", Treatment.PLATE);
        expected.put("vehicle_plate", Treatment.PLATE);
        expected.put("licence", Treatment.PLATE);
        expected.put("vin", Treatment.VIN);
        expected.put("template", null);
        final FileDescriptorProto.Builder file =
                FileDescriptorProto.newBuilder().setName("x.proto");
        int number = 0;
        for (final String name : expected.keySet()) {
            file.addMessageTypeBuilder()
                    .setName("M" + number++)
                    .addField(FieldDescriptorProto.newBuilder()
                            .setName(name)
                            .setNumber(1)
                            .setType(FieldDescriptorProto.Type.TYPE_STRING));
        }
        final FileDescriptor built = FileDescriptor.buildFrom(file.build(), new FileDescriptor[0]);
        for (final Descriptor type : built.getMessageTypes()) {
            final FieldDescriptor field = type.getFields().getFirst();
            assertThat(FieldTable.of(field)).as(field.getName()).isEqualTo(expected.get(field.getName()));
        }
    }
}
