package io.luyun.simulator.stage;

/**
 * An event or sign that a roadside unit tells of in a scene. Immutable.
 *
 * @param index place in the scene; number of the event or sign in the unit's messages
 * @param sign whether it is a sign
 * @param code event or sign type
 * @param text description
 * @param x metres east
 * @param y metres north
 * @param radiusMetres area concerned
 * @param fromS when it begins
 * @param toS when it ends
 * @param unit place of the roadside unit
 */
public record Notice(
        int index,
        boolean sign,
        int code,
        String text,
        double x,
        double y,
        double radiusMetres,
        double fromS,
        double toS,
        int unit) {}
