package io.luyun.simulator.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.PersonalDeviceUserType;
import io.luyun.proto.v1.Psm;
import io.luyun.server.research.RoadUserClass;
import io.luyun.server.zone.SumoGround;
import io.luyun.simulator.script.Device;
import io.luyun.simulator.script.StepFrames;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Floating car data as the traffic of a load. */
final class FcdScriptTest {
    private static final long SEED = 20_261_130;
    private static final long START_MS = 1_764_000_000_000L;
    private static final double METRES_A_LAT_E7 = 0.0111320;

    @TempDir
    private Path directory;

    private final StringBuilder file = new StringBuilder("<fcd-export>\n");
    private final StepFrames frames = new StepFrames();

    private void step(final double time, final String... users) {
        file.append("<timestep time=\"").append(time).append("\">\n");
        for (final String user : users) {
            file.append(user).append('\n');
        }
        file.append("</timestep>\n");
    }

    private static String vehicle(
            final String id, final double lon, final double lat, final double angle, final double speed) {
        return "<vehicle id=\"" + id + "\" x=\"" + lon + "\" y=\"" + lat + "\" angle=\"" + angle
                + "\" type=\"passenger\" speed=\"" + speed + "\"/>";
    }

    private FcdInput input() throws IOException {
        final Path path = directory.resolve("fcd.xml.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write((file + "</fcd-export>\n").getBytes(StandardCharsets.UTF_8));
        }
        return FcdInput.file(path, null);
    }

    private FcdScript script(final FcdOptions options) throws IOException {
        return new FcdScript(input(), FcdTypes.BY_NAME, options);
    }

    private static FcdOptions many(final boolean loop) {
        return new FcdOptions(FcdOptions.AS_MANY, FcdOptions.AS_MANY, loop, FcdOptions.QUIET_MILLIS, SEED);
    }

    private void write(final FcdScript script, final double seconds) {
        frames.clear();
        script.write(Math.round(seconds * 10), seconds, START_MS + Math.round(seconds * 1_000), frames);
        assertThat(frames.devices()).isEqualTo(script.devices().size());
    }

    /** The only message of a device in the step written last; null when there is none. */
    private byte @Nullable [] message(final int device, final int kind) {
        final int first = frames.first(device);
        if (frames.first(device + 1) == first) {
            return null;
        }
        assertThat(frames.first(device + 1)).isEqualTo(first + 1);
        assertThat(frames.kind(first)).isEqualTo(kind);
        final byte[] bytes = new byte[frames.length(first)];
        frames.buffer().getBytes(frames.offset(first), bytes);
        return bytes;
    }

    private @Nullable Bsm bsm(final int device) throws IOException {
        final byte[] bytes = message(device, MessageKind.MESSAGE_KIND_BSM_VALUE);
        return bytes == null ? null : Bsm.parseFrom(bytes);
    }

    @Test
    void isBetweenTwoStepsInPlaceSpeedAndDirectionAlsoAcrossNorth() throws Exception {
        step(100, vehicle("a", 13.6, 52.3, 350, 10));
        step(102, vehicle("a", 13.6, 52.3002, 20, 14));
        try (FcdScript script = script(many(false))) {
            assertThat(script.devices()).extracting(Device::id).containsExactly("veh-0001");
            write(script, 0.5);
            final Bsm bsm = bsm(0);
            assertThat(bsm.getSpeed()).isEqualTo(11 * 50);
            assertThat(bsm.getHeading() / 80.0).isCloseTo(357.5, within(0.01));
            assertThat(bsm.getAccel().getLongitudinal()).as("2 m/s2").isEqualTo(200);
            assertThat(bsm.getAccel().getYawRate()).as("15 degrees a second").isEqualTo(1_500);
            assertThat(bsm.getSecMark()).isEqualTo((int) ((START_MS + 500) % 60_000));
            // a quarter of the way, and half a car's 5 m behind its front bumper
            assertThat((bsm.getPos().getLat() - 523_000_500) * METRES_A_LAT_E7).isCloseTo(-2.5, within(0.02));
            assertThat(bsm.getPos().hasElevation()).isFalse();
            assertThat(bsm.getSize().getLength()).isEqualTo(500);
            assertThat(bsm.getVehicleClass().getClassification()).isEqualTo(10);
            write(script, 1.5);
            assertThat(bsm(0).getHeading() / 80.0).isCloseTo(12.5, within(0.01));
            write(script, 2.0);
            assertThat(bsm(0)).as("its last step").isNotNull();
            write(script, 2.1);
            assertThat(bsm(0)).as("after the end").isNull();
        }
    }

