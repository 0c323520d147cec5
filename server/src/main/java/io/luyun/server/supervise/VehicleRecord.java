package io.luyun.server.supervise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.proto.codec.BsmReader;
import io.luyun.server.research.RoadUsers;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What is known of one test vehicle: how it is now, and its figures of the days that are not kept elsewhere yet. Time between two messages
 * is by the vehicle's own clock, days are those of their receipt. One thread.
 */
final class VehicleRecord {
    private static final int HARD_BRAKING = 1 << 7;
    private static final int FAILED = 1 << 11 | 1 << 12;
    private static final double SPEED_UNIT = 0.02;
    private static final double ACCELERATION_UNIT = 0.01;
    private static final double NANOS = 1e9;
    private static final long NANOS_A_MILLI = 1_000_000L;
    /** Braking is another time when so long none was harsh; a drive is one when so long none was outside. */
    private static final long AGAIN_BRAKING_NS = TimeUnit.SECONDS.toNanos(3);

    private static final long AGAIN_OUTSIDE_NS = TimeUnit.SECONDS.toNanos(60);

    private final TestVehicles.Vehicle vehicle;
    private final TestVehicles.Rules rules;
    private final SortedMap<LocalDate, DayFigures> days = new TreeMap<>();
    private final Moments moments = new Moments();
    private boolean session;
    private long receivedAtNs;
    private long atNs;
    private int latE7;
    private int lonE7;
    private double speedMps = Double.NaN;
    private Mode mode = Mode.UNKNOWN;
    private long modeAtNs;
    private long harshAtNs;
    private long outsideAtNs;
    private boolean failed;

    VehicleRecord(final TestVehicles.Vehicle vehicle, final TestVehicles.Rules rules) {
        this.vehicle = vehicle;
        this.rules = rules;
    }

    TestVehicles.Vehicle vehicle() {
        return vehicle;
    }

    /** Figures by local day. */
    SortedMap<LocalDate, DayFigures> days() {
        return days;
    }

