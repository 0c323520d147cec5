package io.luyun.simulator.score;

import io.luyun.proto.v1.AlertKind;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Scenario;
import io.luyun.simulator.stage.ScenarioReader;
import io.luyun.simulator.truth.Meaning;
import io.luyun.simulator.truth.Meanings;
import java.util.List;

/**
 * An application, what it means, how good it has to be, and the scenarios that show it.
 *
 * @param kind its alerts
 * @param goals how good
 * @param meaning what it means
 * @param scenarios in the order of the file
 */
public record Application(AlertKind kind, Goals goals, Meaning meaning, List<Scenario> scenarios) {
    private static final String PREFIX = "ALERT_KIND_";

    /**
     * How good it has to be.
     *
     * @param precision share of warnings that are right, at least
     * @param recall share of due warnings that come, at least
     * @param leadSeconds time from the warning to what it warns of, at the median, at least; 0 for no goal
     * @param falseAnHour wrong warnings a vehicle-hour in quiet scenes, at most
     * @param cleanAnHour warnings a vehicle-hour in traffic in which there is nothing to warn of, at most; infinite where there is
     */
    public record Goals(double precision, double recall, double leadSeconds, double falseAnHour, double cleanAnHour) {
        static Goals of(final Fields fields) {
            final Goals goals = new Goals(
                    fields.number("precision", 0, 1),
                    fields.number("recall", 0, 1),
                    fields.number("leadSeconds", 0, 0, 100),
                    fields.number("falseAnHour", 0, 1_000),
                    fields.number("cleanAnHour", Double.POSITIVE_INFINITY, 0, 1_000));
            fields.end();
            return goals;
        }
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException naming file, key, value and rule
     */
    static Application read(final String file, final String text) {
        final Fields fields = ScenarioReader.parse(file, text);
        final AlertKind kind = kind(fields);
        final Application application = new Application(
                kind,
                Goals.of(fields.object("goals")),
                Meanings.of(fields.object("meaning")),
                ScenarioReader.scenarios(fields));
        fields.end();
        if (application.scenarios.isEmpty()) {
            throw fields.error("scenarios", "[]", "must have one at least");
        }
        return application;
    }

    private static AlertKind kind(final Fields fields) {
        final String name = fields.text("app");
        for (final AlertKind kind : AlertKind.values()) {
            if (kind.name().equals(PREFIX + name)) {
                return kind;
            }
        }
        throw fields.error("app", name, "must be a kind of alert");
    }

    /** For example FCW. */
    public String name() {
        return kind.name().substring(PREFIX.length());
    }
}
