package io.luyun.benchmarks.torture;

import io.luyun.proto.v1.AckLevel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Vehicles that connect again, each by itself, whenever their connection has broken, until they are told to end. */
public final class Commuters {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LOOK_MILLIS = 10;

    private final List<Vehicle> vehicles = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong breaks = new AtomicLong();
    private volatile boolean ending;
    private volatile @Nullable Throwable wrong;

    /**
     * They do not send yet.
     *
     * @param first number of the first one; no two vehicles of a server may have the same
     * @param count how many
     */
    public Commuters(final int first, final int count, final AckLevel level) {
        for (int vehicle = first; vehicle < first + count; vehicle++) {
            vehicles.add(new Vehicle(vehicle, level));
        }
    }

    /** Begins to send, as fast as acknowledgements allow. */
    public void depart(final InetSocketAddress server) {
        ending = false;
        for (final Vehicle vehicle : vehicles) {
            threads.add(Thread.ofVirtual()
                    .name(vehicle.ledger().device())
                    .uncaughtExceptionHandler((_, e) -> wrong = e)
                    .start(() -> drive(vehicle, server)));
        }
    }

    private void drive(final Vehicle vehicle, final InetSocketAddress server) {
        while (true) {
            final int before = vehicle.ledger().acknowledged();
            final long[] heard = new long[1];
            try {
                vehicle.run(server, count -> {
                    heard[0] += count;
                    acknowledged.addAndGet(count);
                });
                if (ending) {
                    return;
                }
            } catch (final IOException e) {
                // what is unanswered goes with the next connection; how often that happens is a figure
                breaks.incrementAndGet();
            } finally {
                // a welcome tells what the journal has, too
                acknowledged.addAndGet(vehicle.ledger().acknowledged() - before - heard[0]);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Breaks everybody's connection from their side. */
    public void breakOff() throws IOException {
        for (final Vehicle vehicle : vehicles) {
            vehicle.breakOff();
        }
    }

    /** Messages acknowledged until now. */
    public long acknowledged() {
        return acknowledged.get();
    }

    /** How often a connection has broken. */
    public long breaks() {
        return breaks.get();
    }

    /** Waits until so many more messages are acknowledged, so long at most. */
    public boolean awaitAcknowledged(final long more, final long atMostNanos) {
        final long target = acknowledged.get() + more;
        final long deadlineNs = System.nanoTime() + atMostNanos;
        while (acknowledged.get() < target) {
            if (System.nanoTime() > deadlineNs || wrong != null) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    /**
     * Sends nothing new; waits until everybody is answered.
     *
     * @return false when somebody was not within this time
     * @throws IllegalStateException when the server has answered for what it cannot have
     */
    public boolean halt(final long atMostNanos) throws InterruptedException, IOException {
        final long deadlineNs = System.nanoTime() + atMostNanos;
        ending = true;
        boolean all = true;
        for (final Thread thread : threads) {
            // said again and again: a vehicle that is about to connect has not heard it
            do {
                vehicles.forEach(Vehicle::leave);
            } while (!thread.join(Duration.ofMillis(LOOK_MILLIS)) && System.nanoTime() < deadlineNs);
            all &= !thread.isAlive();
        }
        threads.clear();
        final @Nullable Throwable trouble = wrong;
        if (trouble != null) {
            throw new IllegalStateException("a vehicle found what must not be: " + trouble.getMessage(), trouble);
        }
        return all;
    }

    /** Everybody's ledger; nobody may be sending. */
    public List<Ledger> ledgers() {
        return vehicles.stream().map(Vehicle::ledger).toList();
    }

    /** Sum over all ledgers; nobody may be sending. */
    public long sum(final ToLongFunction<Ledger> what) {
        return ledgers().stream().mapToLong(what).sum();
    }
}
