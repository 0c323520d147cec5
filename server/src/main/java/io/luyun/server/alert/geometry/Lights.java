package io.luyun.server.alert.geometry;

/** Bits of ExteriorLights. */
public final class Lights {
    public static final int LEFT_TURN = 1 << 2;
    public static final int RIGHT_TURN = 1 << 3;
    public static final int HAZARD = 1 << 4;
    /** Either turn signal: one of them alone says where to. */
    public static final int TURN = LEFT_TURN | RIGHT_TURN;

    private Lights() {}
}
