package io.luyun.benchmarks.torture.rights;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.luyun.benchmarks.torture.fuzz.SampleFrames;
import io.luyun.proto.codec.MessageValidator;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.UperEncoder;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Position;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A good message of every kind, of any sender and at any place. */
final class Samples {
    private static final String FOREIGN_ID = "0902030405060708";
    private static final int INSIDE_LAT_E7 = 296_000_000;
    private static final int OUTSIDE_LAT_E7 = 298_000_000;
    private static final int LON_E7 = 1_063_000_000;
    private static final int MINUTE_MILLIS = 60_000;
    private static final Set<String> PLACES = Set.of("pos", "ref_pos", "sensor_pos");

    private final Map<String, Message> byKind = new TreeMap<>();
    private int made;

    Samples() throws InvalidProtocolBufferException {
        for (final byte[] frame : SampleFrames.all()) {
            final var message = DeviceFrame.parseFrom(frame).getMessage();
            for (final Map.Entry<FieldDescriptor, Object> body :
                    message.getAllFields().entrySet()) {
                if (body.getValue() instanceof final Message content && good(content)) {
                    byKind.putIfAbsent(kindOf(content), content);
                }
            }
        }
    }

    /** Short names of the kinds there is one of. */
    List<String> kinds() {
        return List.copyOf(byKind.keySet());
    }

    /** The number of a kind. */
    static int number(final String kind) {
        return MessageKind.valueOf("MESSAGE_KIND_" + kind).getNumber();
    }

    /** One that no other is like, where its kind has a place. */
    Message of(final String kind, final boolean inside, final boolean ownId) {
        final Message sample = byKind.get(kind);
        if (sample == null) {
            throw new IllegalArgumentException("no " + kind);
        }
        final int latE7 = (inside ? INSIDE_LAT_E7 : OUTSIDE_LAT_E7) + ++made;
        final ByteString id = ByteString.copyFrom(HexFormat.of().parseHex(ownId ? Entry.OWN_ID : FOREIGN_ID));
        return placed(sample, id, latE7, (int) (System.currentTimeMillis() % MINUTE_MILLIS), true);
    }

    private static Message placed(
            final Message message, final ByteString id, final int latE7, final int millis, final boolean top) {
        final Message.Builder copy = message.toBuilder();
        for (final FieldDescriptor field : message.getDescriptorForType().getFields()) {
            final boolean there = field.isRepeated() || message.hasField(field);
            if (there && PLACES.contains(field.getName()) && !field.isRepeated()) {
                copy.setField(
                        field,
                        Position.newBuilder().setLat(latE7).setLon(LON_E7).build());
            } else if (top
                    && field.getName().equals("id")
                    && field.getJavaType() == FieldDescriptor.JavaType.BYTE_STRING) {
                copy.setField(field, id);
            } else if (there
                    && (field.getName().equals("sec_mark")
                            || (top && field.getName().equals("time_stamp")))) {
                copy.setField(field, millis);
            } else if (field.isRepeated()
                    && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    && !field.isMapField()) {
                for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                    copy.setRepeatedField(
                            field, i, placed((Message) message.getRepeatedField(field, i), id, latE7, millis, false));
                }
            }
        }
        return copy.build();
    }

    private static boolean good(final Message content) {
        final Message placed = placed(content, ByteString.copyFrom(new byte[8]), INSIDE_LAT_E7, 1, true);
        final byte[] bytes = placed.toByteArray();
        final UnsafeBuffer canonical = new UnsafeBuffer(bytes);
        final String kind = kindOf(content);
        return new MessageValidator().check(number(kind), canonical, 0, bytes.length) == null
                && (!UdpCells.KINDS.contains(kind)
                        || new UperEncoder()
                                        .encode(
                                                Dialect.PHASE_1_2019,
                                                number(kind),
                                                canonical,
                                                0,
                                                bytes.length,
                                                new ExpandableArrayBuffer(),
                                                0)
                                >= 0);
    }

    private static String kindOf(final Message content) {
        final String name = content.getDescriptorForType().getName();
        return switch (name) {
            case "MapData" -> "MAP";
            case "TestMsg" -> "TEST";
            default -> name.toUpperCase(Locale.ROOT);
        };
    }
}
