package io.luyun.simulator.source;

import java.io.IOException;

/**
 * How many road users there are, by reading all of it once.
 *
 * @param vehicles devices that vehicles need
 * @param persons devices that those need who walk or cycle
 * @param seconds from its first time step to its last
 */
public record FcdCensus(int vehicles, int persons, double seconds) {
    /**
     * Counts.
     *
     * @param quietMillis so long a device is silent between two road users
     * @throws IOException when the input cannot be read to its end, or is no FCD
     */
    public static FcdCensus of(final FcdInput input, final FcdTypes types, final int quietMillis) throws IOException {
        final Slots vehicles = new Slots(0, quietMillis);
        final Slots persons = new Slots(0, quietMillis);
        try (FcdWindow window = new FcdWindow(
                input, types, user -> (user.drives() ? vehicles : persons).giveBack(user.index(), user.lastUs()))) {
            take(window, vehicles, persons);
            while (!window.atEnd()) {
                window.step();
                take(window, vehicles, persons);
            }
            return new FcdCensus(vehicles.size(), persons.size(), (window.behindMillis() - window.firstMillis()) / 1e3);
        }
    }

    private static void take(final FcdWindow window, final Slots vehicles, final Slots persons) {
        final long us = window.behindMillis() * 1_000;
        window.forEach(user -> {
            if (user.at(us) && !user.hasDevice()) {
                user.takes((user.drives() ? vehicles : persons).takeAny(us), 0);
            }
        });
    }
}
