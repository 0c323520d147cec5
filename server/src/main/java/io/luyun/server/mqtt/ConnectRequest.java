package io.luyun.server.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * What a device asks for when it connects.
 *
 * @param version 4 or 5
 * @param clientId also the id of the device
 * @param user name of the user; empty where there is none
 * @param password password or token; empty where there is none
 * @param clean whether an earlier session is to be forgotten
 * @param sessionExpirySeconds how long the session is to outlive the connection; version 4: 0 or the longest
 * @param keepAliveSeconds 0 for none
 * @param receiveMaximum messages of quality 1 it takes at once
 * @param maxPacketBytes longest packet it takes
 * @param will what is to be kept when the connection breaks; null for nothing
 */
public record ConnectRequest(
        int version,
        String clientId,
        String user,
        String password,
        boolean clean,
        long sessionExpirySeconds,
        int keepAliveSeconds,
        int receiveMaximum,
        int maxPacketBytes,
        @Nullable Will will) {}
