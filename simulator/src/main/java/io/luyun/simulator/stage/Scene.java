package io.luyun.simulator.stage;

import io.luyun.simulator.traffic.Curve;
import io.luyun.simulator.traffic.Rng;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One draw of a scenario: everything that really happens. Immutable; the same scenario and seed give the same scene.
 */
public final class Scene {
    private final Scenario scenario;
    private final long seed;
    private final Map<String, Double> parameters;
    private final List<Actor> actors = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();
    private final List<Signal> signals = new ArrayList<>();
    private final List<MapTold> maps = new ArrayList<>();
    private final List<Outage> outages = new ArrayList<>();
    private final List<Word> words = new ArrayList<>();
    private final List<Wish> wishes = new ArrayList<>();
    private final List<Platoon> platoons = new ArrayList<>();

    private Scene(final Scenario scenario, final long seed, final Map<String, Double> parameters) {
        this.scenario = scenario;
        this.seed = seed;
        this.parameters = parameters;
        for (final ActorPlan plan : scenario.actors()) {
            actors.add(actor(plan));
        }
        for (final SignalPlan plan : scenario.tells().signals()) {
            final List<Signal.Stretch> stretches = new ArrayList<>();
            plan.shows().forEach(show -> stretches.add(new Signal.Stretch(value(show.to()), show.light())));
            plan.phases()
                    .forEach(phase -> signals.add(
                            new Signal(phase, unit(plan.unit()), plan.node(), plan.failing(), List.copyOf(stretches))));
        }
        scenario.tells()
                .maps()
                .forEach(plan ->
                        maps.add(new MapTold(unit(plan.unit()), plan.node(), plan.phases(), value(plan.from()))));
        scenario.tells()
                .outages()
                .forEach(plan -> outages.add(new Outage(
                        unit(plan.unit()), plan.kind(), value(plan.from()), value(plan.to()), value(plan.share()))));
        talk(scenario.talk(), scenario.layout());
        for (final NoticePlan plan : scenario.notices()) {
            notices.add(new Notice(
                    notices.size(),
                    plan.sign(),
                    plan.code(),
                    plan.text(),
                    value(plan.at().get(0)),
                    value(plan.at().get(1)),
                    value(plan.radius()),
                    plan.path().stream().map(this::point).toList(),
                    value(plan.from()),
                    value(plan.to()),
                    unit(plan.unit())));
        }
    }

    private void talk(final TalkPlans talk, final Layout layout) {
        talk.words()
                .forEach(plan -> words.add(new Word(
                        unit(plan.unit()),
                        plan.purpose(),
                        actor(plan.to()),
                        layout.linkNamed(plan.link()),
                        plan.lanes(),
                        value(plan.from()),
                        value(plan.until()))));
        talk.wishes()
                .forEach(plan -> wishes.add(new Wish(
                        actor(plan.by()),
                        plan.what(),
                        actor(plan.of()),
                        layout.linkNamed(plan.link()),
                        plan.lane(),
                        plan.phase(),
                        value(plan.from()),
                        value(plan.until()))));
        talk.platoons()
                .forEach(plan -> platoons.add(new Platoon(
                        plan.members().stream().map(this::actor).toList(),
                        plan.strangers().stream().map(this::actor).toList(),
                        actor(plan.silent()),
                        value(plan.silentFrom()))));
    }

    /** Place of the actor of a name, -1 for none. */
    private int actor(final String name) {
        return actors.stream().map(Actor::name).toList().indexOf(name);
    }

    /** The draw of a seed. */
    public static Scene draw(final Scenario scenario, final long seed) {
        final Rng rng = new Rng(Rng.mix(seed ^ (long) scenario.name().hashCode() << 32));
        final Map<String, Double> drawn = new TreeMap<>();
        scenario.vary().forEach((name, span) -> drawn.put(name, span.at(rng.nextDouble())));
        return new Scene(scenario, seed, drawn);
    }

    /** The one with every parameter in the middle of its span. */
    public static Scene middle(final Scenario scenario) {
        return new Scene(scenario, 0, middleOf(scenario.vary()));
    }

