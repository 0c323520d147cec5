package io.luyun.server.session;

import io.luyun.proto.v1.Role;
import java.util.Map;

/**
 * A device as the registry and its session have it.
 *
 * @param id of the device; ending in {@code *} for an entry that stands for all whose ids begin alike
 * @param online whether it has a session
 * @param sinceNs when the session began, ns since 1970; 0 for none
 * @param remote address and port it comes from, or its last datagram came from; empty where that is not known
 * @param protocol {@code luyun}, {@code mqtt} or {@code udp}; empty for none
 * @param messages taken in this session, by the number of their kind
 * @param gaps messages missing in its numbering, or in the counters of messages that come in datagrams
 * @param refused what was refused, by reason
 * @param clockAheadMillis how far its clock was ahead when its last message came
 * @param lastAtNs when that was, ns since 1970; 0 for none
 * @param certificateUntilMillis when its certificate ends, ms since 1970; 0 where it has shown none
 */
@SuppressWarnings("ArrayRecordComponent") // a copy, never compared
public record DeviceView(
        String id,
        Role role,
        boolean online,
        long sinceNs,
        String remote,
        String protocol,
        long[] messages,
        long gaps,
        Map<String, Long> refused,
        long clockAheadMillis,
        long lastAtNs,
        long certificateUntilMillis) {}
