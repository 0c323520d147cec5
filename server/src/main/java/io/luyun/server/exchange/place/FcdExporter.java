package io.luyun.server.exchange.place;

import io.luyun.proto.codec.RoadUserReader;
import io.luyun.server.exchange.Exporter;
import io.luyun.server.research.Records;
import io.luyun.server.research.RoadUserClass;
import io.luyun.server.research.RoadUsers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Floating car data as SUMO writes them with {@code --fcd-output.geo}: time steps with the vehicles and persons in each, x the longitude
 * and y the latitude. A step has the last that each road user tells within it; its time is that of its beginning, counted from the first
 * step, whose own time stands in a comment.
 *
 * <p>Messages come in the order of their receive times, steps go by the clocks of the devices; a step is written when what comes can no
 * longer be of it. A device whose clock is further off than that is taken by its receive time.
 */
public final class FcdExporter implements Exporter {
    /** How far a device's clock, with the way of its messages, may be from the server's. */
    private static final long WINDOW_NS = 2_000_000_000L;

    private static final int ABSENT = RoadUserReader.ABSENT;
    private static final int E7_DIGITS = 7;
    private static final long NANOS_A_MILLI = 1_000_000L;
    private static final long HUNDREDTH_MILLIS = 10;

    private final TextFile out;
    private final long stepNs;
    private final RoadUsers users = new RoadUsers();
    private final TreeMap<Long, Map<String, Seen>> steps = new TreeMap<>();
    private long firstStep = Long.MIN_VALUE;
    private long written;

    private record Seen(RoadUserClass type, long atNs, int latE7, int lonE7, int elevation, int speed, int heading) {}

    private FcdExporter(final TextFile out, final long stepNs) {
        this.out = out;
        this.stepNs = stepNs;
    }

    /**
     * Begins a file.
     *
     * @param stepNs length of a step, whole milliseconds
     */
    public static FcdExporter open(final Path file, final long stepNs) throws IOException {
        return new FcdExporter(TextFile.open(file), stepNs);
    }

    @Override
    public void add(final Records record) throws IOException {
        final long receivedAtNs = record.receivedAtNs();
        while (!steps.isEmpty() && (steps.firstKey() + 1) * stepNs <= receivedAtNs - WINDOW_NS) {
            write(steps.firstKey(), steps.pollFirstEntry().getValue());
        }
        boolean left = false;
        users.of(record);
        while (users.next()) {
            left |= see(receivedAtNs);
        }
        written += left ? 1 : 0;
    }

    private boolean see(final long receivedAtNs) {
        final RoadUserReader state = users.state();
        final RoadUserClass type = users.type();
        if (state.latE7() == ABSENT || state.lonE7() == ABSENT || element(type).isEmpty()) {
            return false;
        }
        final long toldNs = users.atNs();
        final long atNs = Math.abs(toldNs - receivedAtNs) <= WINDOW_NS ? toldNs : receivedAtNs;
        final Seen seen =
                new Seen(type, atNs, state.latE7(), state.lonE7(), state.elevation(), state.speed(), state.heading());
        steps.computeIfAbsent(Math.floorDiv(atNs, stepNs), _ -> new LinkedHashMap<>())
                .merge(users.track(), seen, (old, now) -> now.atNs >= old.atNs ? now : old);
        return true;
    }

    private void write(final long step, final Map<String, Seen> road) throws IOException {
        if (firstStep == Long.MIN_VALUE) {
            begin(step);
        }
        out.put("    <timestep time=\"");
        seconds((step - firstStep) * stepNs / NANOS_A_MILLI);
        out.put("\">\n");
        for (final Map.Entry<String, Seen> entry : road.entrySet()) {
            one(entry.getKey(), entry.getValue());
        }
        out.put("    </timestep>\n");
    }

    private void begin(final long step) throws IOException {
        firstStep = step;
        out.put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        if (step != Long.MIN_VALUE) {
            out.put("<!-- luyun: time 0 is ").time(step * stepNs).put(" -->\n");
        }
        out.put("<fcd-export xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"")
                .put(" xsi:noNamespaceSchemaLocation=\"http://sumo.dlr.de/xsd/fcd_file.xsd\">\n");
    }

    /** With two digits, as SUMO has it, or three where a step needs them. */
    private void seconds(final long millis) throws IOException {
        final boolean hundredths = stepNs / NANOS_A_MILLI % HUNDREDTH_MILLIS == 0;
        out.number(millis / 1_000).put('.');
        final String rest = Long.toString(1_000 + millis % 1_000);
        out.put(rest.substring(1, hundredths ? 3 : 4));
    }

    /** SUMO wants speed, angle, position on the lane and slope of each; what is not known is 0. */
    private void one(final String track, final Seen seen) throws IOException {
        out.put("        <").put(element(seen.type)).put(" id=\"").xml(track);
        out.put("\" x=\"").fixed(seen.lonE7, E7_DIGITS).put("\" y=\"").fixed(seen.latE7, E7_DIGITS);
        if (seen.elevation != ABSENT) {
            out.put("\" z=\"").fixed(seen.elevation, 1);
        }
        out.put("\" angle=\"").fixed(seen.heading == ABSENT ? 0 : seen.heading * 125L, 4);
        if (isVehicle(seen.type)) {
            out.put("\" type=\"").put(SumoType.name(seen.type));
        }
        out.put("\" speed=\"").fixed(seen.speed == ABSENT ? 0 : seen.speed * 2L, 2);
        out.put("\" pos=\"0\" slope=\"0\"/>\n");
    }

    private static boolean isVehicle(final RoadUserClass type) {
        return element(type).equals("vehicle");
    }

    /** Empty for what does not drive or walk. */
    private static String element(final RoadUserClass type) {
        return switch (type) {
            case PEDESTRIAN -> "person";
            case ANIMAL, OBSTACLE -> "";
            case PASSENGER_CAR, TRUCK, BUS, MOTORCYCLE, BICYCLE, EMERGENCY_VEHICLE, VEHICLE, UNKNOWN -> "vehicle";
        };
    }

    @Override
    public long written() {
        return written;
    }

    @Override
    public void close() throws IOException {
        try (out) {
            while (!steps.isEmpty()) {
                write(steps.firstKey(), steps.pollFirstEntry().getValue());
            }
            if (firstStep == Long.MIN_VALUE) {
                begin(firstStep);
            }
            out.put("</fcd-export>\n");
        }
    }
}
