package io.luyun.benchmarks.torture.fuzz;

import io.luyun.server.monitor.Counters;
import io.luyun.server.net.BarePort;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** The device port without sockets: a connection at a time, on the thread that calls. What goes wrong in it is thrown. */
final class Port implements AutoCloseable {
    /** A minute begins: the time of everything that comes. */
    static final long NOW_NS = 1_800_000_000_000_000_000L;

    private static final int ROUNDS = 4;

    private final FuzzLine line = new FuzzLine();
    /** Nothing goes over it: its thread is the one on which the port does what is to be done later. */
    private final EmbeddedChannel anchor = new EmbeddedChannel();

    private final BarePort port = new BarePort(anchor.eventLoop(), line, () -> NOW_NS, new Counters(), this::onError);
    private @Nullable EmbeddedChannel channel;
    private @Nullable Throwable wrong;

    /** Puts the language into a fresh channel. */
    interface Language {
        void speak(BarePort port, EmbeddedChannel channel);
    }

    /** A fresh connection; the one before is closed. */
    void connect(final Language language) {
        hangUp();
        final EmbeddedChannel fresh = new EmbeddedChannel();
        channel = fresh;
        line.answers(port.sessions());
        language.speak(port, fresh);
    }

    /** The peer sends this; what it is told is thrown away. */
    void send(final byte[] bytes) {
        final EmbeddedChannel to = channel;
        if (to == null) {
            throw new IllegalStateException("not connected");
        }
        final ByteBuf read = ByteBufAllocator.DEFAULT.directBuffer(Math.max(1, bytes.length));
        read.writeBytes(bytes);
        to.writeInbound(read);
        for (int i = 0; i < ROUNDS; i++) {
            line.answer();
            anchor.runPendingTasks();
            to.runPendingTasks();
        }
        to.checkException();
        for (Object out = to.readOutbound(); out != null; out = to.readOutbound()) {
            ReferenceCountUtil.release(out);
        }
        if (wrong != null) {
            final Throwable told = wrong;
            wrong = null;
            throw new IllegalStateException("the server failed: " + told, told);
        }
    }

    private void onError(final Throwable error) {
        wrong = error;
    }

    private void hangUp() {
        if (channel != null) {
            channel.finishAndReleaseAll();
            channel = null;
            anchor.runPendingTasks();
        }
    }

    @Override
    public void close() {
        hangUp();
        port.close();
        anchor.finishAndReleaseAll();
    }
}
