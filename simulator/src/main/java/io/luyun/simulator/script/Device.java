package io.luyun.simulator.script;

import io.luyun.proto.v1.Role;

/**
 * Who sends.
 *
 * @param id id in the server's registry
 * @param role role the registry gives it
 */
public record Device(String id, Role role) {}
