package io.luyun.simulator.stage;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.Acceleration4Way;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.DetectedObstacle;
import io.luyun.proto.v1.EquipmentType;
import io.luyun.proto.v1.NonMotorData;
import io.luyun.proto.v1.ObjectSize;
import io.luyun.proto.v1.PersonalDeviceUserType;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Psm;
import io.luyun.proto.v1.ReferencePath;
import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.RoadSign;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.SourceType;
import io.luyun.proto.v1.Ssm;
import io.luyun.proto.v1.TransmissionState;
import io.luyun.proto.v1.VehicleClassification;
import io.luyun.proto.v1.VehicleEmergencyExtension;
import io.luyun.proto.v1.VehicleSafetyExtension;
import io.luyun.proto.v1.VehicleSize;
import io.luyun.simulator.traffic.Messages;
import io.luyun.simulator.traffic.Plane;
import io.luyun.simulator.traffic.Rng;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts into the message set what is told on a stage. */
final class StageMessages {
    private static final int PEDAL_RELEASED = 1;
    private static final int PEDAL_PRESSED = 2;
    private static final double BRAKES_MPS2 = -0.5;

    private final Scene scene;
    private final Plane plane;
    private final long idSeed;

    StageMessages(final Scene scene, final Plane plane) {
        this.scene = scene;
        this.plane = plane;
        idSeed = Rng.mix(plane.latE7(0) ^ (long) plane.lonE7(0) << 32);
    }

    Bsm bsm(final Actor actor, final Pose told, final double t, final int count, final long utcMs) {
        final Bsm.Builder bsm = Bsm.newBuilder()
                .setMsgCnt(count & 127)
                .setId(id(actor.index()))
                .setSecMark(Messages.secMark(utcMs))
                .setPos(position(told, actor))
                .setTransmission(TransmissionState.TRANSMISSION_FORWARD_GEARS)
                .setSpeed(Messages.speed(told.speedMps()))
                .setHeading(Messages.heading(told.headingDeg()))
                .setAccel(acceleration(told)
                        .setLateral(lateral(told))
                        .setVertical(0)
                        .setYawRate(Messages.clamp(told.yawRateDegPerS() * 100, -32_767, 32_767)))
                .setSize(size(actor.kind()))
                .setVehicleClass(VehicleClassification.newBuilder()
                        .setClassification(actor.kind().classification()));
        bsm.getBrakesBuilder()
                .setBrakePedal(told.accelMps2() < BRAKES_MPS2 ? PEDAL_PRESSED : PEDAL_RELEASED)
                .setAbs(actor.says(Saying.ABS_ACTIVE, t) ? 3 : 1)
                .setTraction(actor.says(Saying.TRACTION_LOST, t) ? 3 : 1)
                .setScs(actor.says(Saying.STABILITY_ACTIVE, t) ? 3 : 1);
        final VehicleSafetyExtension.Builder safety = bsm.getSafetyExtBuilder().setLights(0);
        int events = 0;
        for (final Saying saying : Saying.values()) {
            if (actor.says(saying, t)) {
                safety.setLights(safety.getLights() | saying.lights());
                events |= saying.events();
            }
        }
        if (events != 0) {
            safety.setEvents(events);
        }
        if (actor.says(Saying.SIREN, t)) {
            bsm.setEmergencyExt(VehicleEmergencyExtension.newBuilder()
                    .setResponseType(1)
                    .setSirenUse(2)
                    .setLightsUse(2));
        }
        return bsm.build();
    }

    Psm psm(final Actor actor, final Pose told, final int count, final long utcMs) {
        return Psm.newBuilder()
                .setMsgCnt(count & 127)
                .setId(id(actor.index()))
                .setSecMark(Messages.secMark(utcMs))
                .setPos(position(told, actor))
                .setSpeed(Messages.speed(told.speedMps()))
                .setHeading(Messages.heading(told.headingDeg()))
                .setOverallRadius(Messages.clamp(actor.kind().lengthMetres() * 5, 1, 200))
                .setNonMotor(NonMotorData.newBuilder()
                        .setBasicType(
                                actor.kind() == ActorKind.CYCLIST
                                        ? PersonalDeviceUserType.PERSONAL_DEVICE_USER_PEDALCYCLIST
                                        : PersonalDeviceUserType.PERSONAL_DEVICE_USER_PEDESTRIAN))
                .build();
    }

    RsmParticipant seen(final Actor actor, final Pose seen, final long utcMs) {
        final RsmParticipant.Builder participant = RsmParticipant.newBuilder()
                .setPtcType(actor.kind().type())
                .setPtcId(Playbill.FIRST_SEEN + actor.index())
                .setSource(SourceType.SOURCE_INTEGRATED)
                .setSecMark(Messages.secMark(utcMs))
                .setPos(position(seen, actor))
                .setSpeed(Messages.speed(seen.speedMps()))
                .setHeading(Messages.heading(seen.headingDeg()))
                .setSize(size(actor.kind()));
        if (actor.kind().vehicle()) {
            participant
                    .setAccel(acceleration(seen))
                    .setVehicleClass(VehicleClassification.newBuilder()
                            .setClassification(actor.kind().classification()));
        }
        return participant.build();
    }