    static Map<String, Double> middleOf(final Map<String, Span> vary) {
        final Map<String, Double> middle = new TreeMap<>();
        vary.forEach((name, span) -> middle.put(name, span.at(0.5)));
        return middle;
    }

    private Actor actor(final ActorPlan plan) {
        final List<Pace.Stretch> stretches = new ArrayList<>();
        plan.pace().forEach(part -> stretches.add(new Pace.Stretch(value(part.seconds()), value(part.accel()))));
        final List<Motion.Sidestep> sidesteps = new ArrayList<>();
        plan.sidesteps()
                .forEach(step -> sidesteps.add(
                        new Motion.Sidestep(value(step.at()), value(step.seconds()), value(step.right()))));
        final Way way = way(plan);
        final Motion motion = new Motion(
                way.line,
                way.mark + value(plan.start()),
                new Pace(Math.max(0, value(plan.speed())), stretches),
                value(plan.right()),
                sidesteps);
        final List<Actor.Remark> remarks = new ArrayList<>();
        plan.sayings()
                .forEach(saying ->
                        remarks.add(new Actor.Remark(value(saying.from()), value(saying.to()), saying.what())));
        return new Actor(
                actors.size(),
                plan.name(),
                plan.kind(),
                motion,
                value(plan.elevation()),
                plan.report(),
                plan.seenBy().stream().map(this::unit).toList(),
                List.copyOf(remarks),
                way.approach);
    }

    /** A line and the place on it that counts as 0. */
    private record Way(Curve line, double mark, Actor.@Nullable Approach approach) {}

    private Way way(final ActorPlan plan) {
        if (plan.route().isEmpty()) {
            final double[] x = new double[plan.points().size()];
            final double[] y = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                x[i] = value(plan.points().get(i).get(0));
                y[i] = value(plan.points().get(i).get(1));
            }
            return new Way(new Curve(x, y), 0, null);
        }
        final Layout.Route route = scenario.layout().route(plan.route(), plan.lane());
        if (plan.against()) {
            return new Way(route.line().reversed(), route.line().lengthMetres() - route.markMetres(), null);
        }
        final Actor.Approach approach =
                route.phase() == 0 ? null : new Actor.Approach(route.stopMetres(), route.phase());
        return new Way(route.line(), route.markMetres(), approach);
    }

    private int unit(final String name) {
        final List<String> names = scenario.units().stream().map(Unit::name).toList();
        return names.indexOf(name);
    }

    private List<Double> point(final List<Formula> pair) {
        return List.of(value(pair.get(0)), value(pair.get(1)));
    }

    private double value(final Formula formula) {
        return formula.value(parameters);
    }

    /** What it is a draw of. */
    public Scenario scenario() {
        return scenario;
    }

    /** What it was drawn from. */
    public long seed() {
        return seed;
    }

    /** The numbers drawn. */
    public Map<String, Double> parameters() {
        return Map.copyOf(parameters);
    }

    /** Who moves. */
    public List<Actor> actors() {
        return Collections.unmodifiableList(actors);
    }

    /** Events and signs. */
    public List<Notice> notices() {
        return Collections.unmodifiableList(notices);
    }

    /** Lights. */
    public List<Signal> signals() {
        return Collections.unmodifiableList(signals);
    }

    /** Maps that are told. */
    public List<MapTold> maps() {
        return Collections.unmodifiableList(maps);
    }

    /** Messages that are left out. */
    public List<Outage> outages() {
        return Collections.unmodifiableList(outages);
    }

    /** What units ask for. */
    public List<Word> words() {
        return Collections.unmodifiableList(words);
    }

    /** What vehicles ask for. */
    public List<Wish> wishes() {
        return Collections.unmodifiableList(wishes);
    }

    /** Who drives as one. */
    public List<Platoon> platoons() {
        return Collections.unmodifiableList(platoons);
    }

    /** The light of a phase, or null when nobody tells of it. */
    public @Nullable Signal signal(final int phase) {
        for (final Signal signal : signals) {
            if (signal.phase() == phase && signal.node() == Signal.Node.JUNCTION) {
                return signal;
            }
        }
        return null;
    }

    /** For example "FCW/standing-car#17". */
    public String label() {
        return scenario.app() + "/" + scenario.name() + "#" + seed;
    }
}
