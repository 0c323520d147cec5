package io.luyun.benchmarks.torture.load;

import io.luyun.benchmarks.torture.Ledger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Heavy, middle and light senders, all on one thread. Methods are for one other thread; they throw what has ended the column, such as a
 * broken connection.
 */
final class Column implements AutoCloseable {
    private static final long IDLE_NANOS = 200_000;
    private static final long LOOK_NANOS = 5_000_000;
    private static final long ANSWER_SECONDS = 60;
    private static final int DIGITS = 2;
    private static final long HIGHEST_NS = TimeUnit.MINUTES.toNanos(1);

    private final Selector selector;
    private final List<Rank> ranks = new ArrayList<>();
    private final List<Sender> senders = new ArrayList<>();
    private final ConcurrentLinkedQueue<FutureTask<?>> questions = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private final AtomicLong acknowledged = new AtomicLong();
    private volatile boolean ending;
    private volatile @Nullable Throwable wrong;

    /** Senders that have the same pace. */
    static final class Rank {
        private final List<Sender> senders = new ArrayList<>();
        private final Histogram waits = new Histogram(HIGHEST_NS, DIGITS);

        private long acknowledged() {
            return senders.stream()
                    .mapToLong(sender ->
                            sender.ledger().acknowledged() - sender.pace().before())
                    .sum();
        }

        private long due(final long nowNs) {
            return senders.stream()
                    .mapToLong(sender -> sender.pace().due(nowNs))
                    .sum();
        }
    }

    /**
     * How a rank has fared since its pace began.
     *
     * @param offered messages the clock has asked for
     * @param acknowledged messages
     * @param p99Millis from when a message was to be sent until it was acknowledged, since the watch began
     */
    record Fare(long offered, long acknowledged, double p99Millis) {
        /** How much it got of what it offered. */
        double part() {
            return offered == 0 ? 1 : (double) acknowledged / offered;
        }
    }

    /**
     * Opens all their sessions.
     *
     * @param counts how many there are of each rank
     */
    Column(final int port, final int... counts) throws IOException {
        selector = Selector.open();
        final InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        int vehicle = 0;
        for (final int count : counts) {
            final Rank rank = new Rank();
            for (int i = 0; i < count; i++) {
                final Sender sender = new Sender(server, ++vehicle, rank.waits);
                sender.channel().register(selector, SelectionKey.OP_READ, sender);
                rank.senders.add(sender);
                senders.add(sender);
            }
            ranks.add(rank);
        }
        thread = Thread.ofPlatform().name("column").start(this::run);
    }

    private void run() {
        try {
            while (!ending) {
                for (FutureTask<?> next = questions.poll(); next != null; next = questions.poll()) {
                    next.run();
                }
                if (!turn()) {
                    LockSupport.parkNanos(IDLE_NANOS);
                }
            }
        } catch (final IOException | RuntimeException e) {
            wrong = e;
        }
    }

    private boolean turn() throws IOException {
        boolean busy = false;
        for (final Sender sender : senders) {
            busy |= sender.send(System.nanoTime());
        }
        if (selector.selectNow() > 0) {
            final long nowNs = System.nanoTime();
            long more = 0;
            for (final SelectionKey key : selector.selectedKeys()) {
                more += ((Sender) key.attachment()).receive(nowNs);
            }
            selector.selectedKeys().clear();
            acknowledged.addAndGet(more);
            return true;
        }
        return busy;
    }

    /** How those of one rank send from now on. */
    interface Manner {
        Pace of(long nowNs, int before);

        /** As fast as answers come, so many messages ahead of them. */
        static Manner ahead(final int window) {
            return (nowNs, before) -> Pace.ahead(window, nowNs, before);
        }

        /** So many messages a second each, whatever comes back. */
        static Manner clock(final double perSecond) {
            return (nowNs, before) -> Pace.clock(perSecond, nowNs, before);
        }
    }

    /** Everybody sends in this manner from now on, by rank; nothing may be unanswered. */
    void send(final Manner... manners) throws IOException, InterruptedException {
        ask(() -> {
            final long nowNs = System.nanoTime();
            for (int i = 0; i < manners.length; i++) {
                final Manner manner = manners[i];
                ranks.get(i)
                        .senders
                        .forEach(sender ->
                                sender.pace(manner.of(nowNs, sender.ledger().acknowledged())));
            }
            return true;
        });
    }

    /** Forgets how long it took until now. */
    void beginWatch() throws IOException, InterruptedException {
        ask(() -> {
            ranks.forEach(rank -> rank.waits.reset());
            return true;
        });
    }

    /** How everybody has fared since {@link #send}, by rank. */
    List<Fare> fares() throws IOException, InterruptedException {
        return ask(() -> {
            final long nowNs = System.nanoTime();
            return ranks.stream()
                    .map(rank ->
                            new Fare(rank.due(nowNs), rank.acknowledged(), rank.waits.getValueAtPercentile(99) / 1e6))
                    .toList();
        });
    }

    /** Nobody sends more; waits until everything is answered; false when it was not within this time. */
    boolean rest(final long atMostNanos) throws IOException, InterruptedException {
        ask(() -> {
            senders.forEach(sender -> sender.pace(Pace.rest(sender.ledger().sent())));
            return true;
        });
        final long deadlineNs = System.nanoTime() + atMostNanos;
        while (!ask(() -> senders.stream().allMatch(Sender::settled))) {
            if (System.nanoTime() > deadlineNs) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    /** How many there are of each rank. */
    int[] counts() {
        return ranks.stream().mapToInt(rank -> rank.senders.size()).toArray();
    }

    /** Messages acknowledged until now. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** Everybody's; nobody may be sending. */
    List<Ledger> ledgers() {
        return senders.stream().map(Sender::ledger).toList();
    }

    private <T> T ask(final Callable<T> question) throws IOException, InterruptedException {
        final FutureTask<T> task = new FutureTask<>(question);
        questions.add(task);
        for (int second = 0; second < ANSWER_SECONDS; second++) {
            try {
                return task.get(1, TimeUnit.SECONDS);
            } catch (final TimeoutException e) {
                final @Nullable Throwable trouble = wrong;
                if (trouble != null) {
                    throw new IOException("a sender has come to an end: " + trouble.getMessage(), trouble);
                }
            } catch (final ExecutionException e) {
                throw new IllegalStateException("the senders do not answer: " + e.getMessage(), e);
            }
        }
        throw new IOException("the senders do not answer");
    }

    @Override
    public void close() throws IOException {
        ending = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(ANSWER_SECONDS));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (final Sender sender : senders) {
            sender.close();
        }
        selector.close();
    }
}
