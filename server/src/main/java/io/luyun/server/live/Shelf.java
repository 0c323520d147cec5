package io.luyun.server.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Things of one kind of which browsers are told what has changed since they were told last. What all of them missed is put into
 * words once. One thread.
 *
 * @param <K> what tells one from another
 * @param <T> a thing; immutable
 */
final class Shelf<K, T> {
    /** So many that are gone are remembered; chosen here. Who was told before the first of them begins anew. */
    private static final int MOST_GONE = 4_096;

    private record Kept<T>(T thing, int turn) {}

    private record Gone<K>(K key, int turn) {}

    private final BiFunction<List<T>, List<K>, byte[]> words;
    private final Map<K, Kept<T>> kept = new HashMap<>();
    private final ArrayDeque<Gone<K>> gone = new ArrayDeque<>();
    private int goneSince;
    private int changed;
    private int textSince = -1;
    private int textChanged = -1;
    private byte[] text = new byte[0];

    Shelf(final BiFunction<List<T>, List<K>, byte[]> words) {
        this.words = words;
    }

    void put(final K key, final T thing, final int turn) {
        kept.put(key, new Kept<>(thing, turn));
        changed = turn;
    }

    void remove(final K key, final int turn) {
        if (kept.remove(key) != null) {
            gone(key, turn);
        }
    }

    /** Takes out what was not put in this turn. */
    void keepOf(final int turn) {
        for (final Iterator<Map.Entry<K, Kept<T>>> all = kept.entrySet().iterator(); all.hasNext(); ) {
            final Map.Entry<K, Kept<T>> entry = all.next();
            if (entry.getValue().turn < turn) {
                all.remove();
                gone(entry.getKey(), turn);
            }
        }
    }

    /** Empties it; whoever was told of it forgets. */
    void clear(final int turn) {
        kept.clear();
        gone.clear();
        goneSince = turn;
        changed = turn;
    }

    /** Whether somebody who was told up to this turn can be told what is new; 0 for nobody yet. */
    boolean reaches(final int turn) {
        return turn == 0 || turn >= goneSince;
    }

    /** What is new since this turn, or all for 0; null when there is nothing. */
    byte @Nullable [] since(final int turn) {
        if (changed <= turn || (turn == 0 && kept.isEmpty())) {
            return null;
        }
        if (textSince != turn || textChanged != changed) {
            final List<T> things = new ArrayList<>();
            for (final Kept<T> one : kept.values()) {
                if (one.turn > turn) {
                    things.add(one.thing);
                }
            }
            final List<K> left = new ArrayList<>();
            for (final Gone<K> one : gone) {
                if (turn > 0 && one.turn > turn) {
                    left.add(one.key);
                }
            }
            text = words.apply(things, left);
            textSince = turn;
            textChanged = changed;
        }
        return text;
    }

    private void gone(final K key, final int turn) {
        gone.add(new Gone<>(key, turn));
        changed = turn;
        if (gone.size() > MOST_GONE) {
            goneSince = gone.remove().turn;
        }
    }
}
