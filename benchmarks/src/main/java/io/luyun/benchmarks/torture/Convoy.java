package io.luyun.benchmarks.torture;

import io.luyun.proto.v1.AckLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Vehicles that send at once, each on a thread of its own while there is a server. */
public final class Convoy {
    private static final long LOOK_NANOS = 1_000_000;

    private final List<Vehicle> vehicles = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final ConcurrentLinkedQueue<String> breaks = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Throwable wrong;

    /** So many vehicles, which ask for this level. */
    public Convoy(final int count, final AckLevel level) {
        this(1, count, level);
    }

    /** The same with other names: they are counted from this number. */
    public Convoy(final int first, final int count, final AckLevel level) {
        for (int vehicle = first; vehicle < first + count; vehicle++) {
            vehicles.add(new Vehicle(vehicle, level));
        }
    }

    private Convoy() {}

    /** So many vehicles; every other one is content when what it sends is appended: a process that dies loses that as little. */
    public static Convoy ofBothLevels(final int count) {
        final Convoy convoy = new Convoy();
        for (int vehicle = 1; vehicle <= count; vehicle++) {
            convoy.vehicles.add(
                    new Vehicle(vehicle, vehicle % 2 == 0 ? AckLevel.ACK_LEVEL_APPENDED : AckLevel.ACK_LEVEL_SYNCED));
        }
        return convoy;
    }

    /** So many vehicles that hardly wait for answers: each sends that many messages ahead of them. */
    public static Convoy impatient(final int count, final AckLevel level, final int window) {
        final Convoy convoy = new Convoy();
        for (int vehicle = 1; vehicle <= count; vehicle++) {
            convoy.vehicles.add(new Vehicle(vehicle, level, window));
        }
        return convoy;
    }

    /** Begins to send to the server on this port of loopback. */
    public void depart(final int port) {
        depart(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** Begins to send to this server. */
    public void depart(final InetSocketAddress server) {
        for (final Vehicle vehicle : vehicles) {
            threads.add(Thread.ofVirtual()
                    .name(vehicle.ledger().device())
                    .uncaughtExceptionHandler((_, e) -> wrong = e)
                    .start(() -> {
                        try {
                            vehicle.run(server, acknowledged::addAndGet);
                        } catch (final IOException e) {
                            breaks.add(vehicle.ledger().device() + ": " + e.getMessage());
                        }
                    }));
        }
    }

    /** Waits until so many more messages are acknowledged, so long at most, or until everybody's connection has broken. */
    public boolean awaitAcknowledged(final long more, final long atMostNanos) {
        final long target = acknowledged.get() + more;
        final long deadlineNs = System.nanoTime() + atMostNanos;
        while (acknowledged.get() < target) {
            if (System.nanoTime() > deadlineNs || threads.stream().noneMatch(Thread::isAlive)) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    /** Sends nothing more; waits until everybody is answered, or their connections have broken. */
    public void halt() throws InterruptedException {
        vehicles.forEach(Vehicle::leave);
        join();
    }

    /** Breaks every connection that has not broken yet. */
    public void scatter() throws IOException, InterruptedException {
        for (final Vehicle vehicle : vehicles) {
            vehicle.breakOff();
        }
        join();
    }

    /** Waits until all connections have broken. */
    public void join() throws InterruptedException {
        for (final Thread thread : threads) {
            thread.join();
        }
        threads.clear();
        final @Nullable Throwable trouble = wrong;
        if (trouble != null) {
            throw new IllegalStateException("a vehicle found what must not be: " + trouble.getMessage(), trouble);
        }
    }

    /** Messages acknowledged until now, all runs together. */
    public long acknowledged() {
        return acknowledged.get();
    }

    /** What each of {@link #ledgers} has had answered until now; they may be sending. */
    public int[] answered() {
        return vehicles.stream()
                .mapToInt(vehicle -> vehicle.ledger().acknowledged())
                .toArray();
    }

    /** The ledgers as they were when {@link #answered} was this; nobody may be sending. */
    public List<Ledger> asOf(final int[] answered) {
        final List<Ledger> then = new ArrayList<>();
        for (int i = 0; i < answered.length; i++) {
            then.add(vehicles.get(i).ledger().asOf(answered[i]));
        }
        return then;
    }

    /** Sum over all ledgers; nobody may be sending. */
    public long sum(final ToLongFunction<Ledger> what) {
        return ledgers().stream().mapToLong(what).sum();
    }

    /** Everybody's ledger. */
    public List<Ledger> ledgers() {
        return vehicles.stream().map(Vehicle::ledger).toList();
    }

    /** Why connections have broken, since this was last asked. */
    public List<String> breaks() {
        final List<String> since = new ArrayList<>();
        for (String why = breaks.poll(); why != null; why = breaks.poll()) {
            since.add(why);
        }
        return since;
    }
}
