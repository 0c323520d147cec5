package io.luyun.server.exchange.mcap;

/** Entities of a foxglove.SceneUpdate and what they are made of. One thread. */
final class EntityWriter {
    private static final int ENTITIES = 2;
    private static final int POSE = 1;
    private static final int SIZE = 2;
    private static final int CUBE_COLOR = 3;
    private static final int CYLINDER_COLOR = 5;
    private static final int ARROWS = 7;
    private static final int CUBES = 8;
    private static final int CYLINDERS = 10;
    private static final int TEXTS = 13;
    private static final int TEXT = 6;
    private static final double FONT_METRES = 1.2;
    private static final byte[] TEXT_COLOR = Look.color(0xF4F4F4, 1);

    private final ProtoWriter out;
    private int textAt;

    EntityWriter(final ProtoWriter out) {
        this.out = out;
    }

    /** Begins one; answers what ends it. */
    int begin(final long timeNs, final String id, final long lifetimeNs) {
        final int begun = out.beginLarge(ENTITIES);
        out.time(1, timeNs);
        out.text(2, Topics.frame());
        out.text(3, id);
        out.time(4, lifetimeNs);
        return begun;
    }

    void end(final int begun) {
        out.endLarge(begun);
    }

    /** Deletes the one of this id. */
    void delete(final long timeNs, final String id) {
        final int begun = out.beginLarge(1);
        out.time(1, timeNs);
        out.text(3, id);
        out.endLarge(begun);
    }

    /** A box, its middle there. */
    void cube(
            final double x,
            final double y,
            final double yaw,
            final double length,
            final double width,
            final double height,
            final byte[] color) {
        final int begun = out.beginLarge(CUBES);
        pose(x, y, height / 2, yaw);
        vector(SIZE, length, width, height);
        out.bytes(CUBE_COLOR, color);
        out.endLarge(begun);
    }

    void cylinder(final double x, final double y, final double diameter, final double height, final byte[] color) {
        final int begun = out.beginLarge(CYLINDERS);
        pose(x, y, height / 2, 0);
        vector(SIZE, diameter, diameter, height);
        out.number(3, 1);
        out.number(4, 1);
        out.bytes(CYLINDER_COLOR, color);
        out.endLarge(begun);
    }

    /** Begins at that place and goes that way. */
    void arrow(
            final double x, final double y, final double z, final double yaw, final double length, final byte[] color) {
        final int begun = out.beginLarge(ARROWS);
        pose(x, y, z, yaw);
        out.number(2, length);
        out.number(3, 0.2);
        out.number(4, 0.6);
        out.number(5, 0.5);
        out.bytes(6, color);
        out.endLarge(begun);
    }

    /** Begins a label there, turned to whoever looks; what is written until {@link #endText} is its text. */
    int beginText(final double x, final double y, final double z) {
        final int begun = out.beginLarge(TEXTS);
        pose(x, y, z, 0);
        out.flag(2);
        out.number(3, FONT_METRES);
        out.bytes(5, TEXT_COLOR);
        textAt = out.beginLarge(TEXT);
        return begun;
    }

    void endText(final int begun) {
        out.endLarge(textAt);
        out.endLarge(begun);
    }

    /** A foxglove.Pose: angles counter-clockwise from the east. */
    private void pose(final double x, final double y, final double z, final double yaw) {
        final int begun = out.beginSmall(POSE);
        vector(1, x, y, z);
        rotation(2, yaw);
        out.endSmall(begun);
    }

    void vector(final int field, final double x, final double y, final double z) {
        final int begun = out.beginSmall(field);
        out.number(1, x);
        out.number(2, y);
        out.number(3, z);
        out.endSmall(begun);
    }

    /** A foxglove.Quaternion about the vertical. */
    void rotation(final int field, final double yaw) {
        final int begun = out.beginSmall(field);
        out.number(3, Math.sin(yaw / 2));
        out.number(4, Math.cos(yaw / 2));
        out.endSmall(begun);
    }
}
