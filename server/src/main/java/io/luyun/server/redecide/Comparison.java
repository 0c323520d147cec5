package io.luyun.server.redecide;

import io.luyun.proto.v1.Alert;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Finds which alert of one side is which of the other, and what differs; see the package. Steps of each side come in the order of
 * their times, and {@link #advance} says up to where both have come. One thread.
 *
 * <pre>
 *   first step ──▶ the other side has one of the same number about the same ──────────────────▶ Pair ── both cleared ──▶ same or not
 *        └────────▶ waits two windows ──▶ nearest raise among those about the same ─────────────▲
 *                                   └───▶ alone while it stands and two windows more ───────────┘ (one raised meanwhile)
 *                                                     └──▶ only on one side
 * </pre>
 */
final class Comparison {
    private final Span span;
    private final long windowNs;
    private final boolean sameParticipants;
    private final Consumer<Difference> differences;
    private final SortedMap<Integer, KindCount> kinds = new TreeMap<>();
    private final Map<Long, Life> recorded = new LinkedHashMap<>();
    private final Map<Long, Life> decided = new LinkedHashMap<>();
    /** Without a counterpart, by kind. */
    private final Map<Integer, List<Life>> alone = new LinkedHashMap<>();

    private final ArrayDeque<Life> waiting = new ArrayDeque<>();
    private final ArrayDeque<Life> leaving = new ArrayDeque<>();
    private long lastRecordedNs = Long.MIN_VALUE;
    private long notLookedAt;

    /** Two that may be the same alert. */
    private record Match(Life recorded, Life decided) {
        long apartNs() {
            return Math.abs(recorded.raisedNs() - decided.raisedNs());
        }
    }

    /**
     * Nothing is known yet.
     *
     * @param span alerts without a step in it are not told
     * @param windowNs how far apart the raises of one alert may be
     * @param sameParticipants whether numbers of road users are compared
     * @param differences told of each as soon as it is known
     */
    Comparison(
            final Span span,
            final long windowNs,
            final boolean sameParticipants,
            final Consumer<Difference> differences) {
        this.span = span;
        this.windowNs = windowNs;
        this.sameParticipants = sameParticipants;
        this.differences = differences;
    }

    /** The next step that was recorded. */
    void recorded(final Alert step, final byte[] bytes) {
        lastRecordedNs = Math.max(lastRecordedNs, step.getAtNs());
        take(step, bytes, false);
    }

    /** The next step decided now. */
    void decided(final Alert step, final byte[] bytes) {
        take(step, bytes, true);
    }

    private void take(final Alert step, final byte[] bytes, final boolean now) {
        final Map<Long, Life> own = now ? decided : recorded;
        Life life = own.get(step.getAlertId());
        if (life == null) {
            life = new Life(now, step);
            own.put(life.id(), life);
            alone(life).add(life);
            waiting.add(life);
            final Life other = (now ? recorded : decided).get(life.id());
            if (other != null && other.pair == null && Identity.same(life.first, other.first, sameParticipants)) {
                join(now ? other : life, now ? life : other);
            }
        }
        life.add(step, span.contains(step.getAtNs()));
        if (life.pair != null || step.getAtNs() < life.seenNs + 2 * windowNs) {
            life.waiting.add(new Life.Step(step.getAtNs(), bytes));
        }
        if (life.pair != null) {
            life.pair.compare();
            if (life.pair.cleared()) {
                tell(life.pair);
            }
        } else if (life.cleared()) {
            leaving.add(life);
        }
    }

    /** Both sides have come to this time. */
    void advance(final long nowNs) {
        while (!waiting.isEmpty() && waiting.peek().seenNs + 2 * windowNs <= nowNs) {
            settle(waiting.remove());
        }
        while (!leaving.isEmpty() && leaving.peek().clearedNs + 2 * windowNs <= nowNs) {
            final Life life = leaving.remove();
            if (life.pair == null) {
                tellAlone(life);
            }
        }
    }

    /**
     * Nothing follows: the road is emptied, or the journal or what is looked at of it ends.
     *
     * @param notLookedAtNs steps decided from this time on, behind the last recorded one, are not differences: a server may have
     *     ended before it looked at what caused them
     */
    void end(final long notLookedAtNs) {
        final long left = Math.max(notLookedAtNs, lastRecordedNs);
        while (!waiting.isEmpty()) {
            settle(waiting.remove());
        }
        leaving.clear();
        for (final Life life : List.copyOf(recorded.values())) {
            final Pair pair = life.pair;
            if (pair == null) {
                tellAlone(life);
            } else {
                final int leftOut = pair.leaveOut(left);
                notLookedAt += pair.inSpan() ? leftOut : 0;
                tell(pair);
            }
        }
        for (final Life life : List.copyOf(decided.values())) {
            if (life.seenNs >= left) {
                notLookedAt += life.inSpan ? life.steps : 0;
                forget(life);
            } else {
                tellAlone(life);
            }
        }
        lastRecordedNs = Long.MIN_VALUE;
    }

    /** By number of AlertKind. */
    SortedMap<Integer, KindCount> kinds() {
        return kinds;
    }

    /** Steps that are not differences because a server may have ended before it looked at what caused them. */
    long notLookedAt() {
        return notLookedAt;
    }

    /** Alerts that are kept. */
    int held() {
        return recorded.size() + decided.size();
    }

    /** It has waited long enough: takes the nearest, unless that one has a nearer one itself. */
    private void settle(final Life life) {
        if (life.pair != null) {
            return;
        }
        final List<Life> alike = new ArrayList<>(alone(life));
        alike.removeIf(other -> !Identity.same(other.first, life.first, sameParticipants));
        final List<Match> matches = new ArrayList<>();
        for (final Life a : alike) {
            for (final Life b : alike) {
                if (!a.decided && b.decided && mayBeOne(a, b)) {
                    matches.add(new Match(a, b));
                }
            }
        }
        matches.sort(Comparator.comparingLong(Match::apartNs)
                .thenComparingLong(match -> match.recorded().raisedNs())
                .thenComparingLong(match -> match.decided().raisedNs()));
        for (final Match match : matches) {
            if (life.pair == null && match.recorded().pair == null && match.decided().pair == null) {
                final Pair pair = join(match.recorded(), match.decided());
                pair.compare();
                if (pair.cleared()) {
                    tell(pair);
                }
            }
        }
        if (life.pair == null) {
            life.waiting.clear();
        }
    }

    private boolean mayBeOne(final Life a, final Life b) {
        return (Math.abs(a.raisedNs() - b.raisedNs()) <= windowNs || a.overlaps(b))
                && Identity.same(a.first, b.first, sameParticipants);
    }

    private Pair join(final Life before, final Life now) {
        final Pair pair = new Pair(before, now, sameParticipants);
        before.pair = pair;
        now.pair = pair;
        alone(before).remove(before);
        alone(now).remove(now);
        return pair;
    }

    private List<Life> alone(final Life like) {
        return alone.computeIfAbsent(like.first.getKindValue(), _ -> new ArrayList<>());
    }

    private void tell(final Pair pair) {
        recorded.remove(pair.recorded.id());
        decided.remove(pair.decided.id());
        if (!pair.inSpan()) {
            return;
        }
        if (pair.same()) {
            count(pair.recorded).addSame();
        } else {
            tell(pair.recorded, pair.difference());
        }
    }

    private void tellAlone(final Life life) {
        forget(life);
        if (!life.inSpan) {
            return;
        }
        tell(
                life,
                life.decided
                        ? new Difference(
                                Difference.Sort.ONLY_DECIDED,
                                null,
                                life.first,
                                Life.STANDS,
                                life.clearedNs,
                                new TreeMap<>())
                        : new Difference(
                                Difference.Sort.ONLY_RECORDED,
                                life.first,
                                null,
                                life.clearedNs,
                                Life.STANDS,
                                new TreeMap<>()));
    }

    private void forget(final Life life) {
        (life.decided ? decided : recorded).remove(life.id());
        alone(life).remove(life);
    }

    private void tell(final Life life, final Difference difference) {
        count(life).add(difference);
        differences.accept(difference);
    }

    private KindCount count(final Life life) {
        return kinds.computeIfAbsent(life.first.getKindValue(), _ -> new KindCount());
    }
}
