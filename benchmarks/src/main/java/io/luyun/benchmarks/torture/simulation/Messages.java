package io.luyun.benchmarks.torture.simulation;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.Acceleration4Way;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.TestMsg;
import io.luyun.proto.v1.TransmissionState;
import io.luyun.proto.v1.VehicleClassification;
import io.luyun.proto.v1.VehicleSafetyExtension;
import io.luyun.proto.v1.VehicleSize;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * What devices say: vehicles one behind the other on a road due north that now and then brake hard, and roadside units that tell
 * of a hazard on it, so that rules have something to decide.
 */
final class Messages {
    private static final int LAT_E7 = 296_000_000;
    private static final int LON_E7 = 1_063_000_000;
    private static final double METRES_A_DEGREE_E7 = 0.0111;
    private static final double ROAD_METRES = 1_500;
    private static final double SPEED = 15;
    private static final double GAP_METRES = 22;
    private static final int SPEED_STEPS = 50;
    private static final long MINUTE_MILLIS = 60_000;
    private static final long MILLION = 1_000_000;
    private static final int COUNT = 128;
    private static final int BRAKING_ONE_IN = 12;
    private static final int HARD_BRAKING = 1 << 7;
    private static final int HAZARD = 401;

    private Messages() {}

    static Message vehicle(final int place, final long deviceNs, final long trueNs, final SplittableRandom random) {
        final double seconds = trueNs % (1_000_000 * MILLION) / 1e9;
        final double y = (seconds * SPEED + ROAD_METRES - place * GAP_METRES) % ROAD_METRES;
        final boolean brakes = random.nextInt(BRAKING_ONE_IN) == 0;
        final Bsm.Builder bsm = Bsm.newBuilder()
                .setMsgCnt(random.nextInt(COUNT))
                .setId(octets(0x5100 + place))
                .setSecMark((int) (deviceNs / MILLION % MINUTE_MILLIS))
                .setPos(Position.newBuilder()
                        .setLat(LAT_E7 + (int) (y / METRES_A_DEGREE_E7))
                        .setLon(LON_E7))
                .setTransmission(TransmissionState.TRANSMISSION_FORWARD_GEARS)
                .setSpeed((int) (SPEED * SPEED_STEPS))
                .setHeading(0)
                .setAccel(Acceleration4Way.newBuilder()
                        .setLongitudinal(brakes ? -600 : 0)
                        .setLateral(0)
                        .setVertical(0)
                        .setYawRate(0))
                .setSize(VehicleSize.newBuilder().setWidth(185).setLength(465).setHeight(30))
                .setVehicleClass(VehicleClassification.newBuilder().setClassification(10));
        if (brakes) {
            bsm.setSafetyExt(VehicleSafetyExtension.newBuilder().setEvents(HARD_BRAKING));
        }
        return Message.newBuilder().setBsm(bsm).build();
    }

    static Message unit(final int place, final SplittableRandom random) {
        if (random.nextInt(3) != 0) {
            final byte[] data = new byte[1 + random.nextInt(random.nextInt(8) == 0 ? 2_048 : 60)];
            random.nextBytes(data);
            return Message.newBuilder()
                    .setTest(TestMsg.newBuilder()
                            .setMsgCnt(random.nextInt(COUNT))
                            .setUserData(ByteString.copyFrom(data)))
                    .build();
        }
        final Position at = Position.newBuilder()
                .setLat(LAT_E7 + (int) (ROAD_METRES / 2 / METRES_A_DEGREE_E7))
                .setLon(LON_E7)
                .build();
        return Message.newBuilder()
                .setRsi(Rsi.newBuilder()
                        .setMsgCnt(random.nextInt(COUNT))
                        .setId(octets(0x7200 + place))
                        .setRefPos(at)
                        .addEvents(RoadEvent.newBuilder()
                                .setEventId(random.nextInt(3))
                                .setEventType(HAZARD)
                                .setPos(at)
                                .setRadius(300)))
                .build();
    }

    private static ByteString octets(final long id) {
        return ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(id).array());
    }
}
