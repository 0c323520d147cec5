package io.luyun.simulator.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** What a scenario file may say, and how it is told that it may not. */
final class ScenarioReaderTest {
    private static final String GOOD = """
            app: FCW
            scenarios:
              - name: one
                what: A car.
                layout: road
                seconds: 10
                vary: {v: [8, 22]}
                units: [{name: unit, at: [0, 15]}]
                actors:
                  - {name: subject, kind: car, route: east, lane: 1, start: 10 - v * (2 + 1) / 3, speed: v}
                  - {name: person, kind: pedestrian, points: [[0, -10], [0, 10]], seenBy: [unit]}
                expect: quiet
            """;

    @Test
    void drawsTheSameSceneFromTheSameSeed() {
        final Scenario scenario = read(GOOD);
        final Scene scene = Scene.draw(scenario, 7);
        assertThat(scene.parameters()).isEqualTo(Scene.draw(scenario, 7).parameters());
        assertThat(scene.parameters().get("v")).isBetween(8.0, 22.0);
        assertThat(scene.parameters()).isNotEqualTo(Scene.draw(scenario, 8).parameters());
        final Pose pose = scene.actors().getFirst().motion().at(0);
        assertThat(pose.x()).isCloseTo(10 - scene.parameters().get("v"), org.assertj.core.api.Assertions.within(0.3));
        assertThat(pose.y()).isEqualTo(-1.75);
    }

    @Test
    void namesFileKeyValueAndRule() {
        refuses(
                "expect: quiet",
                "expect: silent",
                "test.yaml: scenarios[0].expect = silent: must be one of warned, quiet, near");
        refuses("lane: 1", "lain: 1", "test.yaml: scenarios[0].actors[0].lain = 1: is not a key here");
        refuses(
                "speed: v",
                "speed: w",
                "test.yaml: scenarios[0].actors[0].speed = w: 'w' is neither a number nor one of [v]");
        refuses("* (2", "* [2", "test.yaml: ");
        refuses("/ 3", "/ 0", "test.yaml: scenarios[0].actors[0].start = 10 - v * (2 + 1) / 0: has no value");
        refuses("layout: road", "layout: rood", "test.yaml: scenarios[0].layout = rood: must be one of [bend, bridge");
        refuses("route: east, lane: 1", "route: east, lane: 3", "actors[0].route = east: east has the lanes [1, 2]");
        refuses("seenBy: [unit]", "seenBy: [unti]", "actors[1].seenBy = unti: must be one of [unit]");
        refuses(", seenBy: [unit]", "", "actors[1].report = nothing: must tell of itself or be seen by a unit");
        refuses("seconds: 10", "seconds: ten", "scenarios[0].seconds = ten: must be a number in 2.0..120.0");
        refuses("seconds: 10", "seconds: 10\n    seconds: 11", "test.yaml: line 7: Duplicate field 'seconds'");
        refuses("name: person", "name: subject", "actors[1].name = subject: is there twice");
        refuses("[8, 22]", "[22, 8]", "scenarios[0].vary.v = [22, 8]: must be the smallest and the largest value");
        refuses("    expect: quiet\n", "", "scenarios[0].expect = (absent): must be there");
    }

    private static void refuses(final String part, final String instead, final String message) {
        assertThat(GOOD).contains(part);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(GOOD.replace(part, instead)))
                .withMessageContaining(message);
    }

    private static Scenario read(final String text) {
        return ScenarioReader.scenarios(ScenarioReader.parse("test.yaml", text)).getFirst();
    }
}
