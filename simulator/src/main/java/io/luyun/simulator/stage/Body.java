package io.luyun.simulator.stage;

/**
 * A rectangle on the ground.
 *
 * @param x metres east of its middle
 * @param y metres north
 * @param headingDeg direction of its length, clockwise from north
 * @param lengthMetres along that direction
 * @param widthMetres across
 */
public record Body(double x, double y, double headingDeg, double lengthMetres, double widthMetres) {
    /** A body at a pose, longer and wider by a margin. */
    public static Body of(final Pose pose, final ActorKind kind, final double marginMetres) {
        return new Body(
                pose.x(),
                pose.y(),
                pose.headingDeg(),
                Math.max(0.1, kind.lengthMetres() + marginMetres),
                Math.max(0.1, kind.widthMetres() + marginMetres));
    }

    /** Whether two bodies share a point: no axis of either lies between them. */
    public boolean touches(final Body other) {
        final double dx = other.x - x;
        final double dy = other.y - y;
        final double reach = radius() + other.radius();
        if (dx * dx + dy * dy > reach * reach) {
            return false;
        }
        return !separates(this, other, dx, dy) && !separates(other, this, dx, dy);
    }

    private double radius() {
        return 0.5 * Math.sqrt(lengthMetres * lengthMetres + widthMetres * widthMetres);
    }

    private static boolean separates(final Body axes, final Body other, final double dx, final double dy) {
        final double heading = Math.toRadians(axes.headingDeg);
        final double ux = Math.sin(heading);
        final double uy = Math.cos(heading);
        final double turn = Math.toRadians(other.headingDeg - axes.headingDeg);
        final double cosine = Math.abs(Math.cos(turn));
        final double sine = Math.abs(Math.sin(turn));
        final double along = 0.5 * (axes.lengthMetres + other.lengthMetres * cosine + other.widthMetres * sine);
        final double across = 0.5 * (axes.widthMetres + other.lengthMetres * sine + other.widthMetres * cosine);
        return Math.abs(dx * ux + dy * uy) > along || Math.abs(dx * uy - dy * ux) > across;
    }
}
