package io.luyun.simulator.plan;

import io.luyun.proto.v1.AckLevel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a load run is to do.
 *
 * @param name a few letters
 * @param about what it stands for, for people
 * @param text the file it was read from
 * @param traffic who is on the road
 * @param rates steps a second, each a message of every vehicle and what a roadside unit sees
 * @param usualRate after so many steps units tell again what they tell once a second
 * @param seconds how long messages are sent, or 0 for until it is stopped
 * @param warmupSeconds latencies of so many first seconds are forgotten; their messages count
 * @param seed seed of traffic and faults
 * @param ackLevel acknowledgement level asked for
 * @param links what carries the messages; devices that none names go by the native protocol
 * @param watchers who looks on
 * @param outages when links go
 * @param intrusions who means harm
 * @param search how the most is looked for, or null
 * @param expect what has to hold at the end, as --assert takes it; empty for nothing but the account
 */
public record LoadScenario(
        String name,
        String about,
        String text,
        TrafficPlan traffic,
        Rates rates,
        double usualRate,
        int seconds,
        int warmupSeconds,
        long seed,
        AckLevel ackLevel,
        List<LinkPlan> links,
        List<WatcherPlan> watchers,
        List<Outage> outages,
        List<Intrusion> intrusions,
        @Nullable Search search,
        String expect) {
    /** Checks the ranges. */
    public LoadScenario {
        links = List.copyOf(links);
        watchers = List.copyOf(watchers);
        outages = List.copyOf(outages);
        intrusions = List.copyOf(intrusions);
        Range.check("seconds", seconds, 0, 1_000_000);
        Range.check("warmup", warmupSeconds, 0, seconds == 0 ? 3_600 : Math.max(0, Math.min(3_600, seconds - 1)));
    }

    /** A load without faults, outages or intruders. */
    public static LoadScenario plain(
            final TrafficPlan traffic,
            final double stepsPerSecond,
            final int seconds,
            final int warmupSeconds,
            final long seed,
            final AckLevel ackLevel,
            final boolean observe) {
        Range.check("rate", stepsPerSecond, 0.1, 1_000);
        return new LoadScenario(
                "load",
                "",
                "",
                traffic,
                Rates.constant(stepsPerSecond),
                stepsPerSecond,
                seconds,
                warmupSeconds,
                seed,
                ackLevel,
                List.of(),
                observe ? List.of(WatcherPlan.OBSERVER) : List.of(),
                List.of(),
                List.of(),
                null,
                "");
    }

    /** Whether anything travels in datagrams. */
    public boolean datagrams() {
        return links.stream().anyMatch(link -> link.carrier() == LinkPlan.Carrier.UDP);
    }
}
