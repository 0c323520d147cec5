package io.luyun.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Promise;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TlsGreetingTest {
    private static final long TIMEOUT_MILLIS = 1_000;

    private final List<Promise<SslContext>> waiting = new ArrayList<>();
    private final List<Object> events = new ArrayList<>();
    private final EmbeddedChannel channel = channel();

    private EmbeddedChannel channel() {
        final EmbeddedChannel made = new EmbeddedChannel();
        made.freezeTime();
        made.pipeline()
                .addLast(new TlsGreeting(
                        (name, promise) -> {
                            waiting.add(promise);
                            return promise;
                        },
                        TIMEOUT_MILLIS))
                .addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void userEventTriggered(final ChannelHandlerContext context, final Object event) {
                        events.add(event);
                    }
                });
        return made;
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void whoDoesNotFinishItsHelloIsShownOutWhenItsTimeIsOver() throws Exception {
        final ByteBuf hello = hello();
        channel.writeInbound(hello.readRetainedSlice(hello.readableBytes() - 1));
        pass(TIMEOUT_MILLIS - 1);
        assertThat(channel.isOpen()).isTrue();
        assertThat(events).isEmpty();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
        assertThat(waiting).as("asked to be let in").isEmpty();
        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        SslHandshakeCompletionEvent.class,
                        event -> assertThat(event.cause()).hasMessage("no hello within 1000 ms"));
        hello.release();
    }

    @Test
    void whatItWaitsToBeLetInIsNotHeldAgainstIt() throws Exception {
        channel.writeInbound(hello());
        assertThat(waiting).hasSize(1);
        pass(100 * TIMEOUT_MILLIS);
        assertThat(channel.isOpen()).isTrue();
        assertThat(events).isEmpty();
    }

    @Test
    void nothingGoesOutUnencrypted() {
        final ByteBuf secret = Unpooled.wrappedBuffer(new byte[] {1});
        assertThat(channel.writeOutbound(secret)).isFalse();
        assertThat(secret.refCnt()).isZero();
    }

    private void pass(final long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    private static ByteBuf hello() throws Exception {
        final SSLEngine client = SSLContext.getDefault().createSSLEngine();
        client.setUseClientMode(true);
        final ByteBuffer bytes = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
        client.wrap(ByteBuffer.allocate(0), bytes);
        return Unpooled.wrappedBuffer(bytes.flip());
    }
}
