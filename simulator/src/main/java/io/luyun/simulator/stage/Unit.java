package io.luyun.simulator.stage;

/**
 * A roadside unit of a scene.
 *
 * @param index place in the scenario
 * @param name unique in it
 * @param x metres east
 * @param y metres north
 */
public record Unit(int index, String name, double x, double y) implements Party {}
