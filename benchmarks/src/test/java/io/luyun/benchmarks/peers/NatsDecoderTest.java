package io.luyun.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class NatsDecoderTest {
    private static final String SAID =
            "INFO {\"a\":1}\r\n+OK\r\nMSG a.7.12 1 5\r\nab\r\nc\r\nPING\r\nMSG b 2 reply 0\r\n\r\nPONG\r\n-ERR 'no'\r\n";

    @Test
    void readsOperationsHoweverTheyAreCut() {
        for (int piece = 1; piece < SAID.length(); piece++) {
            final EmbeddedChannel channel = new EmbeddedChannel(new NatsDecoder());
            for (int at = 0; at < SAID.length(); at += piece) {
                channel.writeInbound(Unpooled.copiedBuffer(
                        SAID.substring(at, Math.min(SAID.length(), at + piece)), StandardCharsets.US_ASCII));
            }
            final NatsDecoder.Delivery first = channel.readInbound();
            assertThat(first.subject()).isEqualTo("a.7.12");
            assertThat(new String(first.payload(), StandardCharsets.US_ASCII)).isEqualTo("ab\r\nc");
            assertThat(channel.<Object>readInbound()).isEqualTo(new NatsDecoder.Ping());
            final NatsDecoder.Delivery second = channel.readInbound();
            assertThat(second.subject()).isEqualTo("b");
            assertThat(second.payload()).isEmpty();
            assertThat(channel.<Object>readInbound()).isEqualTo(new NatsDecoder.Pong());
            assertThat(channel.<Object>readInbound()).isEqualTo(new NatsDecoder.Problem("-ERR 'no'"));
            assertThat(channel.<Object>readInbound()).isNull();
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void anythingElseIsAnError() {
        final EmbeddedChannel channel = new EmbeddedChannel(new NatsDecoder());
        assertThatThrownBy(() ->
                        channel.writeInbound(Unpooled.copiedBuffer("HTTP/1.1 200\r\n", StandardCharsets.US_ASCII)))
                .isInstanceOf(CorruptedFrameException.class)
                .hasMessageContaining("HTTP/1.1 200");
    }
}
