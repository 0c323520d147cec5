package io.luyun.simulator.stage;

/** What a vehicle can say of itself beside its motion: lights, event flags, duty; numbers are bits of the message set. */
public enum Saying {
    LEFT_TURN(1 << 2, 0),
    RIGHT_TURN(1 << 3, 0),
    HAZARD_LIGHTS(1 << 4, 1),
    HARD_BRAKING(0, 1 << 7),
    ABS_ACTIVE(0, 1 << 2),
    TRACTION_LOST(0, 1 << 3),
    STABILITY_ACTIVE(0, 1 << 4),
    FLAT_TYRE(0, 1 << 10),
    DISABLED(0, 1 << 11),
    AIR_BAG(0, 1 << 12),
    SIREN(0, 0);

    private final int lights;
    private final int events;

    Saying(final int lights, final int events) {
        this.lights = lights;
        this.events = events;
    }

    int lights() {
        return lights;
    }

    int events() {
        return events;
    }
}
