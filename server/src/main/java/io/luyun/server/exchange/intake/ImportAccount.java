package io.luyun.server.exchange.intake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of a file: everything in it is counted once, as a record, as left out by design, or as lost. One thread. */
public final class ImportAccount {
    private static final int MOST_REASONS = 100;
    private static final String OTHER = "for other reasons";

    private final Map<String, Long> leftOut = new TreeMap<>();
    private final Map<String, Long> lost = new TreeMap<>();
    private final List<String> damage = new ArrayList<>();
    private long records;

    /** Something has become a record. */
    public void record() {
        records++;
    }

    /** Something has no place in a journal, and says so by what it is: another topic, another protocol. */
    public void leaveOut(final String what) {
        count(leftOut, what);
    }

    /** Something should have become a record, or has become one that says less. */
    public void lose(final String why) {
        count(lost, why);
    }

    /** A place of the file that cannot be read, a line. */
    public void damage(final List<String> lines) {
        damage.clear();
        damage.addAll(lines);
    }

    private static void count(final Map<String, Long> counts, final String what) {
        counts.merge(counts.size() < MOST_REASONS || counts.containsKey(what) ? what : OTHER, 1L, Long::sum);
    }

    /** How many have become records. */
    public long records() {
        return records;
    }

    /** What has been left out, and how often. */
    public Map<String, Long> leftOut() {
        return Collections.unmodifiableMap(leftOut);
    }

    /** What has been lost, and how often. */
    public Map<String, Long> lost() {
        return Collections.unmodifiableMap(lost);
    }

    /** Places that cannot be read. */
    public List<String> damage() {
        return List.copyOf(damage);
    }

    /** Whether all is there. */
    public boolean whole() {
        return lost.isEmpty() && damage.isEmpty();
    }
}
