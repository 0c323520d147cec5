package io.luyun.simulator.traffic;

import io.luyun.proto.v1.Bsm;

/** Says of a simulated vehicle what its on-board unit would. One instance a thread; it reuses its builders. */
public final class BsmWriter {
    /** The message of a vehicle at a time, ms since 1970 UTC; msgCnt is taken modulo 128. */
    public Bsm bsm(final VehicleView vehicle, final long utcMs, final int msgCnt) {
        return Bsm.newBuilder()
                .setMsgCnt(msgCnt & 127)
                .setSecMark((int) (utcMs % 60_000))
                .setSpeed((int) Math.round(vehicle.speedMps() * 50))
                .build();
    }
}
