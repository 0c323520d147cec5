package io.luyun.server.exchange.mcap;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DurationProto;
import com.google.protobuf.TimestampProto;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The messages that Foxglove knows by name. Names and numbers are those of github.com/foxglove/foxglove-sdk, {@code schemas/proto}, and
 * held by a test against its release; what is not written here is left out where nobody looks for it (identifiers, lineage, and a
 * velocity by components: the speed that stands here is in the repository, not yet in a release). Stateless.
 */
final class FoxgloveSchemas {
    static final String LOCATION_FIX = "foxglove.LocationFix";
    static final String SCENE_UPDATE = "foxglove.SceneUpdate";
    static final String FRAME_TRANSFORM = "foxglove.FrameTransform";
    static final String LOG = "foxglove.Log";
    static final String GEO_JSON = "foxglove.GeoJSON";

    private static final String PACKAGE = "foxglove";

    /** A message a line: its name, then fields as {@code name:type=number}; [] is repeated, ? tells absent from 0, {} lists constants. */
    private static final String MESSAGES = """
            Color r:double=1 g:double=2 b:double=3 a:double=4
            Vector3 x:double=1 y:double=2 z:double=3
            Point3 x:double=1 y:double=2 z:double=3
            Quaternion x:double=1 y:double=2 z:double=3 w:double=4
            Pose position:Vector3=1 orientation:Quaternion=2
            KeyValuePair key:string=1 value:string=2
            LocationFix latitude:double=1 longitude:double=2 altitude:double=3 position_covariance:double[]=4 \
            position_covariance_type:PositionCovarianceType{UNKNOWN,APPROXIMATED,DIAGONAL_KNOWN,KNOWN}=5 timestamp:Timestamp=6 \
            frame_id:string=7 color:Color=8 metadata:KeyValuePair[]=9 heading:double?=10 speed:double?=12
            FrameTransform timestamp:Timestamp=1 parent_frame_id:string=2 child_frame_id:string=3 translation:Vector3=4 \
            rotation:Quaternion=5
            Log timestamp:Timestamp=1 level:Level{UNKNOWN,DEBUG,INFO,WARNING,ERROR,FATAL}=2 message:string=3 name:string=4 \
            file:string=5 line:fixed32=6
            GeoJSON geojson:string=1
            ArrowPrimitive pose:Pose=1 shaft_length:double=2 shaft_diameter:double=3 head_length:double=4 head_diameter:double=5 \
            color:Color=6
            CubePrimitive pose:Pose=1 size:Vector3=2 color:Color=3
            SpherePrimitive pose:Pose=1 size:Vector3=2 color:Color=3
            CylinderPrimitive pose:Pose=1 size:Vector3=2 bottom_scale:double=3 top_scale:double=4 color:Color=5
            LinePrimitive type:Type{LINE_STRIP,LINE_LOOP,LINE_LIST}=1 pose:Pose=2 thickness:double=3 scale_invariant:bool=4 \
            points:Point3[]=5 color:Color=6 colors:Color[]=7 indices:fixed32[]=8
            TriangleListPrimitive pose:Pose=1 points:Point3[]=2 color:Color=3 colors:Color[]=4 indices:fixed32[]=5
            TextPrimitive pose:Pose=1 billboard:bool=2 font_size:double=3 scale_invariant:bool=4 color:Color=5 text:string=6
            ModelPrimitive pose:Pose=1 scale:Vector3=2 color:Color=3 override_color:bool=4 url:string=5 media_type:string=6 \
            data:bytes=7
            SceneEntity timestamp:Timestamp=1 frame_id:string=2 id:string=3 lifetime:Duration=4 frame_locked:bool=5 \
            metadata:KeyValuePair[]=6 arrows:ArrowPrimitive[]=7 cubes:CubePrimitive[]=8 spheres:SpherePrimitive[]=9 \
            cylinders:CylinderPrimitive[]=10 lines:LinePrimitive[]=11 triangles:TriangleListPrimitive[]=12 \
            texts:TextPrimitive[]=13 models:ModelPrimitive[]=14
            SceneEntityDeletion timestamp:Timestamp=1 type:Type{MATCHING_ID,ALL}=2 id:string=3
            SceneUpdate deletions:SceneEntityDeletion[]=1 entities:SceneEntity[]=2
            """;

    private static final Pattern FIELD = Pattern.compile("(\\w+):(\\w+)(?:\\{([\\w,]+)})?(\\[])?(\\?)?=(\\d+)");

    private static final Map<String, FieldDescriptorProto.Type> SCALARS = Map.of(
            "double", FieldDescriptorProto.Type.TYPE_DOUBLE,
            "string", FieldDescriptorProto.Type.TYPE_STRING,
            "bool", FieldDescriptorProto.Type.TYPE_BOOL,
            "bytes", FieldDescriptorProto.Type.TYPE_BYTES,
            "fixed32", FieldDescriptorProto.Type.TYPE_FIXED32);

    private FoxgloveSchemas() {}

    /** A FileDescriptorSet with all of them. */
    static byte[] descriptors() {
        final FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder()
                .setName("luyun/mcap/foxglove.proto")
                .setPackage(PACKAGE)
                .setSyntax("proto3")
                .addDependency(TimestampProto.getDescriptor().getName())
                .addDependency(DurationProto.getDescriptor().getName());
        MESSAGES.lines().forEach(line -> file.addMessageType(message(line)));
        return FileDescriptorSet.newBuilder()
                .addFile(TimestampProto.getDescriptor().toProto())
                .addFile(DurationProto.getDescriptor().toProto())
                .addFile(file)
                .build()
                .toByteArray();
    }

    private static DescriptorProto message(final String line) {
        final String name = line.substring(0, line.indexOf(' '));
        final DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
        final Matcher fields = FIELD.matcher(line);
        while (fields.find()) {
            final String constants = fields.group(3);
            final FieldDescriptorProto.Builder field = message.addFieldBuilder()
                    .setName(fields.group(1))
                    .setNumber(Integer.parseInt(fields.group(6)))
                    .setLabel(
                            fields.group(4) == null
                                    ? FieldDescriptorProto.Label.LABEL_OPTIONAL
                                    : FieldDescriptorProto.Label.LABEL_REPEATED);
            type(field, fields.group(2), constants == null ? "" : name + ".");
            if (fields.group(5) != null) {
                field.setProto3Optional(true).setOneofIndex(message.getOneofDeclCount());
                message.addOneofDeclBuilder().setName("_" + fields.group(1));
            }
            if (constants != null) {
                final EnumDescriptorProto.Builder type =
                        message.addEnumTypeBuilder().setName(fields.group(2));
                for (final String constant : constants.split(",")) {
                    type.addValueBuilder().setName(constant).setNumber(type.getValueCount() - 1);
                }
            }
        }
        return message.build();
    }

    private static void type(final FieldDescriptorProto.Builder field, final String type, final String enumOf) {
        final FieldDescriptorProto.Type scalar = SCALARS.get(type);
        if (scalar != null) {
            field.setType(scalar);
            return;
        }
        final boolean common = type.equals("Timestamp") || type.equals("Duration");
        field.setType(enumOf.isEmpty() ? FieldDescriptorProto.Type.TYPE_MESSAGE : FieldDescriptorProto.Type.TYPE_ENUM)
                .setTypeName((common ? ".google.protobuf." : "." + PACKAGE + "." + enumOf) + type);
    }
}
