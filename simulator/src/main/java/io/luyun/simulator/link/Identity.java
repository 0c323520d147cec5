package io.luyun.simulator.link;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who a client is towards the server.
 *
 * @param deviceId id as in the server's registry
 * @param role role the registry gives it
 * @param token token from the registry, or null where none is needed
 * @param bootEpoch any number this device has not used before; numbering starts at 1 in each
 * @param ackLevel when the server acknowledges
 */
public record Identity(String deviceId, Role role, @Nullable String token, long bootEpoch, AckLevel ackLevel) {}