    @Test
    void whoStandsStaysWhereItIs() throws Exception {
        step(0, vehicle("a", 13.6, 52.3, 90, 0));
        step(10, vehicle("a", 13.6, 52.3, 90, 0));
        try (FcdScript script = script(many(false))) {
            write(script, 0);
            final Bsm before = bsm(0);
            write(script, 7.3);
            assertThat(bsm(0).getPos()).isEqualTo(before.getPos());
            assertThat(bsm(0).getSpeed()).isZero();
            assertThat(bsm(0).getBrakes().getBrakePedal()).isEqualTo(2);
        }
    }

    @Test
    void takesDevicesAgainOnlyWhenTheServerHasForgottenThem() throws Exception {
        // a goes after 2 s; b comes at 4 s, too early for a's device, and c at 6 s takes it
        for (int second = 0; second <= 8; second++) {
            final StringBuilder users = new StringBuilder();
            if (second <= 2) {
                users.append(vehicle("a", 13.6, 52.3, 0, 0));
            }
            if (second >= 4) {
                users.append(vehicle("b", 13.61, 52.3, 0, 0));
            }
            if (second >= 6) {
                users.append(vehicle("c", 13.62, 52.3, 0, 0));
            }
            step(second, users.toString());
        }
        try (FcdScript script = script(many(false))) {
            assertThat(script.devices()).hasSize(2);
            write(script, 2);
            final Bsm a = bsm(0);
            write(script, 2.1);
            assertThat(bsm(0))
                    .as("between the last step with it and the one without")
                    .isNull();
            write(script, 4);
            assertThat(bsm(0)).isNull();
            assertThat(bsm(1).getPos().getLon()).isEqualTo(136_100_000);
            write(script, 6);
            assertThat(bsm(0).getPos().getLon()).isEqualTo(136_200_000);
            assertThat(bsm(0).getId()).isNotEqualTo(a.getId());
            assertThat(script.served()).isEqualTo(3);
        }
        try (FcdScript script = script(new FcdOptions(1, 0, false, FcdOptions.QUIET_MILLIS, SEED))) {
            for (int tenth = 0; tenth <= 81; tenth++) {
                write(script, tenth / 10.0);
                if (tenth == 49) {
                    assertThat(bsm(0))
                            .as("its former vehicle was heard 2.9 s ago")
                            .isNull();
                } else if (tenth == 50) {
                    assertThat(bsm(0).getPos().getLon()).as("b has waited").isEqualTo(136_100_000);
                }
            }
            assertThat(script.served()).isEqualTo(2);
        }
    }

    @Test
    void beginsAnewAfterASilence() throws Exception {
        step(10, vehicle("a", 13.6, 52.3, 0, 5));
        step(11, vehicle("a", 13.6, 52.3001, 0, 5));
        try (FcdScript script = script(many(true))) {
            final Set<Integer> spoken = new HashSet<>();
            final Set<Object> ids = new HashSet<>();
            for (int tenth = 0; tenth < 120; tenth++) {
                write(script, tenth / 10.0);
                final Bsm bsm = bsm(0);
                if (bsm != null) {
                    spoken.add(tenth);
                    ids.add(bsm.getId());
                }
            }
            // 0 to 10, 40 to 50, 80 to 90 tenths of a second
            assertThat(spoken).hasSize(33).contains(0, 10, 40, 50, 80, 90).doesNotContain(11, 39, 51, 79, 91);
            assertThat(ids).as("a new one each round").hasSize(3);
        }
    }

