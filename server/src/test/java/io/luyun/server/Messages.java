package io.luyun.server;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.ReferencePath;
import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.RoadSign;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.TransmissionState;
import io.luyun.proto.v1.VehicleSize;

/** Messages of devices on one straight road that leads north; places are metres north of its begin. */
public final class Messages {
    private static final int LAT_E7 = 296_000_000;
    private static final int LON_E7 = 1_063_000_000;
    /** Length of a degree of latitude at 29.6 degrees north: 110,846 m. */
    private static final double E7_PER_METRE = 1e7 / 110_846;

    private Messages() {}

    public static Bsm bsm(final int vehicle, final int secMark, final double metresNorth, final double mps) {
        return Bsm.newBuilder()
                .setMsgCnt(0)
                .setId(ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, (byte) (vehicle >> 8), (byte) vehicle}))
                .setSecMark(secMark)
                .setPos(position(metresNorth))
                .setTransmission(TransmissionState.TRANSMISSION_FORWARD_GEARS)
                .setSpeed((int) Math.rint(mps / 0.02))
                .setHeading(0)
                .setSize(VehicleSize.newBuilder().setWidth(180).setLength(450))
                .build();
    }

    /** A thrown object with a radius of 20 m. */
    static Rsi event(final double metresNorth) {
        return rsi().addEvents(RoadEvent.newBuilder()
                        .setEventId(3)
                        .setEventType(401)
                        .setPos(position(metresNorth))
                        .setRadius(200)
                        .setDescription("thrown object"))
                .build();
    }

    /** A limit that holds on a stretch of the road. */
    public static Rsi limit(final int kmh, final double fromMetresNorth, final double toMetresNorth) {
        return rsi().addSigns(RoadSign.newBuilder()
                        .setSignId(4)
                        .setSignType(85)
                        .setPos(position(fromMetresNorth))
                        .setDescription(Integer.toString(kmh))
                        .addReferencePaths(ReferencePath.newBuilder()
                                .addActivePath(position(fromMetresNorth))
                                .addActivePath(position(toMetresNorth))
                                .setPathRadius(50)))
                .build();
    }

    static Position position(final double metresNorth) {
        return Position.newBuilder()
                .setLat((int) Math.rint(LAT_E7 + metresNorth * E7_PER_METRE))
                .setLon(LON_E7)
                .build();
    }

    private static Rsi.Builder rsi() {
        return Rsi.newBuilder()
                .setMsgCnt(0)
                .setId(ByteString.copyFrom(new byte[] {9, 9, 9, 9, 9, 9, 9, 9}))
                .setRefPos(position(0));
    }
}
