package io.luyun.simulator.link;

import io.luyun.proto.v1.Bye;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Error;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.Heartbeat;
import io.luyun.proto.v1.HeartbeatReply;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.Notice;
import io.luyun.proto.v1.NoticeCode;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.Subscribe;
import io.luyun.proto.v1.Welcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * One device in the native protocol: says hello, numbers its messages, keeps each until the server has answered for it,
 * connects again when the connection breaks and sends again what the journal does not have. All methods are called on its
 * event loop, and so is its listener.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of a channel comes back as its events
public final class DeviceClient implements Uplink {
    /** Where a client stands. */
    public enum State {
        /** Not connected. */
        IDLE,
        /** Connecting, or hello sent. */
        GREETING,
        /** A session is open. */
        OPEN,
        /** Will connect again. */
        WAITING,
        /** Has said goodbye. */
        LEAVING,
        /** Closed, by its owner or because the server does not want it. */
        CLOSED
    }

    /** Why a client is closed whose owner has closed it. */
    public static final String CLOSED = "closed";

    /** Why a connection is closed that was to break. */
    public static final String ON_PURPOSE = "broken on purpose";

    private static final long FIRST_BACKOFF_MILLIS = 100;
    private static final long MAX_BACKOFF_MILLIS = 5_000;

    private final ClientLoops loops;
    private final EventLoop loop;
    private final Identity identity;
    private final LinkListener listener;
    private final NanoClock nanoClock;
    private final EpochNanoClock epochClock;
    private final Outstanding outstanding;
    private final Map<Integer, Subscribe> subscriptions = new LinkedHashMap<>();
    private final int readBytesPerSecond;
    private State state = State.IDLE;
    private @Nullable Channel channel;
    private long written;
    private long everWritten;
    private long lastWriteNs;
    private long readNs;
    private long backoffMillis = FIRST_BACKOFF_MILLIS;
    private boolean opened;
    private boolean wrote;
    private @Nullable String lastProblem;
    private int connection;

    DeviceClient(final ClientLoops loops, final EventLoop loop, final Identity identity, final LinkListener listener) {
        this(loops, loop, identity, listener, 0);
    }

    /** One that reads no more than so many bytes a second; 0 for all there are. */
    DeviceClient(
            final ClientLoops loops,
            final EventLoop loop,
            final Identity identity,
            final LinkListener listener,
            final int readBytesPerSecond) {
        this.readBytesPerSecond = readBytesPerSecond;
        this.loops = loops;
        this.loop = loop;
        this.identity = identity;
        this.listener = listener;
        nanoClock = loops.nanoClock();
        epochClock = loops.epochClock();
        outstanding = new Outstanding(loops.config().maxOutstanding());
    }

    /** Who it is. */
    public Identity identity() {
        return identity;
    }

    /** Where it stands. */
    public State state() {
        return state;
    }

    /** The kind a message was offered with, while its owner is told what becomes of it. */
    public int kindOf(final long number) {
        return outstanding.kind(number);
    }

    @Override
    public int outstanding() {
        return outstanding.waiting();
    }

    @Override
    public boolean open() {
        return state == State.OPEN;
    }

    @Override
    public boolean closed() {
        return state == State.CLOSED;
    }

    @Override
    public void connect() {
        if (state != State.IDLE && state != State.WAITING) {
            return;
        }
        state = State.GREETING;
        final int attempt = ++connection;
        loops.connect(this, attempt, loop);
        final int timeoutMillis = loops.config().connectTimeoutMillis();
        loop.schedule(
                () -> {
                    if (state == State.GREETING) {
                        onDisconnected(attempt, "no Welcome within " + timeoutMillis + " ms");
                    }
                },
                timeoutMillis,
                TimeUnit.MILLISECONDS);
    }

    /** Takes a message; it is written at once when a session is open and after the next Welcome otherwise. */
    @Override
    public long offer(
            final int kind, final DirectBuffer body, final int offset, final int length, final long intendedNs) {
        if (outstanding.full() || state == State.CLOSED) {
            return 0;
        }
        final long number = outstanding.next();
        final ByteBuf frame =
                Frames.message(PooledByteBufAllocator.DEFAULT, number, kind & ~MARK, body, offset, length);
        outstanding.add(frame, kind, intendedNs);
        pump();
        return number;
    }

    @Override
    public boolean repeat(final long number) {
        final ByteBuf frame = outstanding.frame(number);
        final Channel open = channel;
        // only what has been written: the first time must not come second
        if (frame != null && open != null && state == State.OPEN && number <= written && open.isWritable()) {
            writeBuffer(open, frame.retainedDuplicate());
            return true;
        }
        return false;
    }

    /** Encodes a message as {@link #offer} does and forgets it, so that the first one offered does not wait for classes to load. */
    public void rehearse(final int kind, final DirectBuffer body, final int offset, final int length) {
        Frames.message(PooledByteBufAllocator.DEFAULT, outstanding.next(), kind, body, offset, length)
                .release();
    }