    @Test
    void doesNotSlideWhomSumoHasPutElsewhere() throws Exception {
        step(0, vehicle("a", 13.6, 52.3, 0, 10));
        step(1, vehicle("a", 13.6, 52.4, 0, 10));
        step(2, vehicle("a", 13.6, 52.4001, 0, 10));
        try (FcdScript script = script(many(false))) {
            assertThat(script.devices())
                    .as("the place it left is known to the server for a while")
                    .hasSize(2);
            write(script, 0);
            assertThat(bsm(0)).isNotNull();
            write(script, 0.5);
            assertThat(bsm(0)).isNull();
            assertThat(bsm(1)).isNull();
            write(script, 1);
            assertThat(bsm(1).getPos().getLat()).isGreaterThan(523_900_000);
        }
    }

    @Test
    void peopleOnFootAndOnCyclesTellByPsmAndMayBeLeftOut() throws Exception {
        final String[] users = {
            vehicle("car", 13.6, 52.3, 0, 5),
            "<person id=\"p\" x=\"13.6001\" y=\"52.3\" angle=\"90\" speed=\"1.2\"/>",
            "<vehicle id=\"c\" x=\"13.6002\" y=\"52.3\" angle=\"90\" speed=\"4\" type=\"bike_bicycle\"/>"
        };
        step(0, users);
        step(1, users);
        try (FcdScript script = script(many(false))) {
            assertThat(script.devices()).extracting(Device::id).containsExactly("veh-0001", "ped-0001", "ped-0002");
            write(script, 0);
            final Psm walks = Psm.parseFrom(message(1, MessageKind.MESSAGE_KIND_PSM_VALUE));
            assertThat(walks.getPos().getLon()).isEqualTo(136_001_000);
            assertThat(walks.getSpeed()).isEqualTo(60);
            assertThat(walks.getNonMotor().getBasicType())
                    .isEqualTo(PersonalDeviceUserType.PERSONAL_DEVICE_USER_PEDESTRIAN);
            final Psm cycles = Psm.parseFrom(message(2, MessageKind.MESSAGE_KIND_PSM_VALUE));
            assertThat(cycles.getNonMotor().getBasicType())
                    .isEqualTo(PersonalDeviceUserType.PERSONAL_DEVICE_USER_PEDALCYCLIST);
        }
        try (FcdScript script = script(new FcdOptions(FcdOptions.AS_MANY, 0, false, 3_000, SEED))) {
            assertThat(script.devices()).hasSize(1);
            write(script, 0);
            write(script, 5);
            assertThat(script.served()).isEqualTo(1);
        }
    }

    @Test
    void takesSizesFromDefinitionsOfTypes() throws Exception {
        step(0, vehicle("a", 13.6, 52.3, 0, 5));
        final FcdTypes types = new FcdTypes(
                Map.of("passenger", new FcdTypes.Type(RoadUserClass.TRUCK, 25, 16.5, Double.NaN, Double.NaN)));
        try (FcdScript script = new FcdScript(input(), types, many(false))) {
            write(script, 0);
            assertThat(bsm(0).getSize().getLength()).isEqualTo(1_650);
            assertThat(bsm(0).getSize().getWidth()).isEqualTo(240);
            assertThat(bsm(0).getVehicleClass().getClassification()).isEqualTo(25);
        }
    }

