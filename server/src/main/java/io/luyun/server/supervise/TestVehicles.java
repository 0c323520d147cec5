package io.luyun.server.supervise;

import static io.luyun.server.monitor.Settings.inRange;
import static io.luyun.server.monitor.Settings.require;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The test vehicles of a zone, as their file has them:
 *
 * <pre>
 * utcOffsetMinutes: 480          # local time, in which days and hours are
 * offlineSeconds: 10             # a silence so long, while it has a session, is one
 * lateMillis: 1000               # a message so much older than its receipt is late
 * movingMps: 1.0                 # slower is standing
 * harshBrakingMps2: 6.0
 * mode: {topic: "veh/*&#47;state", pointer: /driveMode, manual: ["1"], automated: ["2"], validSeconds: 10}
 * vehicles:
 *   - device: bus-07             # id in the registry
 *     plate: …                   # or permit.number alone: a temporary permit
 *     enterprise: …
 *     operator: …
 *     permit: {number: "T-17", from: 2026-01-01, to: 2026-12-31, fromHour: 7, toHour: 22}
 *     roads: [Ring East]         # as approved; where it may drive is judged by the zone file (OFF_APPROVED_ROAD)
 * </pre>
 *
 * @param rules by what all of them are judged
 * @param vehicles by device id, in the order of the file
 */
public record TestVehicles(Rules rules, Map<String, Vehicle> vehicles) {
    private static final ObjectReader READER = new ObjectMapper(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .readerFor(Root.class);
    private static final int DAY_HOURS = 24;

    public TestVehicles {
        vehicles = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(vehicles));
    }

    /** By what vehicles are judged. */
    public record Rules(
            int utcOffsetMinutes,
            double offlineSeconds,
            int lateMillis,
            double movingMps,
            double harshBrakingMps2,
            @Nullable ModeRule mode) {}

    /**
     * Where vehicles tell their driving mode.
     *
     * @param topic of their raw messages, with {@code *} for any characters
     * @param pointer JSON pointer of the value
     * @param manual values that mean that a person drives
     * @param automated values that mean that the vehicle does
     * @param validSeconds how long it holds
     */
    public record ModeRule(
            String topic, String pointer, List<String> manual, List<String> automated, double validSeconds) {
        public ModeRule {
            manual = List.copyOf(manual);
            automated = List.copyOf(automated);
        }
    }

    /** One of them; texts are empty where they are not told. */
    public record Vehicle(
            String device, String plate, String enterprise, String operator, Permit permit, List<String> roads) {
        public Vehicle {
            roads = List.copyOf(roads);
        }
    }

    /**
     * When it may drive; local days and hours.
     *
     * @param number empty where it is not told
     * @param from first day; null for any
     * @param to last day; null for any
     * @param fromHour hour from which
     * @param toHour hour up to which; below fromHour, that of the next day
     */
    public record Permit(
            String number,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            double fromHour,
            double toHour) {
        /** Whether it may drive at a local day and hour. */
        boolean allows(final LocalDate day, final double hour) {
            final boolean overnight = fromHour > toHour;
            // hours behind midnight are of the night that began the day before
            final LocalDate of = overnight && hour < toHour ? day.minusDays(1) : day;
            final boolean dayAllowed = (from == null || !of.isBefore(from)) && (to == null || !of.isAfter(to));
            return dayAllowed && (overnight ? hour >= fromHour || hour < toHour : hour >= fromHour && hour < toHour);
        }
    }

    private record Root(
            @Nullable Integer utcOffsetMinutes,
            @Nullable Double offlineSeconds,
            @Nullable Integer lateMillis,
            @Nullable Double movingMps,
            @Nullable Double harshBrakingMps2,
            @Nullable RootMode mode,
            @Nullable List<@Nullable RootVehicle> vehicles) {}

    private record RootMode(
            @Nullable String topic,
            @Nullable String pointer,
            @Nullable List<String> manual,
            @Nullable List<String> automated,
            @Nullable Double validSeconds) {}

    private record RootVehicle(
            @Nullable String device,
            @Nullable String plate,
            @Nullable String enterprise,
            @Nullable String operator,
            @Nullable RootPermit permit,
            @Nullable List<String> roads) {}

