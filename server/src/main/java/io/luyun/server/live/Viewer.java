package io.luyun.server.live;

import io.luyun.server.journal.JournalException;
import io.luyun.server.monitor.Counter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A browser and the time it looks at: does what it asks for, and says what became of it. One thread: that of the face. */
final class Viewer implements LiveClient {
    /** So many refusals within a minute, or so many requests within a second, and it is closed; chosen here. */
    private static final int MOST_REFUSALS = 20;

    private static final int MOST_REQUESTS = 100;
    private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final RequestReader READER = new RequestReader();

    private final LiveHub hub;
    private final Browser browser;
    private @Nullable Replay replay;
    private LivePipe pipe = new LivePipe();
    private long atNs;
    private double speed = 1;
    private boolean paused;
    private long machineNs;
    private int refusals;
    private long refusalsFromNs;
    private int requests;
    private long requestsFromNs;

    Viewer(final LiveHub hub, final Browser browser, final long nowNs) {
        this.hub = hub;
        this.browser = browser;
        atNs = nowNs;
    }

    Browser browser() {
        return browser;
    }

    void poll(final long nowMachineNs) {
        machineNs = nowMachineNs;
        final Replay running = replay;
        if (running != null) {
            LiveHub.drain(pipe, browser.picture());
            if (running.failed()) {
                browser.tell(LiveText.notice(
                        "replay-failed", "the journal cannot be read there; the server's log tells why"));
                live();
            }
        }
        browser.hear();
        if (replay != null) {
            browser.picture().toldAll();
        }
        browser.work(machineNs);
    }

    @Override
    public void onText(final String text) {
        if (machineNs - requestsFromNs >= SECOND_NS) {
            requestsFromNs = machineNs;
            requests = 0;
        }
        if (++requests > MOST_REQUESTS) {
            hub.counters().increment(Counter.LIVE_CLOSED);
            browser.close(Outbox.POLICY_VIOLATION, "more than " + MOST_REQUESTS + " messages a second");
            return;
        }
        try {
            take(READER.read(text));
        } catch (final BadRequestException e) {
            refuse(e);
        }
    }

    @Override
    public void onBinary() {
        refuse(new BadRequestException("message", "(binary)", "must be a text"));
    }

    @Override
    public void onWritable() {
        browser.work(machineNs);
    }

    @Override
    public void onClosed() {
        hub.leave(this);
    }

    private void refuse(final BadRequestException why) {
        hub.counters().increment(Counter.LIVE_REFUSED);
        browser.tell(LiveText.refusal(why));
        if (machineNs - refusalsFromNs >= MINUTE_NS) {
            refusalsFromNs = machineNs;
            refusals = 0;
        }
        if (++refusals > MOST_REFUSALS) {
            hub.counters().increment(Counter.LIVE_CLOSED);
            browser.close(Outbox.POLICY_VIOLATION, "more than " + MOST_REFUSALS + " messages refused in a minute");
        }
    }

    private void take(final LiveRequest request) throws BadRequestException {
        switch (request) {
            case final LiveRequest.Look look -> browser.look(look);
            case LiveRequest.Watch(final long participant) -> browser.watch(participant);
            case LiveRequest.Live() -> live();
            case LiveRequest.Replay(final long fromNs, final double wished) -> replay(fromNs, wished);
            case LiveRequest.Seek(final long toNs) -> seek(running("seek"), within("to", toNs));
            case LiveRequest.Speed(final double wished) -> {
                running("speed").speed(wished);
                speed = wished;
                tellMode();
            }
            case LiveRequest.Pause() -> {
                running("pause").pause();
                paused = true;
                tellMode();
            }
            case LiveRequest.Play() -> {
                running("play").play();
                paused = false;
                tellMode();
            }
            case LiveRequest.Step(final long millis) -> {
                running("step").step(TimeUnit.MILLISECONDS.toNanos(millis));
                paused = true;
                tellMode();
            }
        }
    }

    private Replay running(final String type) throws BadRequestException {
        final Replay running = replay;
        if (running == null) {
            throw new BadRequestException("type", type, "is for replays only");
        }
        return running;
    }

    private void replay(final long fromNs, final double wished) throws BadRequestException {
        final long startNs = within("from", fromNs);
        Replay running = replay;
        if (running == null) {
            running = hub.replay(wished);
            if (running == null) {
                throw new BadRequestException(
                        "type", "replay", "at most " + hub.config().maxReplays() + " replays at once; try again later");
            }
            replay = running;
        } else {
            running.speed(wished);
            running.play();
        }
        speed = wished;
        paused = false;
        seek(running, startNs);
    }

    private void seek(final Replay running, final long toNs) {
        pipe = new LivePipe();
        pipe.begin();
        atNs = toNs;
        running.seek(toNs, pipe);
        browser.turnTo(hub.blank());
        tellMode();
    }

    /** A time that the journal has; what is beyond its end is its end. */
    private long within(final String field, final long timeNs) throws BadRequestException {
        try {
            final var journal = hub.roads().journal().get();
            final long firstNs = journal.firstTimeNs();
            final long lastNs = journal.lastTimeNs();
            if (firstNs == 0 || timeNs < firstNs) {
                throw new BadRequestException(
                        field,
                        LiveText.time(timeNs),
                        firstNs == 0
                                ? "there is nothing in the journal yet"
                                : "must not be before " + LiveText.time(firstNs) + ", where the journal begins");
            }
            return Math.min(timeNs, lastNs);
        } catch (final JournalException e) {
            throw new BadRequestException(
                    field, LiveText.time(timeNs), "the journal cannot be read: " + e.getMessage());
        }
    }

    private void live() {
        if (replay != null) {
            endReplay();
            paused = false;
            speed = 1;
            browser.turnTo(hub.live());
        }
        tellMode();
    }

    private void tellMode() {
        final Picture picture = browser.picture();
        browser.tell(LiveText.mode(replay == null, picture.complete() ? picture.atNs() : atNs, speed, paused));
    }

    void endReplay() {
        final Replay running = replay;
        if (running != null) {
            replay = null;
            running.stop();
            hub.replayEnded();
        }
    }

    /** The same, and waits for it. */
    void closeReplay() {
        final Replay running = replay;
        endReplay();
        if (running != null) {
            running.close();
        }
    }
}
