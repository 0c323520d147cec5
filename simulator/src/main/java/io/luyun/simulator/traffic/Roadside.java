package io.luyun.simulator.traffic;

import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.Spat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One roadside unit over the traffic: what it perceives with noise, and what it knows of signals, events and the map.
 * Numbers its messages by itself. Owned by the thread that steps the traffic.
 */
public final class Roadside {
    private final Zone zone;
    private final Zone.Rsu rsu;
    private int msgCnt;

    /** The unit at a place of {@link Zone#rsus()}. */
    public Roadside(final Zone zone, final Traffic traffic, final int rsuIndex, final long seed) {
        this.zone = zone;
        this.rsu = zone.rsus().get(rsuIndex);
        this.msgCnt = (int) (seed & 127);
    }

    /** Which unit it is. */
    public Zone.Rsu rsu() {
        return rsu;
    }

    /** The 8 octets of its id, as one number. */
    public long id() {
        return rsu.node();
    }

    /** What it sees now, at most 16 participants in each message; empty when there is nothing. */
    public List<Rsm> rsm(final long utcMs) {
        return List.of(Rsm.newBuilder().setMsgCnt((int) (utcMs % 128)).build());
    }

    /** The signals of its node, or null when it has none. */
    public @Nullable Spat spat(final long utcMs) {
        return Spat.newBuilder().setMsgCnt((int) (utcMs % 128)).build();
    }

    /** Events and signs that hold now, or null when there are none. */
    public @Nullable Rsi rsi(final long utcMs) {
        return Rsi.newBuilder().setMsgCnt((int) (utcMs % 128)).build();
    }

    /** The map of its node. */
    public MapData map(final long utcMs) {
        msgCnt = (msgCnt + 1) & 127;
        return MapMessages.of(zone, rsu.node(), msgCnt, (int) (utcMs % 10));
    }
}
