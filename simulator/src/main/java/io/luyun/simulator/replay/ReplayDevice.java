package io.luyun.simulator.replay;

import io.luyun.proto.v1.Role;

/**
 * A device of the journal, as it is played. One object for each device.
 *
 * @param recordedId its id in the journal
 * @param id the id it is played as
 * @param role its role, as it said in the journal
 */
record ReplayDevice(String recordedId, String id, Role role) {}
