package io.luyun.benchmarks.torture.crowd;

import io.luyun.benchmarks.torture.Ledger;
import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.Role;
import io.luyun.simulator.link.ClientLoops;
import io.luyun.simulator.link.Identity;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A vehicle that drives too fast in every other message, so that an alert is raised by each of these and cleared by the next. Sends on
 * its event loop, from when it is told to until it is told to stop.
 */
final class Scout {
    private static final int VEHICLE = 9_000_000;
    private static final long PERIOD_MILLIS = 100;
    /** 44.3 and 39.6 km/h. */
    private static final int TOO_FAST = 615;

    private static final int SLOW = 550;
    /** 11 m/s for a tenth of a second. */
    private static final int STEP_E7 = 114;

    private final Member member;
    private final Pulse pulse = new Pulse();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong breaks = new AtomicLong();
    private final ClientLoops loops;
    private final AtomicLong raises = new AtomicLong();
    private volatile boolean driving;
    private long turns;

    Scout(final ClientLoops loops, final Consumer<Throwable> wrong) {
        this.loops = loops;
        member = new Member("scout", this::report, new Member.Shared(open, breaks, pulse, System::nanoTime, wrong));
        member.speaksBy(loops.client(
                0,
                new Identity("scout", Role.ROLE_OBU, null, System.currentTimeMillis(), AckLevel.ACK_LEVEL_SYNCED),
                member));
        loops.loop(0).execute(() -> member.client().connect());
    }

    private Bsm report(final int number) {
        return Place.onRoad(VEHICLE, number, number * STEP_E7)
                .setSpeed(number % 2 == 0 ? TOO_FAST : SLOW)
                .build();
    }

    /** Which message an alert is about, by where it says the vehicle was. */
    static int number(final int lonE7) {
        return Place.along(lonE7) / STEP_E7;
    }

    /** Begins to drive; the listener hears the number of each message that will be warned of, before it is sent. */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends when it is told to
    void drive(final Consumer<Integer> onTooFast) {
        driving = true;
        loops.loop(0)
                .scheduleAtFixedRate(
                        () -> {
                            if (driving || (turns > 0 && turns % 2 == 0)) {
                                turns++;
                                if (turns % 2 == 0) {
                                    raises.incrementAndGet();
                                    onTooFast.accept((int) turns);
                                }
                                member.send();
                            }
                        },
                        0,
                        PERIOD_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    void stop() {
        driving = false;
    }

    boolean open() {
        return open.get() == 1;
    }

    /** How many alerts it has given reason for. */
    long raises() {
        return raises.get();
    }

    Ledger ledger() {
        return member.ledger();
    }
}
