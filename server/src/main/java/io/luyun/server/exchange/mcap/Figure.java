package io.luyun.server.exchange.mcap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A road user as an entity of the scene: a box or a cylinder, an arrow as long as it gets in a second, a label. All of one look are
 * the same octets but for some numbers, so that each is a copy in which these are set; writing field by field took twice as long.
 *
 * <pre>
 *   entity: time, lifetime, frame, box (pose, size, colour), arrow (pose, length, colour), label (pose, colour, text), id
 *           └───────────────────────────── copied ──────────────────────────────────────────────────┘ └─ appended ─┘
 * </pre>
 */
final class Figure {
    /** Road users report ten times a second; one that is silent for so long is taken away. */
    private static final long LIFETIME_NS = 1_000_000_000L;

    private static final int TEXTS = 13;
    private static final int TEXT = 6;
    private static final int ID = 3;
    private static final double ANY = 1;

    private final byte[] octets;
    /** Where the numbers stand: of the body x, y, z, sine, cosine, length, width, height; of the arrow six, of the label three. */
    private final int[] numbers;

    private final boolean round;
    private final boolean arrow;
    private final int entityLengthAt;
    private final int timeAt;
    private final int labelLengthAt;
    private final int textLengthAt;

    /**
     * A figure.
     *
     * @param round a cylinder, which has no direction
     * @param arrow whether it moves
     * @param color a message foxglove.Color
     */
    Figure(final boolean round, final boolean arrow, final byte[] color) {
        this.round = round;
        this.arrow = arrow;
        final Octets sample = new Octets(512);
        final ProtoWriter out = new ProtoWriter(sample);
        final List<Integer> places = new ArrayList<>();
        entityLengthAt = out.beginLarge(EntityWriter.ENTITIES);
        out.time(1, 0);
        timeAt = sample.length();
        out.time(4, LIFETIME_NS);
        out.text(2, Topics.frame());
        body(out, sample, places, color);
        if (arrow) {
            arrow(out, sample, places, color);
        }
        labelLengthAt = out.beginLarge(TEXTS);
        final int pose = out.beginSmall(1);
        vector(out, sample, places, 1);
        EntityWriter.upright(out, 2);
        out.endSmall(pose);
        EntityWriter.font(out);
        textLengthAt = out.beginLarge(TEXT);
        octets = Arrays.copyOf(sample.array(), sample.length());
        numbers = places.stream().mapToInt(Integer::intValue).toArray();
    }

    private void body(final ProtoWriter out, final Octets sample, final List<Integer> places, final byte[] color) {
        final int begun = out.beginLarge(round ? EntityWriter.CYLINDERS : EntityWriter.CUBES);
        pose(out, sample, places);
        vector(out, sample, places, 2);
        if (round) {
            out.number(3, 1);
            out.number(4, 1);
        }
        out.bytes(round ? EntityWriter.CYLINDER_COLOR : EntityWriter.CUBE_COLOR, color);
        out.endLarge(begun);
    }

    private static void arrow(
            final ProtoWriter out, final Octets sample, final List<Integer> places, final byte[] color) {
        final int begun = out.beginLarge(EntityWriter.ARROWS);
        pose(out, sample, places);
        number(out, sample, places, 2);
        EntityWriter.arrowHead(out);
        out.bytes(6, color);
        out.endLarge(begun);
    }

    private static void pose(final ProtoWriter out, final Octets sample, final List<Integer> places) {
        final int pose = out.beginSmall(1);
        vector(out, sample, places, 1);
        final int rotation = out.beginSmall(2);
        number(out, sample, places, 3);
        number(out, sample, places, 4);
        out.endSmall(rotation);
        out.endSmall(pose);
    }

    private static void vector(
            final ProtoWriter out, final Octets sample, final List<Integer> places, final int field) {
        final int begun = out.beginSmall(field);
        for (int axis = 1; axis <= 3; axis++) {
            number(out, sample, places, axis);
        }
        out.endSmall(begun);
    }

    private static void number(
            final ProtoWriter out, final Octets sample, final List<Integer> places, final int field) {
        out.number(field, ANY);
        places.add(sample.length() - Double.BYTES);
    }

    /**
     * Adds one to a scene.
     *
     * @param yaw counter-clockwise from the east
     * @param speed metres a second
     * @param label what is written above it
     */
    void write(
            final Octets scene,
            final long timeNs,
            final Octets id,
            final double x,
            final double y,
            final double yaw,
            final double length,
            final double width,
            final double height,
            final double speed,
            final Octets label) {
        final int at = scene.length();
        scene.bytes(octets);
        ProtoWriter.timeAt(scene, at + timeAt, timeNs);
        final double sine = coarse(Math.sin(yaw / 2));
        final double cosine = coarse(Math.cos(yaw / 2));
        int next = pose(scene, at, 0, x, y, height / 2, round ? 0 : sine, round ? 1 : cosine);
        next = vector(scene, at, next, length, width, height);
        if (arrow) {
            next = pose(scene, at, next, x, y, height, sine, cosine);
            scene.f64At(at + numbers[next++], speed);
        }
        vector(scene, at, next, x, y, height + 1);
        scene.bytes(label.array(), 0, label.length());
        ProtoWriter.largeLengthAt(scene, at + textLengthAt, label.length());
        ProtoWriter.largeLengthAt(scene, at + labelLengthAt, scene.length() - at - labelLengthAt - 2);
        ProtoWriter.bytes(scene, ID, id);
        ProtoWriter.largeLengthAt(scene, at + entityLengthAt, scene.length() - at - entityLengthAt - 2);
    }

    private int pose(
            final Octets scene,
            final int at,
            final int first,
            final double x,
            final double y,
            final double z,
            final double sine,
            final double cosine) {
        final int next = vector(scene, at, first, x, y, z);
        scene.f64At(at + numbers[next], sine);
        scene.f64At(at + numbers[next + 1], cosine);
        return next + 2;
    }

    private int vector(
            final Octets scene, final int at, final int first, final double x, final double y, final double z) {
        scene.f64At(at + numbers[first], x);
        scene.f64At(at + numbers[first + 1], y);
        scene.f64At(at + numbers[first + 2], z);
        return first + 3;
    }

    /** More digits than a picture needs do not compress. */
    private static double coarse(final double value) {
        return (float) value;
    }
}
