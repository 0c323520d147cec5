package io.luyun.simulator.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.luyun.proto.v1.AlertKind;
import io.luyun.simulator.stage.Scene;
import io.luyun.simulator.truth.Case;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bench finds a server that is wrong: lists of warnings as they ought to be, and doctored ones. */
final class JudgeTest {
    private static final AlertKind FCW = AlertKind.ALERT_KIND_FCW;
    private static final Application APPLICATION = Application.read("test.yaml", """
            app: FCW
            goals: {precision: 0.99, recall: 0.99, leadSeconds: 2.5, falseAnHour: 0.1}
            meaning: {is: collision, relation: behind, seconds: 4, toleranceSeconds: 1, toleranceMetres: 0.8}
            scenarios:
              - name: standing
                what: A car stands ahead, another one in the next lane.
                layout: road
                seconds: 10
                actors:
                  - {name: subject, kind: car, route: east, lane: 1, start: -84.6, speed: 10}
                  - {name: target, kind: car, route: east, lane: 1}
                  - {name: beside, kind: car, route: east, lane: 2}
                expect: warned
              - name: clear
                what: A car stands in the next lane.
                layout: road
                seconds: 10
                actors:
                  - {name: subject, kind: car, route: east, lane: 1, start: -84.6, speed: 10}
                  - {name: beside, kind: car, route: east, lane: 2}
                expect: quiet
            """);
    private static final Scene STANDING = Scene.draw(APPLICATION.scenarios().get(0), 1);
    private static final Scene CLEAR = Scene.draw(APPLICATION.scenarios().get(1), 1);

    @Test
    void knowsWhenTheWarningIsDue() {
        final List<Case> cases = APPLICATION.meaning().cases(STANDING);
        assertThat(cases).hasSize(1);
        final Case due = cases.getFirst();
        assertThat(due.subject().name()).isEqualTo("subject");
        // bumpers are 80 m apart at 10 m/s: they touch at 8 s
        assertThat(due.allowedFromS()).isCloseTo(3, within(0.2));
        assertThat(due.dueFromS()).isCloseTo(5, within(0.15));
        assertThat(APPLICATION.meaning().leadS(due, 4.5)).isCloseTo(3.5, within(0.051));
    }

    @Test
    void aWarningInTimeIsAHit() {
        final Verdict verdict = judge(STANDING, warning(FCW, 0, 1, 4.2));
        assertThat(verdict.hits()).hasSize(1);
        assertThat(verdict.hits().getFirst().leadS()).isCloseTo(3.8, within(0.051));
        assertThat(verdict.right()).isTrue();
    }

    @Test
    void theSameWarningAgainIsNoSecondHit() {
        final Verdict verdict = judge(STANDING, warning(FCW, 0, 1, 4.2), warning(FCW, 0, 1, 6));
        assertThat(verdict.hits()).hasSize(1);
        assertThat(verdict.right()).isTrue();
    }

    @Test
    void noWarningIsAMiss() {
        assertThat(judge(STANDING).missed()).hasSize(1);
        assertThat(judge(STANDING, warning(AlertKind.ALERT_KIND_EBW, 0, 1, 4.2)).missed())
                .hasSize(1);
    }

    @Test
    void whoIsNotConcernedMakesAWarningWrong() {
        assertThat(judge(STANDING, warning(FCW, 0, 2, 4.2)).wrong()).hasSize(1);
        assertThat(judge(STANDING, warning(FCW, 1, 0, 4.2)).wrong()).hasSize(1);
        assertThat(judge(STANDING, warning(FCW, 0, 0, 4.2)).wrong()).hasSize(1);
        assertThat(judge(STANDING, warning(FCW, 0, Warning.UNKNOWN, 4.2)).wrong())
                .hasSize(1);
        assertThat(judge(CLEAR, warning(FCW, 0, 1, 4.2)).wrong()).hasSize(1);
    }

    @Test
    void aWarningThatComesTooEarlyIsWrongAndTheDueOneMissing() {
        final Verdict verdict = judge(STANDING, warning(FCW, 0, 1, 1));
        assertThat(verdict.wrong()).hasSize(1);
        assertThat(verdict.missed()).hasSize(1);
    }

    @Test
    void scoresFallWithWhatIsWrong() {
        final Tally tally = new Tally(APPLICATION);
        for (int i = 0; i < 98; i++) {
            tally.add(judge(STANDING, warning(FCW, 0, 1, 4.2)));
        }
        tally.add(judge(CLEAR));
        assertThat(tally.failures()).isEmpty();
        assertThat(tally.precision()).isEqualTo(1);
        assertThat(tally.recall()).isEqualTo(1);

        tally.add(judge(STANDING));
        tally.add(judge(STANDING));
        assertThat(tally.recall()).isEqualTo(0.98);
        assertThat(tally.failures()).containsExactly("FCW: recall 0.980, the goal is at least 0.990");

        tally.add(judge(CLEAR, warning(FCW, 0, 1, 3), warning(FCW, 1, 0, 3)));
        assertThat(tally.precision()).isEqualTo(0.98);
        // two in two scenes of two cars and 10 s
        assertThat(tally.falseAnHour()).isCloseTo(2 / (4 * 10 / 3600.0), within(1e-9));
        assertThat(tally.failures()).hasSize(3);
    }

    @Test
    void lateWarningsFailTheLead() {
        final Tally tally = new Tally(APPLICATION);
        for (int i = 0; i < 10; i++) {
            tally.add(judge(STANDING, warning(FCW, 0, 1, 6)));
        }
        assertThat(tally.failures()).singleElement().asString().contains("median lead, s, 2.0");
    }

    private static Verdict judge(final Scene scene, final Warning... warnings) {
        return Judge.judge(APPLICATION, scene, List.of(warnings));
    }

    private static Warning warning(final AlertKind kind, final int subject, final int target, final double atS) {
        return new Warning(kind, STANDING.actors().get(subject), target, Warning.NONE, "", null, atS, 1_000_000);
    }
}
