package io.luyun.simulator.replay;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.agrona.collections.IntArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A target that answers nothing: what it has taken is sent. It has a thread of its own, which waits where the target does not take
 * more; once it is broken it stays so.
 */
abstract class OneWay implements Target {
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("replay").daemon().factory());
    private final Account account;
    private final IntArrayList writtenKinds = new IntArrayList();
    private final IntArrayList writtenLengths = new IntArrayList();
    private @Nullable String closed;

    OneWay(final Account account) {
        this.account = account;
    }

    final Account account() {
        return account;
    }

    @Override
    public final ScheduledExecutorService loop() {
        return loop;
    }

    @Override
    public final boolean answers() {
        return false;
    }

    @Override
    public void announce(final ReplayDevice device) {
        // nothing is opened for a device
    }

    @Override
    public final boolean settled(final long nowNs) {
        return true;
    }

    @Override
    public final @Nullable String closed() {
        return closed;
    }

    @Override
    public final boolean ready(final ReplayDevice device) {
        return true;
    }

    @Override
    public @Nullable String lacks(final int kind) {
        return null;
    }

    @Override
    public final long outstanding() {
        return 0;
    }

    @Override
    public final void rehearse(final ReplayDevice device, final int kind, final byte[] message) {
        Frames.delimited(1, kind, message);
    }

    @Override
    public final boolean send(
            final ReplayDevice device,
            final int kind,
            final byte[] message,
            final long sequence,
            final long utcNs,
            final long dueNs) {
        if (closed != null) {
            account.notSent(kind, closed);
            return false;
        }
        try {
            final boolean written = write(device, kind, message, sequence, utcNs);
            if (written) {
                writtenKinds.addInt(kind);
                writtenLengths.addInt(message.length);
            }
            return written;
        } catch (final IOException e) {
            account.notSent(kind, broken(e));
            return false;
        }
    }

    @Override
    public final boolean shared() {
        return true;
    }

    @Override
    public final void flush() {
        try {
            if (closed == null) {
                writeOut();
                for (int i = 0; i < writtenKinds.size(); i++) {
                    account.sent(writtenKinds.getInt(i), writtenLengths.getInt(i));
                }
                writtenKinds.clear();
                writtenLengths.clear();
            }
        } catch (final IOException e) {
            broken(e);
        }
    }

    private String broken(final IOException problem) {
        final String why = why(problem);
        closed = why;
        // nobody knows how much of what was written last has gone out
        for (int i = 0; i < writtenKinds.size(); i++) {
            account.notSent(writtenKinds.getInt(i), why);
        }
        writtenKinds.clear();
        writtenLengths.clear();
        return why;
    }

    /** Why nothing more can be sent, in a line. */
    abstract String why(IOException problem);

    /** Writes a message, or accounts for why there is no form for it; whether it was written. */
    abstract boolean write(ReplayDevice device, int kind, byte[] message, long sequence, long utcNs) throws IOException;

    /** What was written leaves the process. */
    abstract void writeOut() throws IOException;

    /** Closes what it writes to; also unblocks a thread that waits there. */
    abstract void closeIt() throws IOException;

    @Override
    public final void close() {
        loop.shutdown();
        try {
            closeIt();
        } catch (final IOException e) {
            account.troubled(why(e));
        }
    }
}
