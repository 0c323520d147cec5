package io.luyun.server.research;

import io.luyun.proto.codec.RoadUserReader;

/** What a road user is, coarse enough for tracks and pictures. */
public enum RoadUserClass {
    PASSENGER_CAR,
    TRUCK,
    BUS,
    MOTORCYCLE,
    BICYCLE,
    PEDESTRIAN,
    EMERGENCY_VEHICLE,
    /** A motor vehicle of which no more is told. */
    VEHICLE,
    ANIMAL,
    /** A thing on the road. */
    OBSTACLE,
    UNKNOWN;

    /**
     * By BasicVehicleClass: 10 to 19 passenger cars, 20 to 39 trucks, 40 to 49 motorcycles, 50 to 59 transit, 60 to 69 emergency
     * vehicles, 80 to 86 people and what they ride.
     */
    static RoadUserClass ofVehicle(final int classification) {
        return switch (classification / 10) {
            case 1 -> PASSENGER_CAR;
            case 2, 3 -> TRUCK;
            case 4 -> MOTORCYCLE;
            case 5 -> BUS;
            case 6 -> EMERGENCY_VEHICLE;
            default -> VEHICLE;
        };
    }

    /** By ParticipantType: 1 motor, 2 non-motor, 3 pedestrian; what a motor vehicle is by its classification. */
    static RoadUserClass ofParticipant(final int type, final int classification) {
        return switch (type) {
            case 1 -> classification == RoadUserReader.ABSENT ? VEHICLE : ofVehicle(classification);
            case 2 -> BICYCLE;
            case 3 -> PEDESTRIAN;
            default -> UNKNOWN;
        };
    }

    /** By PersonalDeviceUserType: 2 on a cycle, 4 an animal, else on foot. */
    static RoadUserClass ofPerson(final int type) {
        return switch (type) {
            case 2 -> BICYCLE;
            case 4 -> ANIMAL;
            default -> PEDESTRIAN;
        };
    }
}