    @Test
    void metresBecomePlacesByTheNetwork() throws Exception {
        final Path net = directory.resolve("a.net.xml");
        Files.writeString(
                net,
                "<net><location netOffset=\"-400000,-5790000\" projParameter=\"+proj=utm +zone=33"
                        + " +datum=WGS84 +units=m +no_defs\"/></net>");
        final Path path = directory.resolve("plain.xml");
        step(0, vehicle("a", 3_000, 4_000, 0, 0));
        Files.writeString(path, file + "</fcd-export>");
        final FcdInput input = FcdInput.file(path, SumoGround.of(net, null)::place);
        try (FcdScript script = new FcdScript(input, FcdTypes.BY_NAME, many(false))) {
            write(script, 0);
            // 403000, 5794000 of UTM zone 33, worked out by the series of Krueger; and half a car
            assertThat(bsm(0).getPos().getLat() * 1e-7).isCloseTo(52.2877654, within(2e-7));
            assertThat(bsm(0).getPos().getLon() * 1e-7).isCloseTo(13.5778729, within(2e-7));
        }
        assertThatThrownBy(() -> new FcdScript(FcdInput.file(path, null), FcdTypes.BY_NAME, many(false)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "must be -180 to 180, degrees of longitude, as --fcd-output.geo makes sumo write");
    }

    @Test
    void saysInOneLineWhatIsWrong() throws Exception {
        step(0, vehicle("a", 13.6, 52.3, 0, 0));
        step(1, vehicle("a", 13.6, 52.3, 0, 0));
        final Path cut = directory.resolve("cut.xml");
        Files.writeString(cut, file + "<timestep time=\"2\"><vehi");
        assertThatThrownBy(() -> new FcdScript(FcdInput.file(cut, null), FcdTypes.BY_NAME, many(false)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(cut + ": line 8")
                .hasMessageNotContaining("\n");
        final FcdOptions given = new FcdOptions(1, 0, false, 0, SEED);
        try (FcdScript script = new FcdScript(FcdInput.file(cut, null), FcdTypes.BY_NAME, given)) {
            write(script, 0.5);
            assertThatThrownBy(() -> write(script, 1.5)).isInstanceOf(UncheckedIOException.class);
        }
        step(0.5, vehicle("a", 13.6, 52.3, 0, 0));
        assertThatThrownBy(() -> script(many(false))).hasMessageContaining("timestep time 0.5: must be after");
        assertThatThrownBy(() -> new FcdOptions(0, 0, false, 0, SEED)).hasMessageContaining("vehicles 0");
        assertThatThrownBy(() -> new FcdOptions(-2, 0, false, 0, SEED)).hasMessageContaining("vehicles -2: must be");
    }

    /** A hundred vehicles that come and go at random, whatever the rate: nobody waits, and nobody comes back too early. */
    @Test
    void asManyDevicesAsCountedAreEnough() throws Exception {
        final java.util.Random random = new java.util.Random(SEED);
        final int[] comes = random.ints(100, 0, 200).toArray();
        final int[] goes = java.util.Arrays.stream(comes)
                .map(at -> at + random.nextInt(1, 40))
                .toArray();
        for (int second = 0; second < 240; second++) {
            final int now = second;
            step(
                    second,
                    java.util.stream.IntStream.range(0, 100)
                            .filter(i -> comes[i] <= now && now < goes[i])
                            .mapToObj(i -> vehicle("v" + i, 13 + i * 0.01, 52.3, 0, 0))
                            .collect(Collectors.joining("\n")));
        }
        for (final double period : new double[] {0.1, 0.73, 1}) {
            try (FcdScript script = script(many(false))) {
                final double[] last = new double[script.devices().size()];
                final Object[] ids = new Object[last.length];
                java.util.Arrays.fill(last, -10);
                for (int step = 0; step * period < 241; step++) {
                    write(script, step * period);
                    for (int i = 0; i < last.length; i++) {
                        final Bsm bsm = bsm(i);
                        if (bsm != null) {
                            if (!bsm.getId().equals(ids[i])) {
                                assertThat(step * period - last[i]).isGreaterThan(2.99);
                            }
                            ids[i] = bsm.getId();
                            last[i] = step * period;
                        }
                    }
                }
                assertThat(script.leftOut())
                        .as("period %s, seed %d", period, SEED)
                        .isZero();
                assertThat(script.served()).isGreaterThan(90);
            }
        }
    }
}
