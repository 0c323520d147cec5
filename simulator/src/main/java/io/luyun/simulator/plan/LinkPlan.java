package io.luyun.simulator.plan;

import io.luyun.proto.v1.Role;

/**
 * What carries the messages of some of the devices. Shares of one role go by turns, so that every group is spread over all devices of the
 * role.
 *
 * @param role devices of this role
 * @param share share of these devices, of what earlier groups have left
 * @param carrier how their messages travel
 * @param faults what goes wrong
 */
public record LinkPlan(Role role, double share, Carrier carrier, Faults faults) {
    /** How messages travel. */
    public enum Carrier {
        /** Our own protocol over TCP. */
        NATIVE,
        /** MQTT 5, canonical messages, quality 1. */
        MQTT,
        /** UPER in datagrams, each frame in the envelope of a roadside unit. */
        UDP
    }

    /** Checks the ranges. */
    public LinkPlan {
        Range.check("share", share, 0, 1);
        if (carrier == Carrier.UDP && faults.spoiled() > 0) {
            throw new IllegalArgumentException(
                    "carrier udp: nothing answers, so what becomes of spoiled messages cannot be told");
        }
        if (carrier == Carrier.MQTT && faults.duplicates() > 0) {
            throw new IllegalArgumentException(
                    "carrier mqtt: at quality 1 what is published twice is two messages, so there are no duplicates");
        }
        if (carrier == Carrier.UDP && role != Role.ROLE_RSU) {
            throw new IllegalArgumentException("carrier udp: only roadside units send datagrams here; "
                    + "a bare frame is known by its address alone, and all of a simulation's devices have one address");
        }
    }
}