    private LocalDateTime local(final long ns) {
        final long at = ns + TimeUnit.MINUTES.toNanos(rules.utcOffsetMinutes());
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(at, 1_000_000_000L), (int) Math.floorMod(at, 1_000_000_000L), ZoneOffset.UTC);
    }

    DayFigures day(final long ns) {
        return days.computeIfAbsent(local(ns).toLocalDate(), _ -> new DayFigures());
    }

    /** Counts what people want to look at again. */
    void happened(final DayFigures.Count what, final long ns) {
        day(ns).add(what);
        moments.add(what, ns, latE7, lonE7);
    }

    void onSession(final boolean open) {
        session = open;
        if (!open) {
            receivedAtNs = 0;
        }
    }

    /** The server was not there: what is between tells nothing of the vehicle. */
    void onServerStarted() {
        onSession(false);
    }

    void onMode(final Mode told, final long toldAtNs, final VehicleEvents events) {
        final Mode before = modeAt(toldAtNs);
        mode = told;
        modeAtNs = toldAtNs;
        if (before == Mode.AUTOMATED && told == Mode.MANUAL && moving() && heardWithinOffline(toldAtNs)) {
            happened(DayFigures.Count.TAKEOVERS, toldAtNs);
            events.on(VehicleEvents.What.TAKEOVER, vehicle.device(), toldAtNs, latE7, lonE7);
        }
    }

    /** What it said of its speed long ago tells nothing of now. */
    private boolean heardWithinOffline(final long ns) {
        return receivedAtNs != 0 && (ns - receivedAtNs) / NANOS <= rules.offlineSeconds();
    }

    private boolean moving() {
        return speedMps >= rules.movingMps();
    }

    Mode modeAt(final long ns) {
        final TestVehicles.ModeRule rule = rules.mode();
        return rule == null || ns - modeAtNs > rule.validSeconds() * NANOS ? Mode.UNKNOWN : mode;
    }

    void onBsm(final BsmReader bsm, final long nowNs, final VehicleEvents events) {
        final DayFigures day = day(nowNs);
        day.add(DayFigures.Count.MESSAGES);
        final long deviceNs = bsm.secMark() == BsmReader.ABSENT ? nowNs : RoadUsers.atNs(nowNs, bsm.secMark());
        if (nowNs - deviceNs > rules.lateMillis() * NANOS_A_MILLI) {
            day.add(DayFigures.Count.LATE_MESSAGES);
        }
        final double speed = bsm.speed() == BsmReader.ABSENT ? Double.NaN : bsm.speed() * SPEED_UNIT;
        way(day, deviceNs, nowNs, speed);
        session = true;
        receivedAtNs = nowNs;
        if (deviceNs >= atNs) {
            atNs = deviceNs;
            speedMps = speed;
            latE7 = bsm.latE7() == BsmReader.ABSENT ? latE7 : bsm.latE7();
            lonE7 = bsm.lonE7() == BsmReader.ABSENT ? lonE7 : bsm.lonE7();
        }
        permit(nowNs);
        braking(bsm, nowNs);
        final boolean fails = bsm.events() != BsmReader.ABSENT && (bsm.events() & FAILED) != 0;
        if (fails && !failed) {
            happened(DayFigures.Count.FAILURES, nowNs);
            events.on(VehicleEvents.What.FAILURE, vehicle.device(), nowNs, latE7, lonE7);
        }
        failed = fails;
    }

    /** By the speeds told rather than by places, which wander while it stands. */
    private void way(final DayFigures day, final long deviceNs, final long nowNs, final double speed) {
        if (receivedAtNs == 0) {
            return;
        }
        final double silent = (nowNs - receivedAtNs) / NANOS;
        if (silent > rules.offlineSeconds()) {
            if (session) {
                day.offline(silent);
            }
            return;
        }
        final double time = (deviceNs - atNs) / NANOS;
        if (time > 0 && time <= rules.offlineSeconds()) {
            final double mean = Double.isNaN(speed) || Double.isNaN(speedMps)
                    ? (Double.isNaN(speed) ? speedMps : speed)
                    : (speed + speedMps) / 2;
            day.drove(modeAt(nowNs), Double.isNaN(mean) ? 0 : mean * time, time, mean >= rules.movingMps());
        }
    }

    private void permit(final long nowNs) {
        if (!moving()) {
            return;
        }
        final LocalDateTime local = local(nowNs);
        final double hour = local.toLocalTime().toNanoOfDay() / (3_600 * NANOS);
        if (!vehicle.permit().allows(local.toLocalDate(), hour)) {
            if (outsideAtNs == 0 || nowNs - outsideAtNs > AGAIN_OUTSIDE_NS) {
                happened(DayFigures.Count.OUTSIDE_PERMIT, nowNs);
            }
            outsideAtNs = nowNs;
        }
    }

    private void braking(final BsmReader bsm, final long nowNs) {
        final boolean harsh = (bsm.events() != BsmReader.ABSENT && (bsm.events() & HARD_BRAKING) != 0)
                || (bsm.accelLongitudinal() != BsmReader.ABSENT
                        && bsm.accelLongitudinal() * ACCELERATION_UNIT <= -rules.harshBrakingMps2());
        if (harsh) {
            if (harshAtNs == 0 || nowNs - harshAtNs > AGAIN_BRAKING_NS) {
                happened(DayFigures.Count.HARSH_BRAKINGS, nowNs);
            }
            harshAtNs = nowNs;
        }
    }

    /** How it is now. */
    void tell(final ObjectNode node, final long nowNs) {
        node.put("online", heardWithinOffline(nowNs));
        node.put("mode", modeAt(nowNs).name());
        if (atNs != 0) {
            node.put("at", VehicleTimes.text(atNs));
            node.put("lat", latE7 / 1e7).put("lon", lonE7 / 1e7);
        }
        if (!Double.isNaN(speedMps)) {
            node.put("speedMps", Math.rint(speedMps * 100) / 100);
        }
        node.put("permitted", permitted(nowNs));
        moments.tell(node.putArray("moments"));
    }

    private boolean permitted(final long nowNs) {
        final LocalDateTime local = local(nowNs);
        return vehicle.permit().allows(local.toLocalDate(), local.toLocalTime().toNanoOfDay() / (3_600 * NANOS));
    }

    /** All that has to be kept for going on behind a restart. */
    ObjectNode keep(final ObjectNode node) {
        node.put("session", session).put("receivedAtNs", receivedAtNs).put("atNs", atNs);
        node.put("latE7", latE7).put("lonE7", lonE7).put("speedMps", speedMps);
        node.put("mode", mode.name()).put("modeAtNs", modeAtNs);
        node.put("harshAtNs", harshAtNs).put("outsideAtNs", outsideAtNs).put("failed", failed);
        moments.keep(node.putArray("moments"));
        final ObjectNode kept = node.putObject("days");
        days.forEach((day, figures) -> kept.set(day.toString(), figures.json()));
        return node;
    }

    void restore(final JsonNode node) {
        session = node.path("session").asBoolean();
        receivedAtNs = node.path("receivedAtNs").asLong();
        atNs = node.path("atNs").asLong();
        latE7 = node.path("latE7").asInt();
        lonE7 = node.path("lonE7").asInt();
        speedMps = node.path("speedMps").isNumber() ? node.path("speedMps").asDouble() : Double.NaN;
        mode = Mode.valueOf(node.path("mode").asText(Mode.UNKNOWN.name()));
        modeAtNs = node.path("modeAtNs").asLong();
        harshAtNs = node.path("harshAtNs").asLong();
        outsideAtNs = node.path("outsideAtNs").asLong();
        failed = node.path("failed").asBoolean();
        moments.restore(node.path("moments"));
        for (final Map.Entry<String, JsonNode> day : node.path("days").properties()) {
            days.put(LocalDate.parse(day.getKey()), DayFigures.of(day.getValue()));
        }
    }
}
