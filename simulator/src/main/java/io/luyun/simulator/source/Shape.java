package io.luyun.simulator.source;

import io.luyun.server.research.RoadUserClass;

/**
 * How large a road user is, m.
 *
 * @param classification basic vehicle class; 0 for none
 */
record Shape(double length, double width, double height, int classification) {
    /** Those SUMO takes for the class of a vehicle whose type names no others. */
    static Shape of(final RoadUserClass type, final int classification) {
        return switch (type) {
            case TRUCK -> new Shape(7.1, 2.4, 2.4, classification);
            case BUS -> new Shape(12, 2.5, 3.4, classification);
            case MOTORCYCLE -> new Shape(2.2, 0.9, 1.5, classification);
            case BICYCLE -> new Shape(1.6, 0.65, 1.7, classification);
            case EMERGENCY_VEHICLE -> new Shape(6.5, 2.16, 2.86, classification);
            case PEDESTRIAN -> new Shape(0.215, 0.478, 1.719, classification);
            case PASSENGER_CAR, VEHICLE, ANIMAL, OBSTACLE, UNKNOWN -> new Shape(5, 1.8, 1.5, classification);
        };
    }
}
