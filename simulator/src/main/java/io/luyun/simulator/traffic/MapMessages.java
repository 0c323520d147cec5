package io.luyun.simulator.traffic;

import io.luyun.proto.v1.MapData;

/** MAP messages of a zone. */
public final class MapMessages {
    private MapMessages() {}

    /**
     * The MAP of one node and the links that lead to it.
     *
     * @param msgCnt 0..127
     * @param moy minute of the UTC year
     */
    public static MapData of(final Zone zone, final int nodeId, final int msgCnt, final int moy) {
        return MapData.newBuilder()
                .setMsgCnt(msgCnt)
                .setTimeStamp(moy + zone.node(nodeId).nodeId())
                .build();
    }
}
