package io.luyun.server.journal;

import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;

/** A disk that can be told to take its time, or to fail, under a real journal. */
public final class FaultyDisk implements JournalGround.Force {
    private final JournalGround.Force real = new GroupCommit.ChannelForce();
    private final Semaphore free = new Semaphore(1);
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private volatile boolean fails;

    /** A journal on it, started. */
    public Journal open(final Path directory) {
        return Journal.open(
                        Rig.config(directory, 0),
                        new SystemEpochNanoClock(),
                        new JournalGround(this, () -> Long.MAX_VALUE, SystemNanoClock.INSTANCE),
                        0,
                        new Counters(),
                        new Latencies(),
                        errors::add)
                .start();
    }

    /** From now on it takes for ever. */
    public void hang() {
        free.acquireUninterruptibly();
    }

    /** It goes on. */
    public void goOn() {
        free.release();
    }

    /** From now on it fails. */
    public void fail() {
        fails = true;
    }

    @Override
    public void force(final Path file, final long end) throws IOException {
        free.acquireUninterruptibly();
        free.release();
        if (fails) {
            throw new IOException("input/output error");
        }
        real.force(file, end);
    }

    @Override
    public void renew(final Path file, final long from, final long end) throws IOException {
        real.renew(file, from, end);
    }

    @Override
    public void done(final Path file) {
        real.done(file);
    }
}
