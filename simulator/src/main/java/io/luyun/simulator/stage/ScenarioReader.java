package io.luyun.simulator.stage;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads a scenario file, strictly. Errors name file, key, value and rule. */
public final class ScenarioReader {
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION));

    private final String app;

    private ScenarioReader(final String app) {
        this.app = app;
    }

    /**
     * The top of a file, for the readers of its parts.
     *
     * @throws IllegalArgumentException when it is not YAML
     */
    public static Fields parse(final String file, final String text) {
        try {
            return new Fields(file, YAML.readTree(text));
        } catch (final JsonProcessingException e) {
            throw new IllegalArgumentException(
                    file + ": line "
                            + (e.getLocation() == null ? 0 : e.getLocation().getLineNr()) + ": "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        }
    }

    /**
     * The scenarios of a file.
     *
     * @throws IllegalArgumentException naming key, value and rule
     */
    public static List<Scenario> scenarios(final Fields file) {
        final ScenarioReader reader = new ScenarioReader(file.text("app"));
        final List<Scenario> scenarios = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        for (final Fields fields : file.objects("scenarios")) {
            final Scenario scenario = reader.scenario(fields);
            if (!names.add(scenario.name())) {
                throw fields.error("name", scenario.name(), "is there twice");
            }
            scenarios.add(scenario);
        }
        return scenarios;
    }

    private Scenario scenario(final Fields plain) {
        final Map<String, Span> vary = new TreeMap<>();
        if (plain.has("vary")) {
            final Fields spans = plain.object("vary");
            for (final String name : spans.keys()) {
                vary.put(name, span(spans, name));
            }
        }
        final Fields fields = plain.with(Scene.middleOf(vary));
        fields.has("vary");
        final Layout layout = layout(fields);
        final List<Unit> units = new ArrayList<>();
        for (final Fields unit : fields.objects("units")) {
            units.add(unit(unit, units.size()));
        }
        final Set<String> unitNames = new HashSet<>();
        units.forEach(unit -> unitNames.add(unit.name()));
        final List<ActorPlan> actors = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        for (final Fields actor : fields.objects("actors")) {
            for (final ActorPlan plan : row(actor, layout, unitNames)) {
                if (!names.add(plan.name())) {
                    throw actor.error("name", plan.name(), "is there twice");
                }
                actors.add(plan);
            }
        }
        final List<NoticePlan> notices = new ArrayList<>();
        for (final Fields event : fields.objects("events")) {
            notices.add(notice(event, false, unitNames));
        }
        for (final Fields sign : fields.objects("signs")) {
            notices.add(notice(sign, true, unitNames));
        }
        final Scenario scenario = new Scenario(
                app,
                fields.text("name"),
                fields.text("what"),
                layout,
                fields.number("seconds", 2, 120),
                vary,
                actors,
                units,
                notices,
                new UnitPlans(signals(fields, unitNames), maps(fields, unitNames), outages(fields, unitNames)),
                new TalkReader(layout, unitNames, names).read(fields),
                fields.word("expect", Scenario.Expect.class));
        fields.end();
        return scenario;
    }

    private static Span span(final Fields spans, final String name) {
        final List<Formula> bounds = spans.formulas(name, 2);
        final Span span = new Span(bounds.get(0).value(Map.of()), bounds.get(1).value(Map.of()));
        if (span.high() < span.low()) {
            throw spans.error(name, bounds.toString(), "must be the smallest and the largest value");
        }
        return span;
    }

    private static Layout layout(final Fields fields) {
        try {
            return Layouts.named(fields.text("layout"));
        } catch (final IllegalArgumentException e) {
            throw fields.error("layout", fields.text("layout"), String.valueOf(e.getMessage()));
        }
    }

    private static Unit unit(final Fields fields, final int index) {
        final List<Formula> at = fields.formulas("at", 2);
        final Unit unit = new Unit(
                index, fields.text("name"), at.get(0).value(Map.of()), at.get(1).value(Map.of()));
        fields.end();
        return unit;
    }

    /** One, or several of one kind each so far behind the one before. */
    private static List<ActorPlan> row(final Fields fields, final Layout layout, final Set<String> units) {
        final int count = (int) fields.number("row", 1, 1, 20);
        final Formula every = fields.formula("every", 0);
        final ActorPlan first = actor(fields, layout, units);
        final List<ActorPlan> row = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            row.add(first.behind(i, every));
        }
        return row;
    }

    private static ActorPlan actor(final Fields fields, final Layout layout, final Set<String> units) {
        final String route = fields.text("route", "");
        final List<List<Formula>> points = fields.points("points");
        if (route.isEmpty() == (points.size() < 2)) {
            throw fields.error("route", route, "there must be a route or two points at least, not both");
        }
        final int lane = (int) fields.number("lane", 1, 1, 9);
        if (!route.isEmpty()) {
            try {
                layout.route(route, lane);
            } catch (final IllegalArgumentException e) {
                throw fields.error("route", route, String.valueOf(e.getMessage()));
            }
        }
        final ActorKind kind = fields.word("kind", ActorKind.class);
        final List<String> seenBy = fields.texts("seenBy");
        for (final String unit : seenBy) {
            if (!units.contains(unit)) {
                throw fields.error("seenBy", unit, "must be one of " + units);
            }
        }
        final Actor.Report report = fields.word("report", kind.vehicle() ? Actor.Report.BSM : Actor.Report.NOTHING);
        if (report == Actor.Report.NOTHING && seenBy.isEmpty()) {
            throw fields.error("report", Fields.word(report), "must tell of itself or be seen by a unit");
        }
        final ActorPlan plan = new ActorPlan(
                fields.text("name"),
                kind,
                route,
                fields.flag("against"),
                lane,
                points,
                fields.formula("start", 0),
                fields.formula("right", 0),
                fields.formula("speed", 0),
                pace(fields),
                sidesteps(fields),
                fields.formula("elevation", 0),
                report,
                seenBy,
                sayings(fields));
        fields.end();
        return plan;
    }

    private static List<ActorPlan.PacePlan> pace(final Fields actor) {
        final List<ActorPlan.PacePlan> pace = new ArrayList<>();
        for (final Fields part : actor.objects("pace")) {
            pace.add(new ActorPlan.PacePlan(part.formula("seconds"), part.formula("accel", 0)));
            part.end();
        }
        return pace;
    }

    private static List<ActorPlan.SidestepPlan> sidesteps(final Fields actor) {
        final List<ActorPlan.SidestepPlan> sidesteps = new ArrayList<>();
        for (final Fields step : actor.objects("sidesteps")) {
            sidesteps.add(
                    new ActorPlan.SidestepPlan(step.formula("at"), step.formula("seconds", 3), step.formula("right")));
            step.end();
        }
        return sidesteps;
    }

    private static List<ActorPlan.SayingPlan> sayings(final Fields actor) {
        final List<ActorPlan.SayingPlan> sayings = new ArrayList<>();
        for (final Fields saying : actor.objects("says")) {
            sayings.add(new ActorPlan.SayingPlan(
                    saying.formula("from", 0), saying.formula("to", 1_000), saying.word("what", Saying.class)));
            saying.end();
        }
        return sayings;
    }

    private static List<SignalPlan> signals(final Fields scenario, final Set<String> units) {
        final List<SignalPlan> signals = new ArrayList<>();
        for (final Fields fields : scenario.objects("signals")) {
            final String unit = unit(fields, units);
            final List<Integer> phases = new ArrayList<>();
            for (final Formula phase : fields.numbers("phases")) {
                phases.add((int) phase.value(Map.of()));
            }
            final List<SignalPlan.ShowPlan> shows = new ArrayList<>();
            for (final Fields show : fields.objects("shows")) {
                shows.add(new SignalPlan.ShowPlan(show.formula("to", 1_000), show.word("light", Signal.Light.class)));
                show.end();
            }
            if (phases.isEmpty() || shows.isEmpty()) {
                throw fields.error("shows", shows.toString(), "there must be a phase and a light at least");
            }
            signals.add(new SignalPlan(
                    phases, unit, fields.word("node", Signal.Node.JUNCTION), fields.flag("failing"), shows));
            fields.end();
        }
        return signals;
    }

    private static List<UnitPlans.MapPlan> maps(final Fields scenario, final Set<String> units) {
        final List<UnitPlans.MapPlan> maps = new ArrayList<>();
        for (final Fields fields : scenario.objects("maps")) {
            final Map<Integer, Integer> phases = new TreeMap<>();
            for (final List<Formula> pair : fields.points("phases")) {
                phases.put((int) pair.get(0).value(Map.of()), (int) pair.get(1).value(Map.of()));
            }
            maps.add(new UnitPlans.MapPlan(
                    unit(fields, units),
                    fields.word("node", Signal.Node.JUNCTION),
                    Map.copyOf(phases),
                    fields.formula("from", 0)));
            fields.end();
        }
        return maps;
    }

    private static List<UnitPlans.OutagePlan> outages(final Fields scenario, final Set<String> units) {
        final List<UnitPlans.OutagePlan> outages = new ArrayList<>();
        for (final Fields fields : scenario.objects("outages")) {
            outages.add(new UnitPlans.OutagePlan(
                    unit(fields, units),
                    fields.word("of", Outage.Kind.class),
                    fields.formula("from", 0),
                    fields.formula("to", 1_000),
                    fields.formula("share", 1)));
            fields.end();
        }
        return outages;
    }

    private static String unit(final Fields fields, final Set<String> units) {
        final String unit = fields.text("unit");
        if (!units.contains(unit)) {
            throw fields.error("unit", unit, "must be one of " + units);
        }
        return unit;
    }

    private static NoticePlan notice(final Fields fields, final boolean sign, final Set<String> units) {
        final String unit = unit(fields, units);
        final NoticePlan plan = new NoticePlan(
                sign,
                (int) fields.number("code", 0, 65_535),
                fields.text("text", ""),
                fields.formulas("at", 2),
                fields.formula("radius", 0),
                fields.points("path"),
                fields.formula("from", 0),
                fields.formula("to", 1_000),
                unit);
        fields.end();
        return plan;
    }
}
