package io.luyun.server.ops;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What happens to one connection when its client takes too long. One thing at a time. Owned by the face's thread. */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
final class Patience {
    private final int millis;
    private @Nullable Future<?> deadline;

    Patience(final int millis) {
        this.millis = millis;
    }

    /** Does this when time is up; nothing else that was to be done. */
    void set(final ChannelHandlerContext context, final Runnable then) {
        end();
        deadline = context.executor().schedule(then, millis, TimeUnit.MILLISECONDS);
    }

    void end() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /**
     * Ends the connection when it takes none of its answer from one look to the next.
     *
     * @param fetched bytes of the answer that have been handed to the channel since it was written to
     */
    void watchWrite(final ChannelHandlerContext context, final LongSupplier fetched) {
        watchWrite(context, fetched, Stall.of(context.channel(), fetched.getAsLong()));
    }

    private void watchWrite(final ChannelHandlerContext context, final LongSupplier fetched, final Stall before) {
        set(context, () -> {
            final Stall now = Stall.of(context.channel(), fetched.getAsLong());
            if (now.equals(before)) {
                context.close();
            } else {
                watchWrite(context, fetched, now);
            }
        });
    }

    /** How much waits to be written, how much of the first of it has been, and how much has come to wait. */
    private record Stall(long waiting, long written, long fetched) {
        static Stall of(final Channel channel, final long fetched) {
            final var out = channel.unsafe().outboundBuffer();
            return out == null
                    ? new Stall(0, 0, 0)
                    : new Stall(out.totalPendingWriteBytes(), out.currentProgress(), fetched);
        }
    }
}