    @Override
    public void flush() {
        if (wrote && channel != null) {
            wrote = false;
            lastWriteNs = nanoClock.nanoTime();
            channel.flush();
        }
    }

    /** Subscribes, now and after every reconnect. */
    public void subscribe(final Subscribe subscription) {
        subscriptions.put(subscription.getSubscriptionId(), subscription);
        if (state == State.OPEN) {
            write(DeviceFrame.newBuilder().setSubscribe(subscription).build());
            flush();
        }
    }

    /** Asks for the server's clock; the answer comes to the listener. */
    public void askClock() {
        if (state == State.OPEN) {
            final Heartbeat.Builder beat = Heartbeat.newBuilder().setDeviceTimeNs(epochClock.nanoTime());
            write(DeviceFrame.newBuilder().setHeartbeat(beat).build());
            flush();
        }
    }

    /** Any frame of the conversation, for tests of the server; not numbered, not kept. */
    public void write(final DeviceFrame frame) {
        if (channel != null) {
            writeBuffer(channel, Frames.of(channel.alloc(), frame));
        }
    }

    /** Says goodbye; the client is closed when the server has closed or after a second. Nothing is sent again. */
    @Override
    public void close() {
        if (state != State.OPEN) {
            end(CLOSED);
            return;
        }
        write(DeviceFrame.newBuilder().setBye(Bye.getDefaultInstance()).build());
        flush();
        state = State.LEAVING;
        loop.schedule(() -> end(CLOSED), 1, TimeUnit.SECONDS);
    }

    @Override
    public void stayAway(final long millis, final boolean spread) {
        if (state != State.OPEN && state != State.GREETING && state != State.WAITING) {
            return;
        }
        final boolean waiting = state == State.WAITING;
        state = State.WAITING;
        leaveChannel();
        if (!waiting) {
            listener.onClosed(this, ON_PURPOSE, false);
        }
        connectIn(millis + (spread ? spreadMillis() : 0));
    }

    /** What went wrong, in a line. */
    static String text(final Throwable cause) {
        final String message = cause.getMessage();
        if (message == null) {
            return cause.toString();
        }
        // The native transport's "recvAddress(..) failed with error(-104): Connection reset by peer".
        final int begin = message.indexOf("failed with error(");
        return begin < 0 ? message : message.substring(message.indexOf("): ", begin) + 3);
    }

    /** The code's name without what all names begin with. */
    public static String code(final ErrorCode code) {
        return code.name().replace("ERROR_CODE_", "");
    }

    int readBytesPerSecond() {
        return readBytesPerSecond;
    }

    boolean usesTls() {
        return loops.config().tls();
    }

    boolean listensTo(final int number) {
        return number == connection && state != State.CLOSED;
    }

    void onConnected(final int number, final Channel active) {
        if (number != connection || state != State.GREETING) {
            active.close();
            return;
        }
        channel = active;
        write(DeviceFrame.newBuilder().setHello(hello()).build());
        flush();
    }

    void onReadStart() {
        readNs = nanoClock.nanoTime();
    }

    void onWritable() {
        pump();
        flush();
    }

    void onAck(final long upTo) {
        final long last = Math.min(upTo, outstanding.next() - 1);
        for (long number = outstanding.first(); number <= last; number++) {
            final long intendedNs = outstanding.intendedNs(number);
            final int kind = outstanding.kind(number);
            if (outstanding.forget(number)) {
                listener.onAcked(this, number, kind, intendedNs, readNs);
            }
        }
        outstanding.advance(last);
    }

    void onFrame(final ServerFrame frame) {
        switch (frame.getBodyCase()) {
            case WELCOME -> onWelcome(frame.getWelcome());
            case ACK -> onAck(frame.getAck().getUpTo());
            case HEARTBEAT_REPLY -> onHeartbeatReply(frame.getHeartbeatReply());
            case ERROR -> onError(frame.getError());
            case NOTICE -> onNotice(frame.getNotice());
            case ALERT -> listener.onAlert(this, frame.getAlert(), epochClock.nanoTime());
            case ALERT_ACKNOWLEDGEMENT -> listener.onAlertAcknowledged(this, frame.getAlertAcknowledgement());
            case UPDATE -> listener.onUpdate(this, frame.getUpdate());
            case MESSAGE, BODY_NOT_SET -> {
                // not asked for, or a newer server's frame
            }
        }
    }

    void onDisconnected(final int number, final String why) {
        if (number != connection || state == State.CLOSED) {
            return;
        }
        if (state == State.LEAVING) {
            end(CLOSED);
            return;
        }
        final String reason = lastProblem == null ? why : lastProblem;
        lastProblem = null;
        state = State.WAITING;
        leaveChannel();
        listener.onClosed(this, reason, false);
        if (state == State.WAITING) {
            connectIn(backoffMillis + spreadMillis());
            backoffMillis = Math.min(2 * backoffMillis, MAX_BACKOFF_MILLIS);
        }
    }

