package io.luyun.simulator.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what vehicles and units of a scenario agree on. */
final class TalkReader {
    private final Layout layout;
    private final Set<String> units;
    private final Set<String> actors;

    TalkReader(final Layout layout, final Set<String> units, final Set<String> actors) {
        this.layout = layout;
        this.units = units;
        this.actors = actors;
    }

    TalkPlans read(final Fields scenario) {
        final List<TalkPlans.WordPlan> words = new ArrayList<>();
        for (final Fields fields : scenario.objects("words")) {
            words.add(word(fields));
            fields.end();
        }
        final List<TalkPlans.WishPlan> wishes = new ArrayList<>();
        for (final Fields fields : scenario.objects("wishes")) {
            wishes.add(wish(fields));
            fields.end();
        }
        final List<TalkPlans.PlatoonPlan> platoons = new ArrayList<>();
        for (final Fields fields : scenario.objects("platoons")) {
            platoons.add(platoon(fields));
            fields.end();
        }
        return new TalkPlans(words, wishes, platoons);
    }

    private TalkPlans.WordPlan word(final Fields fields) {
        final String to = fields.text("to", "");
        final String link = fields.text("link", "");
        if (to.isEmpty() == link.isEmpty()) {
            throw fields.error("to", to, "there must be a vehicle or a link, not both");
        }
        return new TalkPlans.WordPlan(
                one(fields, "unit", fields.text("unit"), units),
                fields.word("purpose", Word.Purpose.class),
                to.isEmpty() ? to : one(fields, "to", to, actors),
                link.isEmpty() ? link : one(fields, "link", link, layout.linkNames()),
                (fields.has("lanes") ? fields.numbers("lanes") : List.<Formula>of())
                        .stream().map(lane -> (int) lane.value(Map.of())).toList(),
                fields.formula("from", 0),
                fields.formula("until", 1_000));
    }

    private TalkPlans.WishPlan wish(final Fields fields) {
        final Wish.What what = fields.word("what", Wish.What.class);
        final boolean lanes = what == Wish.What.LANE_CHANGE;
        final String of = fields.text("of", "");
        return new TalkPlans.WishPlan(
                one(fields, "by", fields.text("by"), actors),
                what,
                of.isEmpty() ? of : one(fields, "of", of, actors),
                lanes ? one(fields, "link", fields.text("link"), layout.linkNames()) : "",
                lanes ? (int) fields.number("lane", 1, 15) : 0,
                lanes ? 0 : (int) fields.number("phase", 0, 0, 255),
                fields.formula("from", 0),
                fields.formula("until", 1_000));
    }

    private TalkPlans.PlatoonPlan platoon(final Fields fields) {
        final List<String> members = fields.texts("members");
        final List<String> strangers = fields.texts("strangers");
        if (members.isEmpty()) {
            throw fields.error("members", "[]", "must have a leader at least");
        }
        members.forEach(name -> one(fields, "members", name, actors));
        strangers.forEach(name -> one(fields, "strangers", name, actors));
        final String silent = fields.text("silent", "");
        return new TalkPlans.PlatoonPlan(
                members,
                strangers,
                silent.isEmpty() ? silent : one(fields, "silent", silent, actors),
                fields.formula("silentFrom", 0));
    }

    private static String one(final Fields fields, final String key, final String name, final Set<String> names) {
        if (!names.contains(name)) {
            throw fields.error(key, name, "must be one of " + names);
        }
        return name;
    }
}
