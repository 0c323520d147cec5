package io.luyun.server.tools;

import io.luyun.proto.v1.AlertKind;
import io.luyun.server.research.Area;
import io.luyun.server.research.AreaFile;
import io.luyun.server.research.Content;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which records are chosen for what they say. */
final class ContentOptions {
    private static final String ALERT_PREFIX = "ALERT_KIND_";
    private static final int BOX_NUMBERS = 4;
    private static final double UNITS_A_DEGREE = 1e7;
    private static final int MOST_LATITUDE = 90;
    private static final int MOST_LONGITUDE = 180;

    @Option(
            names = "--participant",
            split = ",",
            paramLabel = "ID",
            description =
                    "Only what tells of these road users: the device of one that reports itself, UNIT/17 for one that is seen"
                            + " (UNIT/obstacle-17), with * and ?, or a temporary id of 16 hexadecimal digits.")
    private List<String> participants = List.of();

    @Option(
            names = "--unit",
            split = ",",
            paramLabel = "ID",
            description =
                    "Only records of these roadside units, and alerts of what they see, report or are; with * and ?.")
    private List<String> units = List.of();

    @Option(names = "--box", paramLabel = "SOUTH,WEST,NORTH,EAST", description = "Only what is within, in degrees.")
    private List<String> boxes = List.of();

    @Option(
            names = "--polygon",
            paramLabel = "FILE",
            description = "Only what is within the polygons of a GeoJSON file.")
    private List<Path> polygons = List.of();

    @Option(
            names = "--alert",
            split = ",",
            paramLabel = "ID",
            description = "Only these alerts, with all their steps, and the records that caused them.")
    private List<String> alertIds = List.of();

    @Option(
            names = "--alert-kind",
            split = ",",
            paramLabel = "KIND",
            description = "Only alerts of these kinds (FCW), and the records that caused them.")
    private List<String> alertKinds = List.of();

    /**
     * What was chosen.
     *
     * @throws IllegalArgumentException with option, value and rule
     */
    Content content() {
        return new Content(participants, areas(), units, alertIds(), alertKinds());
    }

    private List<Area> areas() {
        final List<Area> areas = new ArrayList<>();
        if (!boxes.isEmpty()) {
            areas.add(Area.anyOf(boxes.stream().map(ContentOptions::box).toList()));
        }
        if (!polygons.isEmpty()) {
            areas.add(Area.anyOf(polygons.stream().map(ContentOptions::polygon).toList()));
        }
        return areas;
    }

    private static Area box(final String given) {
        final String[] numbers = given.split(",", -1);
        try {
            if (numbers.length == BOX_NUMBERS) {
                return Area.box(
                        units(numbers[0], MOST_LATITUDE),
                        units(numbers[1], MOST_LONGITUDE),
                        units(numbers[2], MOST_LATITUDE),
                        units(numbers[3], MOST_LONGITUDE));
            }
        } catch (final IllegalArgumentException e) {
            throw boxRule(given, e);
        }
        throw boxRule(given, null);
    }

    private static IllegalArgumentException boxRule(final String given, final @Nullable Exception cause) {
        return new IllegalArgumentException(
                "--box " + given + ": must be SOUTH,WEST,NORTH,EAST in degrees, south below north and west below east",
                cause);
    }

    private static int units(final String degrees, final int most) {
        final double number = Double.parseDouble(degrees);
        if (!(Math.abs(number) <= most)) {
            throw new IllegalArgumentException("more than " + most + " degrees");
        }
        return (int) Math.round(number * UNITS_A_DEGREE);
    }

    private static Area polygon(final Path file) {
        try {
            return AreaFile.read(file);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("--polygon " + file + ": " + e.getMessage(), e);
        }
    }

    private Set<Long> alertIds() {
        final Set<Long> ids = new HashSet<>();
        for (final String id : alertIds) {
            try {
                ids.add(Long.parseUnsignedLong(id));
            } catch (final NumberFormatException e) {
                throw new IllegalArgumentException(
                        "--alert " + id + ": must be the number of an alert, its alert_id", e);
            }
        }
        return ids;
    }

    private Set<Integer> alertKinds() {
        final Set<Integer> kinds = new HashSet<>();
        for (final String name : alertKinds) {
            kinds.add(Arrays.stream(AlertKind.values())
                    .filter(kind -> named(kind) && name(kind).equals(name.toUpperCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("--alert-kind " + name + ": must be one of "
                            + Arrays.stream(AlertKind.values())
                                    .filter(ContentOptions::named)
                                    .map(ContentOptions::name)
                                    .collect(Collectors.joining(", "))))
                    .getNumber());
        }
        return kinds;
    }

    private static boolean named(final AlertKind kind) {
        return kind != AlertKind.UNRECOGNIZED && kind != AlertKind.ALERT_KIND_UNSPECIFIED;
    }

    private static String name(final AlertKind kind) {
        return kind.name().substring(ALERT_PREFIX.length());
    }
}