    private record RootPermit(
            @Nullable String number,
            @Nullable String from,
            @Nullable String to,
            @Nullable Double fromHour,
            @Nullable Double toHour) {}

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException one line with file, key, value and rule
     */
    public static TestVehicles read(final Path file) {
        try {
            final Root root = READER.readValue(file.toFile());
            require(root != null && root.vehicles() != null, "vehicles", "nothing", "must be a list");
            return of(Objects.requireNonNull(root));
        } catch (final JacksonException e) {
            final String where =
                    e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
            throw new IllegalArgumentException(
                    "test vehicles " + file + ": "
                            + e.getOriginalMessage().lines().findFirst().orElse("no YAML") + where,
                    e);
        } catch (final IOException e) {
            throw new IllegalArgumentException("test vehicles " + file + ": cannot be read: " + e.getMessage(), e);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("test vehicles " + file + ": " + e.getMessage(), e);
        }
    }

    private static TestVehicles of(final Root root) {
        final Rules rules = new Rules(
                (int) inRange("utcOffsetMinutes", (long) or(root.utcOffsetMinutes(), 480), -840, 840),
                inRange("offlineSeconds", or(root.offlineSeconds(), 10), 1, 3_600),
                (int) inRange("lateMillis", (long) or(root.lateMillis(), 1_000), 1, 29_999),
                inRange("movingMps", or(root.movingMps(), 1), 0.1, 50),
                inRange("harshBrakingMps2", or(root.harshBrakingMps2(), 6), 1, 20),
                mode(root.mode()));
        final Map<String, Vehicle> vehicles = new LinkedHashMap<>();
        int number = 0;
        for (final RootVehicle each : Objects.requireNonNull(root.vehicles())) {
            final String key = "vehicles[" + number++ + "]";
            require(each != null, key, "nothing", "must be a vehicle");
            final Vehicle vehicle = vehicle(key, Objects.requireNonNull(each));
            require(
                    vehicles.put(vehicle.device(), vehicle) == null,
                    key + ".device",
                    vehicle.device(),
                    "must stand there once");
        }
        return new TestVehicles(rules, vehicles);
    }

    private static @Nullable ModeRule mode(final @Nullable RootMode mode) {
        if (mode == null) {
            return null;
        }
        require(!text(mode.topic()).isEmpty(), "mode.topic", text(mode.topic()), "must be a topic");
        require(text(mode.pointer()).startsWith("/"), "mode.pointer", text(mode.pointer()), "must begin with /");
        final List<String> manual = mode.manual() == null ? List.of() : mode.manual();
        final List<String> automated = mode.automated() == null ? List.of() : mode.automated();
        require(!manual.isEmpty() && !automated.isEmpty(), "mode", mode, "must have values for manual and automated");
        for (final String value : manual) {
            require(!automated.contains(value), "mode.manual", value, "must not be in mode.automated too");
        }
        return new ModeRule(
                text(mode.topic()),
                text(mode.pointer()),
                manual,
                automated,
                inRange("mode.validSeconds", or(mode.validSeconds(), 10), 0.1, 86_400));
    }

    private static Vehicle vehicle(final String key, final RootVehicle given) {
        require(!text(given.device()).isBlank(), key + ".device", text(given.device()), "must be the id of a device");
        final RootPermit permit =
                given.permit() == null ? new RootPermit(null, null, null, null, null) : given.permit();
        final LocalDate from = day(key + ".permit.from", permit.from());
        final LocalDate to = day(key + ".permit.to", permit.to());
        require(
                from == null || to == null || !to.isBefore(from),
                key + ".permit.to",
                String.valueOf(to),
                "must not be before from, " + from);
        require(
                !text(given.plate()).isBlank() || !text(permit.number()).isBlank(),
                key + ".plate",
                "nothing",
                "must be a plate, or permit.number a permit's number");
        require(
                or(permit.fromHour(), 0) != or(permit.toHour(), DAY_HOURS),
                key + ".permit.toHour",
                or(permit.toHour(), DAY_HOURS),
                "must not be fromHour: that would be never; 0 to 24 is always");
        return new Vehicle(
                text(given.device()),
                text(given.plate()),
                text(given.enterprise()),
                text(given.operator()),
                new Permit(
                        text(permit.number()),
                        from,
                        to,
                        inRange(key + ".permit.fromHour", or(permit.fromHour(), 0), 0, DAY_HOURS),
                        inRange(key + ".permit.toHour", or(permit.toHour(), DAY_HOURS), 0, DAY_HOURS)),
                given.roads() == null ? List.of() : given.roads());
    }

    private static @Nullable LocalDate day(final String key, final @Nullable String given) {
        try {
            return given == null ? null : LocalDate.parse(given);
        } catch (final DateTimeException e) {
            throw new IllegalArgumentException(key + " = " + given + ": must be a day, for example 2026-01-31", e);
        }
    }

    private static String text(final @Nullable String given) {
        return given == null ? "" : given;
    }

    private static double or(final @Nullable Number given, final double otherwise) {
        return given == null ? otherwise : given.doubleValue();
    }
}
