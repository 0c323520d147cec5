package io.luyun.server.world;

import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.server.monitor.Counter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Traffic whose truth is known, on the drawn road of {@link Scene}: three lanes to the east that queue at a light and two
 * to the west, two thirds of the vehicles report themselves, and two roadside units see those near the node. All that
 * reaches the world is noisy, late, out of order and sometimes lost; ids change.
 */
public final class JunctionTraffic {
    /** How the messages differ from the truth. */
    public static final class Faults {
        /** White noise of each position seen, metres. */
        double noise = 1;

        /** Largest latency of a frame, 0 to this, milliseconds. */
        int latency = 400;

        /** What a unit's positions lag behind its stamps, milliseconds. */
        int lag;

        /** Length of a unit's displacement, metres. */
        double bias = 1.5;

        /** Part of the messages that is lost. */
        double loss = 0.03;

        /** Chance that a thing seen gets another number with a frame. */
        double churn = 0.005;

        /** Chance that a vehicle takes another temporary id with a report. */
        double rename = 0.003;

        /** Part of the sightings that carry the BSM id. */
        double hints;

        /** Part of the vehicles that report themselves. */
        double equipped = 0.67;

        /** Vehicles of a lane per kilometre. */
        int density = 25;

        /** What the stamps of the first unit are ahead, milliseconds. */
        int lead = 2_000;

        /** Sets what a unit lags. */
        public Faults lag(final int millis) {
            lag = millis;
            return this;
        }

        Faults hints(final double part) {
            hints = part;
            return this;
        }
    }

    /** One vehicle of the truth. */
    static final class Vehicle {
        final int device;
        final boolean equipped;
        final int lane;
        final double wishMps;
        final double biasX;
        final double biasY;
        double way;
        double mps;
        double mps2;
        long bsmId;
        long seenSinceNs = Long.MIN_VALUE;
        long seenAtNs;
        long participant;
        final double[] ways = new double[10];
        final double[] speeds = new double[10];

        Vehicle(final int device, final int lane, final double way, final boolean equipped, final Random random) {
            this.device = device;
            this.lane = lane;
            this.way = way;
            this.equipped = equipped;
            wishMps = 11 + random.nextDouble() * 5;
            mps = wishMps;
            biasX = random.nextGaussian() * 0.5;
            biasY = random.nextGaussian() * 0.5;
            bsmId = device;
        }

        double y() {
            return LANE_Y[lane];
        }

        boolean east() {
            return lane < EAST_LANES;
        }

        double x(final double along) {
            return east() ? along : 1_800 - along;
        }

        double heading() {
            return east() ? 90 : 270;
        }
    }

    private record Delivery(long atNs, long number, int device, Runnable message) {}

    private static final class Unit {
        final int device;
        final double west;
        final double east;
        final double biasX;
        final double biasY;
        final int leadMillis;
        final int lagSteps;
        final Map<Integer, Integer> numbers = new HashMap<>();
        final Map<Integer, Vehicle> vehicles = new HashMap<>();
        int number;

        Unit(
                final int device,
                final double west,
                final double east,
                final double bias,
                final double direction,
                final int leadMillis,
                final int lagMillis) {
            this.device = device;
            this.west = west;
            this.east = east;
            biasX = bias * StrictMath.cos(direction);
            biasY = bias * StrictMath.sin(direction);
            this.leadMillis = leadMillis;
            lagSteps = lagMillis / STEP_MILLIS;
        }
    }

    /** First device of the units; those of vehicles are less. */
    public static final int UNIT = 500;

    private static final int STEP_MILLIS = 100;
    private static final int EAST_LANES = 3;
    private static final double[] LANE_Y = {3.2, 0, -3.2, 13.6, 10.4};
    private static final double ROAD = 1_800;
    private static final double STOP_LINE = 990;
    private static final long SETTLE_NS = 1_500_000_000L;
    private static final long LINGER_NS = 2_600_000_000L;

    /** Where it happens. */
    public final Scene scene;

    private final Random random;
    private final Faults faults;
    private final List<Vehicle> vehicles = new ArrayList<>();
    private final List<Unit> units = new ArrayList<>();
    private final PriorityQueue<Delivery> onTheWay =
            new PriorityQueue<>(Comparator.comparingLong(Delivery::atNs).thenComparingLong(Delivery::number));
    private final Map<Long, Vehicle> owners = new HashMap<>();
    private long deliveries;
    private int steps;

    // what was found
    int wanted;
    int missed;
    int doubles;
    int ghosts;
    int switches;
    int mixed;
    int excess = Integer.MIN_VALUE;
    double squares;
    int placed;

