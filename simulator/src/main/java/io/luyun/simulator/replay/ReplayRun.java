package io.luyun.simulator.replay;

import io.luyun.server.research.Recording;
import io.luyun.server.research.Selection;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/** A journal played to a target. Run by one thread, once; keys and {@link #stop()} may come from any. */
public final class ReplayRun {
    /** So many messages at most wait for each other before they go out together. */
    private static final int BURST = 64;

    /** Twice what a wake-up takes on a machine that has nothing else to do; measured: halves the wake-ups of dense traffic. */
    private static final long EARLY_NS = 200_000;

    private static final long VIEW_MILLIS = 200;
    private static final long STUCK_MILLIS = 10_000;
    private static final long POLL_NS = 2_000_000;

    private final ReplayPlan plan;
    private final Recording recording;
    private final Selection selection;
    private final NanoClock clock;
    private final EpochNanoClock epochClock;
    private final Account account = new Account();
    private final PaceMeter pace = new PaceMeter();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable PlayerLoop keys;

    /**
     * A run.
     *
     * @param recording the journal, and its alerts where they choose records
     * @param selection which records are played
     * @throws IllegalArgumentException when the plan maps two devices to one, or one that is not there
     */
    public ReplayRun(
            final ReplayPlan plan,
            final Recording recording,
            final Selection selection,
            final NanoClock clock,
            final EpochNanoClock epochClock) {
        this.plan = plan;
        this.recording = recording;
        this.selection = selection;
        this.clock = clock;
        this.epochClock = epochClock;
        plan.remap().check(playable());
    }

    private List<String> playable() {
        return recording.journal().deviceIds().stream()
                .filter(selection::wantsDevice)
                .toList();
    }

    /** Ends the run: nothing more is sent. */
    public void stop() {
        over.countDown();
    }

    /** A key was pressed. */
    public void press(final Key key) {
        final PlayerLoop loop = keys;
        if (key == Key.QUIT) {
            stop();
        } else if (loop != null) {
            loop.ask(key::press);
        }
    }

    /**
     * Plays to the end.
     *
     * @param often is told how it stands, a few times a second
     * @throws IOException when the target cannot be reached, or has stopped taking messages
     * @throws IllegalArgumentException when two devices would be played as one
     */
    public ReplayResult run(final Consumer<ReplayView> often) throws IOException, InterruptedException {
        try (Target target = Targets.of(plan, account, clock, epochClock);
                ReadAhead feed = feed(target)) {
            final Player player = player(target, feed);
            final PlayerLoop loop = new PlayerLoop(target.loop(), clock, player, this::onEnd);
            feed.start();
            loop.start();
            keys = loop;
            watch(target, player, feed, often);
            keys = null;
            final boolean ended = finished.getCount() == 0;
            loop.ask(Player::end);
            if (!finished.await(STUCK_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException(plan.to().text() + " has stopped taking messages");
            }
            drain(target);
            feed.finish();
            check(feed, loop);
            return on(target, () -> result(target, player, feed, ended));
        }
    }

    private void onEnd() {
        finished.countDown();
        over.countDown();
    }

    private ReadAhead feed(final Target target) {
        return new ReadAhead(
                recording,
                selection,
                new ReadAhead.Excerpt(plan.offsetNs(), plan.durationNs(), plan.loop()),
                new Devices(plan.remap(), new Roles(recording.journal(), Roles.LOOK_BACK), target::announce));
    }

    private Player player(final Target target, final ReadAhead feed) {
        final SecureRandom random = new SecureRandom();
        final FreshIds ids = plan.freshIds() ? new FreshIds(random.nextLong(), random.nextLong()) : null;
        return new Player(
                feed,
                new Transmitter(target, new Stamps(plan.now(), ids, clock, epochClock), account),
                new Schedule(plan.rate(), plan.maxGapNs()),
                pace,
                clock,
                new Player.Manner(BURST, EARLY_NS, plan.paused()));
    }

    /** Until the player has ended, somebody ends it, or the target is lost. */
    private void watch(final Target target, final Player player, final ReadAhead feed, final Consumer<ReplayView> often)
            throws InterruptedException {
        boolean open = true;
        while (open && !over.await(VIEW_MILLIS, TimeUnit.MILLISECONDS)) {
            final ReplayView now = view(target, player, feed);
            if (now != null) {
                often.accept(now);
                open = now.open();
            }
        }
    }

    private @Nullable ReplayView view(final Target target, final Player player, final ReadAhead feed)
            throws InterruptedException {
        try {
            return on(target, () -> view(player, feed, target.closed() == null));
        } catch (final IOException _) {
            // it waits for the target, as it may
            return null;
        }
    }

    private ReplayView view(final Player player, final ReadAhead feed, final boolean open) {
        final long timeNs = player.positionNs();
        return new ReplayView(
                player.state().name().toLowerCase(Locale.ROOT),
                timeNs,
                timeNs == 0 ? 0 : timeNs - feed.beginNs(),
                player.rate(),
                account.sentSoFar(),
                account.acknowledgedSoFar(),
                pace.lagNs(),
                open);
    }

    private void drain(final Target target) throws IOException, InterruptedException {
        final long endNs = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(plan.drainMillis());
        while (on(target, target::outstanding) > 0 && clock.nanoTime() < endNs) {
            LockSupport.parkNanos(POLL_NS);
        }
    }

    private static void check(final ReadAhead feed, final PlayerLoop loop) {
        final RuntimeException reading = feed.failure();
        if (reading != null) {
            throw reading;
        }
        final Throwable playing = loop.failure();
        if (playing != null) {
            throw new IllegalStateException("playing failed", playing);
        }
    }

    private ReplayResult result(final Target target, final Player player, final ReadAhead feed, final boolean ended) {
        final long timeNs = player.positionNs();
        return new ReplayResult(
                plan.to().text(),
                target.answers(),
                plan.now(),
                account.counts(),
                player.rate(),
                pace.pace(),
                timeNs == 0 ? 0 : timeNs - feed.beginNs(),
                ended,
                target.closed(),
                feed.damage());
    }

    private static <T> T on(final Target target, final Callable<T> task) throws IOException, InterruptedException {
        try {
            return target.loop().submit(task).get(STUCK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (final TimeoutException e) {
            throw new IOException("the target has stopped taking messages", e);
        } catch (final ExecutionException e) {
            throw new IllegalStateException("playing failed", e.getCause());
        }
    }
}
