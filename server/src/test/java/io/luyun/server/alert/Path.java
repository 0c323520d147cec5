package io.luyun.server.alert;

/** A line a vehicle of a test drives along. */
public final class Path {
    private final double[] points;

    /** Through x, y, x, y and so on, metres. */
    public Path(final double... points) {
        this.points = points.clone();
    }

    /** Puts a vehicle so many metres along it; beyond its ends it goes straight on. */
    public void place(final double along, final Drive.Car car) {
        double begin = 0;
        for (int i = 0; ; i += 2) {
            final double dx = points[i + 2] - points[i];
            final double dy = points[i + 3] - points[i + 1];
            final double length = Math.hypot(dx, dy);
            if (along <= begin + length || i + 6 > points.length) {
                final double f = (along - begin) / length;
                car.x = points[i] + f * dx;
                car.y = points[i + 1] + f * dy;
                car.headingDeg = (Math.toDegrees(Math.atan2(dx, dy)) + 360) % 360;
                return;
            }
            begin += length;
        }
    }
}