    /** Traffic that drives through a scene. */
    public JunctionTraffic(final Scene scene, final Faults faults, final long seed) {
        this.scene = scene;
        this.faults = faults;
        random = new Random(seed);
        int device = 1;
        for (int lane = 0; lane < LANE_Y.length; lane++) {
            final double spacing = 1_000.0 / faults.density;
            for (double way = 20; way < ROAD - 100; way += spacing * (0.7 + 0.6 * random.nextDouble())) {
                vehicles.add(new Vehicle(device++, lane, way, random.nextDouble() < faults.equipped, random));
            }
        }
        final double turn = random.nextDouble() * Math.PI * 2;
        units.add(new Unit(UNIT, 850, 1_120, faults.bias, turn, faults.lead, faults.lag));
        units.add(new Unit(UNIT + 1, 920, 1_200, faults.bias, turn + 2, 0, 0));
    }

    /** Drives on for so many tenths of a second. */
    public void drive(final int tenths) {
        for (int i = 0; i < tenths; i++) {
            move();
            report();
            deliver();
            scene.tick();
            if (steps++ > 30) {
                judge();
            }
        }
    }

    private void move() {
        final boolean red = steps % 500 >= 150 && steps % 500 < 350;
        for (final Vehicle vehicle : vehicles) {
            double gap = 1e9;
            double frontMps = vehicle.wishMps;
            for (final Vehicle other : vehicles) {
                if (other.lane == vehicle.lane && other != vehicle) {
                    final double ahead =
                            Math.floorMod((long) ((other.way - vehicle.way) * 1e6), (long) (ROAD * 1e6)) * 1e-6;
                    if (ahead - 4.5 < gap) {
                        gap = ahead - 4.5;
                        frontMps = other.mps;
                    }
                }
            }
            if (red
                    && vehicle.east()
                    && vehicle.way < STOP_LINE
                    && STOP_LINE - vehicle.way < gap
                    && STOP_LINE - vehicle.way > vehicle.mps * vehicle.mps / 6) {
                gap = STOP_LINE - vehicle.way;
                frontMps = 0;
            }
            final double wish = 2.5 + 1.2 * vehicle.mps + vehicle.mps * (vehicle.mps - frontMps) / (2 * Math.sqrt(3.0));
            final double ratio = Math.max(0, wish) / Math.max(0.5, gap);
            vehicle.mps2 = Math.max(-5, 1.5 * (1 - StrictMath.pow(vehicle.mps / vehicle.wishMps, 4) - ratio * ratio));
        }
        for (final Vehicle vehicle : vehicles) {
            vehicle.mps = Math.max(0, vehicle.mps + vehicle.mps2 * 0.1);
            vehicle.way = (vehicle.way + vehicle.mps * 0.1) % ROAD;
            vehicle.ways[steps % 10] = vehicle.way;
            vehicle.speeds[steps % 10] = vehicle.mps;
        }
    }

    private double normal(final double sigma) {
        return random.nextGaussian() * sigma;
    }

    private void send(final int device, final Runnable message) {
        if (random.nextDouble() >= faults.loss) {
            final long late = (long) (random.nextDouble() * faults.latency * 1e6);
            onTheWay.add(new Delivery(scene.nowNs + late, deliveries++, device, message));
        }
    }

    private void report() {
        for (final Vehicle v : vehicles) {
            if (v.equipped) {
                if (random.nextDouble() < faults.rename) {
                    v.bsmId += 1_000;
                }
                final Bsm.Builder bsm = scene.car(
                                v.device,
                                v.x(v.way) + v.biasX + normal(0.4),
                                v.y() + v.biasY + normal(0.4),
                                v.heading() + normal(1),
                                Math.max(0, v.mps + normal(0.1)))
                        .setId(Scene.id(v.bsmId));
                send(v.device, () -> scene.bsm(v.device, bsm));
            }
        }
        for (final Unit unit : units) {
            final List<RsmParticipant.Builder> frame = new ArrayList<>();
            final int then = Math.max(0, steps - unit.lagSteps) % 10;
            for (final Vehicle v : vehicles) {
                final double x = v.x(v.ways[then]);
                if (x < unit.west || x > unit.east) {
                    unit.numbers.remove(v.device);
                    continue;
                }
                Integer number = unit.numbers.get(v.device);
                if (number == null || random.nextDouble() < faults.churn) {
                    number = ++unit.number;
                    unit.numbers.put(v.device, number);
                    unit.vehicles.put(number, v);
                }
                v.seenSinceNs = scene.nowNs - v.seenAtNs > LINGER_NS ? scene.nowNs : v.seenSinceNs;
                v.seenAtNs = scene.nowNs;
                final RsmParticipant.Builder seen = scene.seen(
                                number,
                                x + unit.biasX + normal(faults.noise),
                                v.y() + unit.biasY + normal(faults.noise),
                                v.heading() + normal(2),
                                Math.max(0, v.speeds[then] + normal(0.3)))
                        .setSecMark((scene.secMark() + unit.leadMillis) % 60_000);
                if (v.equipped && random.nextDouble() < faults.hints) {
                    seen.setId(Scene.id(v.bsmId));
                }
                frame.add(seen);
                if (frame.size() == 16) {
                    sendFrame(unit, frame);
                    frame.clear();
                }
            }
            if (!frame.isEmpty()) {
                sendFrame(unit, frame);
            }
        }
    }

