package io.luyun.benchmarks.torture.load;

import java.util.ArrayList;
import java.util.List;

/** What one server process took of the machine from its start to its end, looked at whenever nothing went wrong. */
final class Life {
    private final List<Look> looks = new ArrayList<>();

    /**
     * One look.
     *
     * @param hours since the soak began
     * @param vitals then
     * @param heapBytes reachable
     */
    record Look(double hours, Vitals vitals, long heapBytes) {}

    void add(final Look look) {
        looks.add(look);
    }

    List<Look> looks() {
        return List.copyOf(looks);
    }

    double hours() {
        return looks.isEmpty() ? 0 : looks.getLast().hours() - looks.getFirst().hours();
    }

    /** What there is more of at the last look than at the first; 0 when there was but one. */
    Growth growth() {
        if (looks.isEmpty()) {
            return new Growth(0, 0, 0, 0);
        }
        final Look first = looks.getFirst();
        final Look last = looks.getLast();
        return new Growth(
                last.vitals().ownKib() - first.vitals().ownKib(),
                last.vitals().descriptors() - first.vitals().descriptors(),
                last.vitals().threads() - first.vitals().threads(),
                last.heapBytes() - first.heapBytes());
    }

    /** From the first look to the last. */
    record Growth(long ownKib, long descriptors, long threads, long heapBytes) {
        /** Of each the larger. */
        Growth most(final Growth other) {
            return new Growth(
                    Math.max(ownKib, other.ownKib),
                    Math.max(descriptors, other.descriptors),
                    Math.max(threads, other.threads),
                    Math.max(heapBytes, other.heapBytes));
        }
    }
}
