package io.luyun.simulator.source;

import io.luyun.proto.v1.Acceleration4Way;
import io.luyun.proto.v1.NonMotorData;
import io.luyun.proto.v1.PersonalDeviceUserType;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Psm;
import io.luyun.simulator.traffic.Messages;

/** Says of somebody on foot or on a cycle what a device of theirs would. */
final class PersonWriter {
    /** A person's half metre and a cycle's whole one, as an import of such data has them. 0.1 m. */
    private static final int PERSON_RADIUS = 5;

    private static final int CYCLE_RADIUS = 10;

    private PersonWriter() {}

    static Psm psm(final RoadUser person, final long utcMs, final int msgCnt) {
        final boolean cycles = person.lengthM() > 1;
        final Position.Builder position = Messages.position(person.latE7(), person.lonE7()).toBuilder();
        if (person.elevationDm() != RoadUser.NOT_TOLD) {
            position.setElevation(person.elevationDm());
        }
        return Psm.newBuilder()
                .setMsgCnt(msgCnt & 127)
                .setId(Messages.octets(person.id()))
                .setSecMark(Messages.secMark(utcMs))
                .setPos(position)
                .setSpeed(Messages.speed(person.speedMps()))
                .setHeading(Messages.heading(person.headingDeg()))
                .setAccel(Acceleration4Way.newBuilder()
                        .setLongitudinal(Messages.clamp(person.accelMps2() * 100, -2_000, 2_000)))
                .setOverallRadius(cycles ? CYCLE_RADIUS : PERSON_RADIUS)
                .setNonMotor(NonMotorData.newBuilder()
                        .setBasicType(
                                cycles
                                        ? PersonalDeviceUserType.PERSONAL_DEVICE_USER_PEDALCYCLIST
                                        : PersonalDeviceUserType.PERSONAL_DEVICE_USER_PEDESTRIAN))
                .build();
    }
}
