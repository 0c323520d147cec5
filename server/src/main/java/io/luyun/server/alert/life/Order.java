package io.luyun.server.alert.life;

/**
 * Where a step of an alert stands among those of other engines that share the rules out among them and are told the same: what
 * one engine with all rules would tell first comes first. Two steps of one engine may be equal; they stand as they were told.
 *
 * @param turn rises with everything the engine is told, and each time it turns from the rules to its own book; begins anew, higher, with
 *     each record
 * @param rank within a turn: the number of the rule, or, where the book goes through its cases, less for those opened later
 */
public record Order(long turn, long rank) implements Comparable<Order> {
    /** No rule: the book itself. */
    static final int NO_RULE = -1;

    @Override
    public int compareTo(final Order other) {
        return turn == other.turn ? Long.compare(rank, other.rank) : Long.compare(turn, other.turn);
    }
}