    /** Devices that lost the same server do not come back in the same instant. */
    private long spreadMillis() {
        return Math.floorMod(identity.deviceId().hashCode(), backoffMillis / 2 + 1);
    }

    /** Connects then, unless something else has been decided meanwhile. */
    private void connectIn(final long millis) {
        final int before = connection;
        loop.schedule(
                () -> {
                    if (connection == before) {
                        connect();
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    /** The two do not agree on TLS. They will not the next time, either, unless they have done before. */
    void onUntrusted(final int number, final String why) {
        if (number == connection && state == State.GREETING && !opened) {
            end("TLS: " + why);
        } else {
            onDisconnected(number, why);
        }
    }

    private Hello hello() {
        final Hello.Builder hello = Hello.newBuilder()
                .setProtocol(1)
                .setDeviceId(identity.deviceId())
                .setRole(identity.role())
                .setBootEpoch(identity.bootEpoch())
                .setAckLevel(identity.ackLevel())
                .setDeviceTimeMs(TimeUnit.NANOSECONDS.toMillis(epochClock.nanoTime()))
                .setAgent("luyun simulator");
        if (identity.token() != null) {
            hello.setToken(identity.token());
        }
        return hello.build();
    }

    private void onWelcome(final Welcome welcome) {
        if (state != State.GREETING) {
            return;
        }
        state = State.OPEN;
        backoffMillis = FIRST_BACKOFF_MILLIS;
        lastProblem = null;
        final boolean again = opened;
        opened = true;
        onAck(welcome.getLastNumber());
        written = outstanding.first() - 1;
        listener.onOpen(this, welcome, again);
        for (final Subscribe subscription : subscriptions.values()) {
            write(DeviceFrame.newBuilder().setSubscribe(subscription).build());
        }
        pump();
        flush();
        scheduleHeartbeat(connection);
    }

    private void onError(final Error error) {
        final long number = error.getNumber();
        // what came a second time was taken the first time: it is still to be answered for
        final boolean again = error.getCode() == ErrorCode.ERROR_CODE_NUMBER_BACKWARDS;
        listener.onRefused(this, !again && outstanding.forget(number) ? number : 0, error);
        if (outstanding.waiting() == 0) {
            outstanding.advance(outstanding.next() - 1);
        }
        if (error.getCloses()) {
            lastProblem = code(error.getCode()) + (error.getRule().isEmpty() ? "" : ": " + error.getRule());
        }
        if (state == State.GREETING && error.getCloses() && !passes(error.getCode())) {
            end("the server refuses " + identity.deviceId() + ": " + lastProblem);
        }
    }

    private static boolean passes(final ErrorCode code) {
        return code == ErrorCode.ERROR_CODE_UNAVAILABLE
                || code == ErrorCode.ERROR_CODE_LIMIT
                || code == ErrorCode.ERROR_CODE_ABUSE;
    }

    private void onNotice(final Notice notice) {
        listener.onNotice(this, notice);
        if (notice.getCode() == NoticeCode.NOTICE_CODE_TAKEN_OVER) {
            end("another connection of " + identity.deviceId() + " has taken over");
        } else if (notice.hasRetryAfterMs()) {
            backoffMillis = Math.max(1, notice.getRetryAfterMs());
        }
    }

    private void onHeartbeatReply(final HeartbeatReply reply) {
        final long nowNs = epochClock.nanoTime();
        final long there = reply.getReceivedAtNs() - reply.getDeviceTimeNs();
        final long back = reply.getSentAtNs() - nowNs;
        listener.onClock(this, (there + back) / 2, there - back);
    }

    /** Writes what is to be written, as far as the socket's buffer takes it. */
    private void pump() {
        final Channel open = channel;
        if (state != State.OPEN || open == null) {
            return;
        }
        while (written < outstanding.next() - 1 && open.isWritable()) {
            final long number = ++written;
            final ByteBuf frame = outstanding.frame(number);
            if (frame == null) {
                continue;
            }
            writeBuffer(open, frame.retainedDuplicate());
            listener.onWritten(this, number, number <= everWritten);
            everWritten = Math.max(everWritten, number);
        }
    }

    private void writeBuffer(final Channel to, final ByteBuf buffer) {
        to.write(buffer, to.voidPromise());
        wrote = true;
    }

    private void scheduleHeartbeat(final int session) {
        final int everyMillis = loops.config().heartbeatMillis();
        loop.schedule(
                () -> {
                    if (session != connection || state != State.OPEN) {
                        return;
                    }
                    if (nanoClock.nanoTime() - lastWriteNs >= TimeUnit.MILLISECONDS.toNanos(everyMillis)) {
                        askClock();
                    }
                    scheduleHeartbeat(session);
                },
                everyMillis,
                TimeUnit.MILLISECONDS);
    }

    private void leaveChannel() {
        final Channel open = channel;
        channel = null;
        wrote = false;
        connection++;
        if (open != null) {
            open.close();
        }
    }

    private void end(final String why) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        leaveChannel();
        listener.onClosed(this, why, true);
        outstanding.releaseAll();
    }
}
