package io.luyun.benchmarks.torture;

import java.util.ArrayList;
import java.util.List;

/**
 * A journal held against the ledgers of those who sent to it.
 *
 * @param promised messages that were acknowledged
 * @param journaled messages in the journal, each time counted
 * @param lost promised, and not there
 * @param twice there more than once, each further time counted
 * @param disordered there before one with a lower number
 * @param altered there with other bytes than were sent
 * @param foreign there and never sent
 * @param damaged ranges the reader reports as damaged
 * @param lossyDamage what the reader says of them
 */
public record Account(
        long promised,
        long journaled,
        long lost,
        long twice,
        long disordered,
        long altered,
        long foreign,
        long damaged,
        List<String> lossyDamage) {
    public Account {
        lossyDamage = List.copyOf(lossyDamage);
    }

    /** Whether everything promised is there, once, in order, as it was sent, and nothing else. */
    public boolean kept() {
        return lost == 0 && exact();
    }

    /** Whether what is there is there once, in order, as it was sent. */
    public boolean exact() {
        return twice == 0 && disordered == 0 && altered == 0 && foreign == 0;
    }

    /** What is not as it must be, a line each. */
    public List<String> troubles() {
        final List<String> troubles = new ArrayList<>();
        add(troubles, lost, "acknowledged and not in the journal");
        add(troubles, twice, "in the journal more than once");
        add(troubles, disordered, "out of order");
        add(troubles, altered, "with other bytes than were sent");
        add(troubles, foreign, "never sent");
        return troubles;
    }

    private static void add(final List<String> troubles, final long count, final String what) {
        if (count > 0) {
            troubles.add(count + " " + what);
        }
    }
}