    private void sendFrame(final Unit unit, final List<RsmParticipant.Builder> frame) {
        final RsmParticipant.Builder[] seen = frame.toArray(new RsmParticipant.Builder[0]);
        send(unit.device, () -> scene.rsm(unit.device, seen));
    }

    private void deliver() {
        final long end = scene.nowNs + STEP_MILLIS * 1_000_000L;
        for (Delivery next = onTheWay.peek(); next != null && next.atNs < end; next = onTheWay.peek()) {
            onTheWay.remove();
            scene.nowNs = next.atNs;
            next.message.run();
        }
        scene.nowNs = end;
    }

    /** The vehicle a participant is: the one that reports itself so, or that a unit sees under this number. */
    Vehicle truth(final Participant p) {
        if (p.device() >= 0 && p.device() < UNIT) {
            return vehicles.get(p.device() - 1);
        }
        return p.seenBy() < UNIT ? null : units.get(p.seenBy() - UNIT).vehicles.get(p.ptcId());
    }

    /** Number of the vehicle a participant is or was, or -1. */
    public int truthOf(final long participantId) {
        final Vehicle vehicle = owners.get(participantId);
        return vehicle == null ? -1 : vehicle.device;
    }

    private void judge() {
        final Map<Vehicle, List<Participant>> found = new HashMap<>();
        for (final Participant p : scene.participants()) {
            final Vehicle v = truth(p);
            if (v == null) {
                ghosts++;
                continue;
            }
            owners.put(p.id(), v);
            found.computeIfAbsent(v, key -> new ArrayList<>()).add(p);
            if (p.device() >= 0 && p.seenBy() >= UNIT) {
                final Vehicle seen = units.get(p.seenBy() - UNIT).vehicles.get(p.ptcId());
                mixed += seen == v ? 0 : 1;
            }
        }
        int mostWanted = 0;
        for (final Vehicle v : vehicles) {
            final List<Participant> is = found.getOrDefault(v, List.of());
            final boolean lately = v.equipped || scene.nowNs - v.seenAtNs <= LINGER_NS;
            final boolean now =
                    v.equipped || (v.seenAtNs > scene.nowNs - 200_000_000L && scene.nowNs - v.seenSinceNs > SETTLE_NS);
            mostWanted += lately ? 1 : 0;
            wanted += now ? 1 : 0;
            missed += now && is.isEmpty() ? 1 : 0;
            doubles += Math.max(0, is.size() - (lately ? 1 : 0));
            if (!is.isEmpty()) {
                switches += v.participant != 0
                                && is.stream().noneMatch(p -> p.id() == v.participant)
                                && lately
                                && v.seenSinceNs != scene.nowNs
                        ? 1
                        : 0;
                v.participant = is.get(0).id();
                final double dx = is.get(0).x() - v.x(v.way);
                if (Math.abs(dx) < 50) {
                    squares += dx * dx;
                    placed++;
                }
            } else if (!lately) {
                v.participant = 0;
            }
        }
        excess = Math.max(excess, scene.world.participants() - mostWanted);
    }

    /** One minus what is wrong for each vehicle and moment. */
    double accuracy() {
        return 1 - (double) (missed + doubles + ghosts + switches) / wanted;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "MOTA %.4f of %d: missed %d, doubles %d, ghosts %d, switches %d, mixed %d, excess %d, along %.2f m, late %d",
                accuracy(),
                wanted,
                missed,
                doubles,
                ghosts,
                switches,
                mixed,
                excess,
                Math.sqrt(squares / Math.max(1, placed)),
                scene.counters.get(Counter.WORLD_LATE));
    }
}
