package io.luyun.simulator.stage;

import java.util.List;

/**
 * What vehicles and units of a scenario agree on, by names.
 *
 * @param words what units ask for
 * @param wishes what vehicles ask for
 * @param platoons who drives as one
 */
record TalkPlans(List<WordPlan> words, List<WishPlan> wishes, List<PlatoonPlan> platoons) {
    /** Of a unit to a vehicle, or to lanes of a link. */
    record WordPlan(
            String unit,
            Word.Purpose purpose,
            String to,
            String link,
            List<Integer> lanes,
            Formula from,
            Formula until) {}

    /** Of a vehicle. */
    record WishPlan(
            String by, Wish.What what, String of, String link, int lane, int phase, Formula from, Formula until) {}

    /** Its members from the first to the last. */
    record PlatoonPlan(List<String> members, List<String> strangers, String silent, Formula silentFrom) {}
}
