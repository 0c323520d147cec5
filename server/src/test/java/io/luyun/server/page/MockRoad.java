package io.luyun.server.page;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Vehicles that drive through the town for ever, and the binary frames that tell of them. */
final class MockRoad {
    /** A name that must stay text. */
    static final String HOSTILE = "<script>document.title='taken'</script>";

    private static final int HEADER = 24;
    private static final int ROW = 36;
    private static final int[] CLASSES = {
        10, 10, 10, 10, 10, 10, 10, 10, 20, 20, 25, 25, 30, 40, 50, 50, 10, 10, 10, 10, 10, 10, 10, 10, 60
    };
    private static final double[] HEADINGS = {90, 0, 270, 180};
    private static final long FIRST_ID = 1_000_000L;
    /** In a replay everybody has another number, as at the real server. */
    static final long REPLAY_IDS = 5_000_000L;

    final List<Vehicle> vehicles = new ArrayList<>();
    private final MockZone zone;
    private final Random random = new Random(7);

    /** One that drives. */
    static final class Vehicle {
        final long id;
        final int index;
        final double speedMps;
        private final int vehicleClass;
        private final double side;
        private MockZone.Link link;
        private double way;

        Vehicle(final int index, final MockZone.Link link, final Random random) {
            this.index = index;
            this.link = link;
            id = FIRST_ID + index;
            way = random.nextDouble() * link.length();
            speedMps = 6 + random.nextDouble() * 11;
            vehicleClass = CLASSES[random.nextInt(CLASSES.length)];
            side = (random.nextInt(3) - 1) * 3.5;
        }

        double x() {
            return link.x0() + (link.x1() - link.x0()) * way / link.length() + side * Math.cos(angle());
        }

        double y() {
            return link.y0() + (link.y1() - link.y0()) * way / link.length() - side * Math.sin(angle());
        }

        double lat() {
            return MockZone.lat(y());
        }

        double lon() {
            return MockZone.lon(x());
        }

        double headingDeg() {
            return HEADINGS[link.direction()];
        }

        String device() {
            return index == 0 ? HOSTILE : String.format("veh-%04d", index);
        }

        private double angle() {
            return Math.toRadians(headingDeg());
        }
    }

    MockRoad(final MockZone zone, final int count) {
        this.zone = zone;
        for (int i = 0; i < count; i++) {
            vehicles.add(new Vehicle(i, zone.links.get(random.nextInt(zone.links.size())), random));
        }
    }

    void drive(final double seconds) {
        for (final Vehicle one : vehicles) {
            one.way += one.speedMps * seconds;
            if (one.way > one.link.length()) {
                final List<MockZone.Link> next = zone.next(one.link);
                one.way -= one.link.length();
                one.link = next.get(random.nextInt(next.size()));
            }
        }
    }

    /** All of them as one frame of the contract; each id is moved by so much. */
    byte[] frame(final long timeNs, final boolean snapshot, final long idsBy) {
        final ByteBuffer frame =
                ByteBuffer.allocate(HEADER + ROW * vehicles.size()).order(ByteOrder.LITTLE_ENDIAN);
        frame.put((byte) 1).put((byte) (snapshot ? 1 : 0)).putShort((short) 0);
        frame.putInt(vehicles.size()).putLong(timeNs).putInt(e7(MockZone.LAT)).putInt(e7(MockZone.LON));
        vehicles.forEach(one -> row(frame, one, idsBy));
        return frame.array();
    }

    private static void row(final ByteBuffer frame, final Vehicle one, final long idsBy) {
        final boolean person = one.index % 40 == 7;
        final boolean seenOnly = one.index % 9 == 4;
        frame.putLong(one.id + idsBy).putInt(e7(one.lat())).putInt(e7(one.lon()));
        frame.putShort((short) (one.speedMps / 0.02)).putShort((short) (one.headingDeg() / 0.0125));
        frame.put((byte) (person ? 3 : one.index % 40 == 8 ? 2 : 1)).put((byte) (person ? 0 : one.vehicleClass));
        frame.put((byte) (one.index % 3)).put((byte) flags(one, seenOnly));
        frame.putInt(seenOnly ? -1 : one.index).putInt(seenOnly ? 0 : -1).putInt(40 + one.index % 60);
    }

    private static int flags(final Vehicle one, final boolean seenOnly) {
        return (seenOnly ? 2 : 1) | (one.vehicleClass == 60 ? 16 : 0) | (one.index % 97 == 3 ? 32 : 0);
    }

    private static int e7(final double degrees) {
        return (int) Math.round(degrees * 1e7);
    }
}
