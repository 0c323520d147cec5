package io.luyun.server.alert.vehicle;

/** Bits of VehicleEventFlags. */
final class Events {
    static final int HAZARD_LIGHTS = 1;
    static final int ABS = 1 << 2;
    static final int TRACTION_LOSS = 1 << 3;
    static final int STABILITY_CONTROL = 1 << 4;
    static final int FLAT_TYRE = 1 << 10;
    static final int DISABLED = 1 << 11;
    static final int AIRBAG = 1 << 12;

    private Events() {}
}
