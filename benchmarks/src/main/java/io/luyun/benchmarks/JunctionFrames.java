package io.luyun.benchmarks;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.SourceType;
import io.luyun.proto.v1.TransmissionState;
import io.luyun.proto.v1.VehicleClassification;
import io.luyun.proto.v1.VehicleSize;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * 57 seconds of a junction with 100 road users, ready in bytes, stamped as if a minute began with them: 48 vehicles drive
 * through from west and east on six lanes, 30 stand at the red lights of the north and the south, 12 people wait at the corners
 * and 10 walk beside the road. Whoever leaves on one side comes back on the other as somebody else. The unit sees with an
 * error of 0.3 m, white.
 */
final class JunctionFrames {
    static final int LAT_E7 = 296_000_000;
    static final int LON_E7 = 1_063_000_000;
    /** Frames, a tenth of a second apart. */
    static final int COUNT = 570;

    static final int VEHICLES = 78;
    static final int USERS = 100;

    private static final int MOVING = 48;
    private static final int STANDING_OF_LANE = 5;
    private static final int WAITING = 12;
    private static final int LANES = 6;
    private static final double LANE_METRES = 3.5;
    private static final double SPAN_METRES = 320;
    private static final double WALK_SPAN_METRES = 100;
    private static final double CAR_MPS = 13;
    private static final double WALK_MPS = 1.2;
    private static final double NOISE_METRES = 0.3;
    private static final double SPEED_STEP_MPS = 0.02;
    private static final double E7_PER_METRE_NORTH = 1e7 / 110_870;
    private static final double E7_PER_METRE_EAST = 1e7 / 96_860;
    private static final int NORTH = 0;
    private static final int EAST = 7_200;
    private static final int SOUTH = 14_400;
    private static final int WEST = 21_600;
    private static final long SEED = 4;

    private final byte[][] rsms = new byte[COUNT][];
    private final byte[][][] bsms = new byte[COUNT][VEHICLES][];
    private final int[][] numbers = new int[COUNT][VEHICLES];
    private final SplittableRandom random = new SplittableRandom(SEED);

    // of the road user in hand
    private double x;
    private double y;
    private double mps;
    private int heading;
    private int number;

    JunctionFrames() {
        for (int i = 0; i < COUNT; i++) {
            final Rsm.Builder rsm = Rsm.newBuilder()
                    .setMsgCnt(i % 128)
                    .setId(ByteString.copyFromUtf8("junction"))
                    .setRefPos(position(0, 0));
            for (int user = 0; user < USERS; user++) {
                place(user, i * 0.1);
                rsm.addParticipants(seen(user, 100 * i));
                if (user < VEHICLES) {
                    bsms[i][user] = said(i % 128, 100 * i).toByteArray();
                    numbers[i][user] = number;
                }
            }
            rsms[i] = rsm.build().toByteArray();
        }
    }

    /** What the unit sees in a frame. */
    byte[] rsm(final int frame) {
        return rsms[frame];
    }

    /** What a vehicle says at the same moment. */
    byte[] bsm(final int frame, final int vehicle) {
        return bsms[frame][vehicle];
    }

    /** Which vehicle that is: its device. */
    int device(final int frame, final int vehicle) {
        return numbers[frame][vehicle];
    }

    private void place(final int user, final double seconds) {
        if (user < MOVING) {
            final int row = user / LANES;
            final double way = row * SPAN_METRES * LANES / MOVING + CAR_MPS * seconds + 7 * (user % LANES);
            final boolean eastward = user % LANES < LANES / 2;
            x = (eastward ? 1 : -1) * (way % SPAN_METRES - SPAN_METRES / 2);
            y = (user % LANES - LANES / 2 + 0.5) * LANE_METRES;
            mps = CAR_MPS;
            heading = eastward ? EAST : WEST;
            number = user + USERS * (int) (way / SPAN_METRES);
        } else if (user < VEHICLES) {
            final int place = user - MOVING;
            final int lane = place / STANDING_OF_LANE;
            final boolean northward = lane >= LANES / 2;
            x = (lane - LANES / 2 + 0.5) * LANE_METRES;
            y = (northward ? -1 : 1) * (20 + 7 * (place % STANDING_OF_LANE));
            mps = 0;
            heading = northward ? NORTH : SOUTH;
            number = user;
        } else if (user < VEHICLES + WAITING) {
            final int place = user - VEHICLES;
            x = (place % 2 == 0 ? -1 : 1) * (15 + place / 4);
            y = (place / 2 % 2 == 0 ? -1 : 1) * 15;
            mps = 0;
            heading = NORTH;
            number = user;
        } else {
            final int place = user - VEHICLES - WAITING;
            final double way = 10 * place + WALK_MPS * seconds;
            x = way % WALK_SPAN_METRES + 15;
            y = place % 2 == 0 ? 14 : -14;
            mps = WALK_MPS;
            heading = EAST;
            number = user + USERS * (int) (way / WALK_SPAN_METRES);
        }
    }

    private RsmParticipant seen(final int user, final int secMark) {
        final RsmParticipant.Builder seen = RsmParticipant.newBuilder()
                .setPtcType(
                        user < VEHICLES ? ParticipantType.PARTICIPANT_MOTOR : ParticipantType.PARTICIPANT_PEDESTRIAN)
                .setPtcId(number + 1)
                .setSource(SourceType.SOURCE_VIDEO)
                .setSecMark(secMark)
                .setPos(position(x + NOISE_METRES * random.nextGaussian(), y + NOISE_METRES * random.nextGaussian()))
                .setSpeed((int) (mps / SPEED_STEP_MPS))
                .setHeading(heading);
        if (user < VEHICLES) {
            seen.setSize(size());
        }
        return seen.build();
    }

    private Bsm said(final int count, final int secMark) {
        return Bsm.newBuilder()
                .setMsgCnt(count)
                .setId(ByteString.copyFrom(
                        ByteBuffer.allocate(Long.BYTES).putLong(number).array()))
                .setSecMark(secMark)
                .setPos(position(x, y))
                .setTransmission(TransmissionState.TRANSMISSION_FORWARD_GEARS)
                .setSpeed((int) (mps / SPEED_STEP_MPS))
                .setHeading(heading)
                .setSize(size())
                .setVehicleClass(VehicleClassification.newBuilder().setClassification(10))
                .build();
    }

    private static VehicleSize size() {
        return VehicleSize.newBuilder().setWidth(185).setLength(465).build();
    }

    private static Position position(final double east, final double north) {
        return Position.newBuilder()
                .setLat(LAT_E7 + (int) Math.rint(north * E7_PER_METRE_NORTH))
                .setLon(LON_E7 + (int) Math.rint(east * E7_PER_METRE_EAST))
                .build();
    }
}
