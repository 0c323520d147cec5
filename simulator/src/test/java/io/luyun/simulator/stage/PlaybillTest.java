package io.luyun.simulator.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.MessageKind;
import io.luyun.simulator.traffic.Plane;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told is what is true plus the errors stated. */
final class PlaybillTest {
    private static final long START_MS = 1_764_000_000_000L;
    private static final String TEXT = """
            app: FCW
            scenarios:
              - name: one
                what: Two cars.
                layout: road
                seconds: 60
                actors:
                  - {name: first, kind: car, route: east, lane: 1, start: -300, speed: 10}
                  - {name: second, kind: car, route: east, lane: 2, start: -300, speed: 10}
                expect: quiet
            """;
    private static final Scenario SCENARIO =
            ScenarioReader.scenarios(ScenarioReader.parse("test.yaml", TEXT)).getFirst();

    @Test
    void withoutNoiseTheTruthIsTold() throws Exception {
        final Scene scene = Scene.draw(SCENARIO, 1);
        final Plane plane = StageZone.plane(3);
        final List<Playbill.Line> lines = Playbill.of(scene, NoiseLevels.NONE, 3, START_MS);
        assertThat(lines).hasSize(2 * 600);
        for (final Playbill.Line line : lines) {
            final Bsm bsm = Bsm.parseFrom(line.body().byteArray());
            final Pose pose = scene.actors().get(line.device()).motion().at(line.dueS());
            assertThat(plane.x(bsm.getPos().getLon())).isCloseTo(pose.x(), within(0.02));
            assertThat(plane.y(bsm.getPos().getLat())).isCloseTo(pose.y(), within(0.02));
            assertThat(bsm.getSpeed()).isEqualTo(500);
            assertThat(bsm.getHeading()).isEqualTo(7_200);
            assertThat(bsm.getSecMark() - (START_MS + line.dueS() * 1e3) % 60_000)
                    .isBetween(-1.0, 1.0);
            assertThat(line.kind()).isEqualTo(MessageKind.MESSAGE_KIND_BSM_VALUE);
        }
    }

    @Test
    void errorsAreAsLargeAsStated() throws Exception {
        final NoiseLevels levels = NoiseLevels.DEFAULT;
        double square = 0;
        double apart = 0;
        int count = 0;
        int told = 0;
        final int scenes = 60;
        for (int seed = 0; seed < scenes; seed++) {
            final Scene scene = Scene.draw(SCENARIO, seed);
            final Plane plane = StageZone.plane(0);
            final List<List<double[]>> errors = List.of(new ArrayList<>(), new ArrayList<>());
            for (final Playbill.Line line : Playbill.of(scene, levels, 0, START_MS)) {
                told++;
                final Bsm bsm = Bsm.parseFrom(line.body().byteArray());
                final Pose pose = scene.actors().get(line.device()).motion().at(line.dueS());
                final double east = plane.x(bsm.getPos().getLon()) - pose.x();
                final double north = plane.y(bsm.getPos().getLat()) - pose.y();
                // a jump is not part of the deviation
                if (Math.hypot(east, north) < 6) {
                    errors.get(line.device()).add(new double[] {east, north});
                }
            }
            final int both = Math.min(errors.get(0).size(), errors.get(1).size());
            for (int i = 0; i < both; i += 50) {
                final double[] one = errors.get(0).get(i);
                final double[] other = errors.get(1).get(i);
                square += one[0] * one[0] + one[1] * one[1];
                apart += (one[0] - other[0]) * (one[0] - other[0]) + (one[1] - other[1]) * (one[1] - other[1]);
                count++;
            }
        }
        assertThat(Math.sqrt(square / count)).isCloseTo(levels.gnssMetres(), within(0.3));
        // what both share drops out
        final double own = levels.gnssMetres() * Math.sqrt(2 * (1 - levels.commonShare()));
        assertThat(Math.sqrt(apart / count)).isCloseTo(own, within(0.2));
        assertThat(1 - told / (1_200.0 * scenes)).isCloseTo(levels.lossShare(), within(0.005));
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        final Scene scene = Scene.draw(SCENARIO, 5);
        final List<Playbill.Line> once = Playbill.of(scene, NoiseLevels.DEFAULT, 1, START_MS);
        final List<Playbill.Line> again = Playbill.of(scene, NoiseLevels.DEFAULT, 1, START_MS);
        assertThat(again).hasSameSizeAs(once);
        for (int i = 0; i < once.size(); i++) {
            assertThat(again.get(i).body()).isEqualTo(once.get(i).body());
            assertThat(again.get(i).dueS()).isEqualTo(once.get(i).dueS());
        }
    }
}
