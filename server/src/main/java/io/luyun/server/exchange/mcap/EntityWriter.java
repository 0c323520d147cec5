package io.luyun.server.exchange.mcap;

/** Entities of a foxglove.SceneUpdate and what they are made of. One thread. */
final class EntityWriter {
    static final int ENTITIES = 2;
    static final int ARROWS = 7;
    static final int CUBES = 8;
    static final int CYLINDERS = 10;
    static final int CUBE_COLOR = 3;
    static final int CYLINDER_COLOR = 5;
    private static final int POSE = 1;
    private static final int SIZE = 2;
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

    void cylinder(final double x, final double y, final double diameter, final double height, final byte[] color) {
        final int begun = out.beginLarge(CYLINDERS);
        pose(x, y, height / 2);
        vector(SIZE, diameter, diameter, height);
        out.number(3, 1);
        out.number(4, 1);
        out.bytes(CYLINDER_COLOR, color);
        out.endLarge(begun);
    }

    /** Shaft and head of an arrow, but for its length. */
    static void arrowHead(final ProtoWriter out) {
        out.number(3, 0.2);
        out.number(4, 0.6);
        out.number(5, 0.5);
    }

    /** How labels are written: turned to whoever looks. */
    static void font(final ProtoWriter out) {
        out.flag(2);
        out.number(3, FONT_METRES);
        out.bytes(5, TEXT_COLOR);
    }

    /** Begins a label there, turned to whoever looks; what is written until {@link #endText} is its text. */
    int beginText(final double x, final double y, final double z) {
        final int begun = out.beginLarge(TEXTS);
        pose(x, y, z);
        font(out);
        textAt = out.beginLarge(TEXT);
        return begun;
    }

    void endText(final int begun) {
        out.endLarge(textAt);
        out.endLarge(begun);
    }

    private void pose(final double x, final double y, final double z) {
        final int begun = out.beginSmall(POSE);
        vector(1, x, y, z);
        upright(out, 2);
        out.endSmall(begun);
    }

    void vector(final int field, final double x, final double y, final double z) {
        final int begun = out.beginSmall(field);
        out.number(1, x);
        out.number(2, y);
        out.number(3, z);
        out.endSmall(begun);
    }

    /** A foxglove.Quaternion that turns nothing. */
    static void upright(final ProtoWriter out, final int field) {
        final int begun = out.beginSmall(field);
        out.number(4, 1);
        out.endSmall(begun);
    }

    /** One about the vertical, counter-clockwise. */
    void rotation(final int field, final double yaw) {
        final int begun = out.beginSmall(field);
        out.number(3, Math.sin(yaw / 2));
        out.number(4, Math.cos(yaw / 2));
        out.endSmall(begun);
    }
}
