package io.luyun.simulator.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.simulator.stage.Scenario;
import io.luyun.simulator.stage.Scene;
import io.luyun.simulator.truth.Case;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the author of a scenario means it to be is what its geometry makes it. */
final class ScenariosTest {
    /** Of each scenario; a new one is to be tried with more: {@code -Dluyun.draws=40}. */
    private static final int DRAWS = Integer.getInteger("luyun.draws", 3);

    private static final long SEED = 1;

    @TestFactory
    List<DynamicTest> everyScenarioIsWhatItSays() throws Exception {
        final List<DynamicTest> tests = new ArrayList<>();
        for (final Application application : Applications.named(List.of())) {
            for (final Scenario scenario : application.scenarios()) {
                tests.add(DynamicTest.dynamicTest(
                        application.name() + "/" + scenario.name(), () -> check(application, scenario)));
            }
        }
        return tests;
    }

    private static void check(final Application application, final Scenario scenario) {
        for (int i = 0; i < DRAWS; i++) {
            final Scene scene = Scene.draw(scenario, SEED + i);
            final List<Case> cases = application.meaning().cases(scene);
            final boolean someoneIsDue = cases.stream().anyMatch(Case::due);
            switch (scenario.expect()) {
                case WARNED ->
                    assertThat(someoneIsDue)
                            .as("%s %s %s", scene.label(), scene.parameters(), cases)
                            .isTrue();
                case QUIET ->
                    assertThat(cases)
                            .as("%s %s", scene.label(), scene.parameters())
                            .isEmpty();
                case NEAR -> {
                    // either way, by the draw
                }
            }
        }
    }
}
