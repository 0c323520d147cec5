package io.luyun.server.exchange.place;

import io.luyun.server.research.RoadUserClass;

/** SUMO's names of vehicle classes, where it has one for ours, and what the types in a file of SUMO tell of a class. */
final class SumoType {
    static final int NOT_TOLD = 0;

    private SumoType() {}

    /** What a vehicle is called in a file that we write. */
    static String name(final RoadUserClass type) {
        return switch (type) {
            case PASSENGER_CAR -> "passenger";
            case TRUCK -> "truck";
            case BUS -> "bus";
            case MOTORCYCLE -> "motorcycle";
            case BICYCLE -> "bicycle";
            case EMERGENCY_VEHICLE -> "emergency";
            case VEHICLE, UNKNOWN, PEDESTRIAN, ANIMAL, OBSTACLE -> "vehicle";
        };
    }

    /**
     * What a type says: one that is called like a class of SUMO's, as our files have it, or that ends in an underline and such a name,
     * as the tools that come with SUMO call theirs; of a distribution of types, what stands before the at sign. SUMO's own default types
     * are those of their classes. All others are VEHICLE.
     */
    static RoadUserClass of(final String type) {
        final int at = type.indexOf('@');
        final String plain = at < 0 ? type : type.substring(0, at);
        return switch (plain.substring(plain.lastIndexOf('_') + 1)) {
            case "passenger", "private", "hov", "taxi", "vip", "evehicle", "VEHTYPE", "TAXITYPE" ->
                RoadUserClass.PASSENGER_CAR;
            case "truck", "trailer", "delivery" -> RoadUserClass.TRUCK;
            case "bus", "coach" -> RoadUserClass.BUS;
            case "motorcycle", "moped" -> RoadUserClass.MOTORCYCLE;
            case "bicycle", "BIKETYPE" -> RoadUserClass.BICYCLE;
            case "emergency" -> RoadUserClass.EMERGENCY_VEHICLE;
            default -> RoadUserClass.VEHICLE;
        };
    }

    /** The BasicVehicleClass that says no more than this; NOT_TOLD where there is none. */
    static int classification(final RoadUserClass type) {
        return switch (type) {
            case PASSENGER_CAR -> 10;
            case TRUCK -> 25;
            case MOTORCYCLE -> 40;
            case BUS -> 50;
            case EMERGENCY_VEHICLE -> 60;
            case BICYCLE, VEHICLE, UNKNOWN, PEDESTRIAN, ANIMAL, OBSTACLE -> NOT_TOLD;
        };
    }
}
