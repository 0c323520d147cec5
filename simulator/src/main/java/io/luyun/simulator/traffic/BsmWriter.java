package io.luyun.simulator.traffic;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.Acceleration4Way;
import io.luyun.proto.v1.BrakeStatus;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.MotionConfidence;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.PositionConfidence;
import io.luyun.proto.v1.TransmissionState;
import io.luyun.proto.v1.VehicleClassification;
import io.luyun.proto.v1.VehicleSafetyExtension;
import io.luyun.proto.v1.VehicleSize;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Says of a simulated vehicle what its on-board unit would. It keeps the parts of each vehicle that do not change, so
 * an instance belongs to one thread and one traffic. Who has another id is another vehicle.
 */
public final class BsmWriter {
    private static final int EVENT_HARD_BRAKING = 1 << 7;
    private static final int LIGHT_LEFT = 1 << 2;
    private static final int LIGHT_RIGHT = 1 << 3;
    private static final int LIGHT_DAYTIME = 1 << 6;
    private static final int ALL_WHEELS = 0b11110;
    private static final BrakeStatus RELEASED = BrakeStatus.newBuilder()
            .setBrakePedal(1)
            .setWheelBrakes(0)
            .setAbs(1)
            .build();
    private static final BrakeStatus PRESSED = BrakeStatus.newBuilder()
            .setBrakePedal(2)
            .setWheelBrakes(ALL_WHEELS)
            .setAbs(1)
            .build();
    private static final BrakeStatus FULLY = BrakeStatus.newBuilder()
            .setBrakePedal(2)
            .setWheelBrakes(ALL_WHEELS)
            .setAbs(3)
            .build();
    /** 20 cm and 50 cm of the ladder. */
    private static final PositionConfidence POSITION_CONFIDENCE =
            PositionConfidence.newBuilder().setPos(11).setElevation(10).build();

    private static final MotionConfidence MOTION_CONFIDENCE =
            MotionConfidence.newBuilder().setSpeed(5).setHeading(4).build();

    /** What never changes of a vehicle. */
    private record Fixed(long number, ByteString id, VehicleSize size, VehicleClassification classification) {}

    private @Nullable Fixed[] known = new @Nullable Fixed[64];

    /** The message of a vehicle at a time, ms since 1970 UTC; msgCnt is taken modulo 128. */
    public Bsm bsm(final VehicleView vehicle, final long utcMs, final int msgCnt) {
        final Fixed fixed = fixed(vehicle);
        final VehicleSafetyExtension.Builder safety = VehicleSafetyExtension.newBuilder()
                .setLights((vehicle.leftTurnLight() ? LIGHT_LEFT : 0)
                        | (vehicle.rightTurnLight() ? LIGHT_RIGHT : 0)
                        | LIGHT_DAYTIME);
        if (vehicle.hardBraking()) {
            safety.setEvents(EVENT_HARD_BRAKING);
        }
        return Bsm.newBuilder()
                .setMsgCnt(msgCnt & 127)
                .setId(fixed.id)
                .setSecMark(Messages.secMark(utcMs))
                .setPos(position(vehicle))
                .setPosConfidence(POSITION_CONFIDENCE)
                .setTransmission(TransmissionState.TRANSMISSION_FORWARD_GEARS)
                .setSpeed(Messages.speed(vehicle.speedMps()))
                .setHeading(Messages.heading(vehicle.headingDeg()))
                .setMotionConfidence(MOTION_CONFIDENCE)
                .setAccel(Acceleration4Way.newBuilder()
                        .setLongitudinal(Messages.clamp(vehicle.accelMps2() * 100, -2_000, 2_000))
                        .setLateral(lateral(vehicle))
                        .setVertical(0)
                        .setYawRate(Messages.clamp(vehicle.yawRateDegPerS() * 100, -32_767, 32_767)))
                .setBrakes(vehicle.hardBraking() ? FULLY : vehicle.braking() ? PRESSED : RELEASED)
                .setSize(fixed.size)
                .setVehicleClass(fixed.classification)
                .setSafetyExt(safety)
                .build();
    }

    private static Position.Builder position(final VehicleView vehicle) {
        final Position.Builder position =
                Position.newBuilder().setLat(vehicle.latE7()).setLon(vehicle.lonE7());
        return vehicle.elevationDm() == VehicleView.NOT_TOLD
                ? position
                : position.setElevation(Messages.clamp(vehicle.elevationDm(), -4_095, 61_439));
    }

    /** What a circle at this speed and rate of turn asks for. */
    private static int lateral(final VehicleView vehicle) {
        return Messages.clamp(vehicle.speedMps() * vehicle.yawRateDegPerS() * (Math.PI / 180) * 100, -2_000, 2_000);
    }

    private Fixed fixed(final VehicleView vehicle) {
        final int index = vehicle.index();
        if (index >= known.length) {
            known = Arrays.copyOf(known, Math.max(index + 1, 2 * known.length));
        }
        Fixed fixed = known[index];
        if (fixed == null || fixed.number != vehicle.id()) {
            fixed = new Fixed(
                    vehicle.id(),
                    Messages.octets(vehicle.id()),
                    VehicleSize.newBuilder()
                            .setWidth(Messages.clamp(vehicle.widthM() * 100, 1, 1_023))
                            .setLength(Messages.clamp(vehicle.lengthM() * 100, 1, 4_095))
                            .setHeight(Messages.clamp(vehicle.heightM() * 20, 1, 127))
                            .build(),
                    VehicleClassification.newBuilder()
                            .setClassification(vehicle.classification())
                            .setFuelType(vehicle.classification() == 25 ? 3 : 4)
                            .build());
            known[index] = fixed;
        }
        return fixed;
    }
}
