package io.luyun.simulator.stage;

/** A roadside unit of a scene. */
public record Unit(String name, double x, double y) {}