    Rsm rsm(final int unit, final List<RsmParticipant> participants, final int count) {
        return Rsm.newBuilder()
                .setMsgCnt(count & 127)
                .setId(unitId(unit))
                .setRefPos(unitPosition(unit))
                .addAllParticipants(participants)
                .build();
    }

    /** What a unit tells of obstacles; numbered as those it sees. */
    Ssm ssm(final int unit, final List<Actor> obstacles, final List<Pose> seen, final int count, final long utcMs) {
        final Ssm.Builder ssm = Ssm.newBuilder()
                .setMsgCnt(count & 127)
                .setId(unitId(unit))
                .setEquipmentType(EquipmentType.EQUIPMENT_RSU)
                .setSecMark(Messages.secMark(utcMs))
                .setSensorPos(unitPosition(unit));
        for (int i = 0; i < obstacles.size(); i++) {
            final Actor obstacle = obstacles.get(i);
            ssm.addObstacles(DetectedObstacle.newBuilder()
                    .setObsTypeValue(obstacle.kind().classification())
                    .setObsId(Playbill.FIRST_SEEN + obstacle.index())
                    .setSource(SourceType.SOURCE_INTEGRATED)
                    .setSecMark(Messages.secMark(utcMs))
                    .setPos(position(seen.get(i), obstacle))
                    .setSpeed(Messages.speed(seen.get(i).speedMps()))
                    .setSize(ObjectSize.newBuilder()
                            .setWidth((int) Math.round(obstacle.kind().widthMetres() * 10))
                            .setLength((int) Math.round(obstacle.kind().lengthMetres() * 10))));
        }
        return ssm.build();
    }

    /** What a unit tells of events and signs at a time, or null. */
    @Nullable
    Rsi rsi(final int unit, final double t, final int count, final long utcMs) {
        final Rsi.Builder rsi = Rsi.newBuilder();
        for (final Notice notice : scene.notices()) {
            if (notice.unit() != unit || t < notice.fromS() || t >= notice.toS()) {
                continue;
            }
            final Position at = Messages.position(plane.latE7(notice.y()), plane.lonE7(notice.x()));
            if (notice.sign()) {
                rsi.addSigns(RoadSign.newBuilder()
                        .setSignId(notice.index())
                        .setSignType(notice.code())
                        .setPos(at)
                        .setDescription(notice.text())
                        .addAllReferencePaths(paths(notice)));
            } else {
                rsi.addEvents(RoadEvent.newBuilder()
                        .setEventId(notice.index())
                        .setEventType(notice.code())
                        .setPos(at)
                        .setRadius(Messages.clamp(notice.radiusMetres() * 10, 0, 65_535))
                        .setDescription(notice.text())
                        .addAllReferencePaths(paths(notice)));
            }
        }
        if (rsi.getEventsCount() + rsi.getSignsCount() == 0) {
            return null;
        }
        return rsi.setMsgCnt(count & 127)
                .setMoy(Messages.minuteOfYear(utcMs))
                .setId(unitId(unit))
                .setRefPos(unitPosition(unit))
                .build();
    }

    private List<ReferencePath> paths(final Notice notice) {
        if (notice.path().isEmpty()) {
            return List.of();
        }
        final ReferencePath.Builder path =
                ReferencePath.newBuilder().setPathRadius(Messages.clamp(notice.radiusMetres() * 10, 0, 65_535));
        notice.path()
                .forEach(point ->
                        path.addActivePath(Messages.position(plane.latE7(point.get(1)), plane.lonE7(point.get(0)))));
        return List.of(path.build());
    }

    ByteString id(final int actor) {
        return Messages.octets(idSeed + actor);
    }

    ByteString unitId(final int unit) {
        return Messages.octets(idSeed + 1_000 + unit);
    }

    Position unitPosition(final int unit) {
        final Unit at = scene.scenario().units().get(unit);
        return Messages.position(plane.latE7(at.y()), plane.lonE7(at.x()));
    }

    Position position(final Pose pose, final Actor actor) {
        return Messages.position(plane.latE7(pose.y()), plane.lonE7(pose.x())).toBuilder()
                .setElevation(Messages.ELEVATION_DM + (int) Math.round(actor.elevationMetres() * 10))
                .build();
    }

    private static Acceleration4Way.Builder acceleration(final Pose pose) {
        return Acceleration4Way.newBuilder().setLongitudinal(Messages.clamp(pose.accelMps2() * 100, -2_000, 2_000));
    }

    private static int lateral(final Pose pose) {
        return Messages.clamp(pose.speedMps() * Math.toRadians(pose.yawRateDegPerS()) * 100, -2_000, 2_000);
    }

    private static VehicleSize size(final ActorKind kind) {
        return VehicleSize.newBuilder()
                .setWidth(Messages.clamp(kind.widthMetres() * 100, 1, 1_023))
                .setLength(Messages.clamp(kind.lengthMetres() * 100, 1, 4_095))
                .setHeight(Messages.clamp(kind.heightMetres() * 20, 1, 127))
                .build();
    }
}
