package io.luyun.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may shake hands, and who has to wait. */
final class EntranceTest {
    private long nowNs = 1;
    private final Entrance<String> entrance = new Entrance<>(() -> nowNs);
    private final List<EmbeddedChannel> channels = new ArrayList<>();
    private final List<Promise<String>> promises = new ArrayList<>();

    @AfterEach
    void closeAll() {
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    @Test
    void soManyBeginAtOnceAndThenTheNewestFirst() {
        come(Entrance.MOST + 3);
        assertThat(begun()).isEqualTo(Entrance.MOST);
        assertThat(entrance.waits(channels.getFirst())).isFalse();
        assertThat(entrance.waits(channels.get(Entrance.MOST))).isTrue();
        entrance.done(channels.getFirst());
        assertThat(promises.get(Entrance.MOST + 2).getNow()).isEqualTo("keys");
        assertThat(begun()).isEqualTo(Entrance.MOST + 1);
        entrance.done(channels.getFirst());
        assertThat(begun()).isEqualTo(Entrance.MOST + 1);
        entrance.done(channels.get(Entrance.MOST + 2));
        assertThat(promises.get(Entrance.MOST + 1).isSuccess()).isTrue();
        assertThat(promises.get(Entrance.MOST).isSuccess()).isFalse();
    }

    @Test
    void whoHasGoneIsNotLetIn() {
        come(Entrance.MOST + 2);
        entrance.done(channels.get(Entrance.MOST + 1));
        entrance.done(channels.getFirst());
        assertThat(promises.get(Entrance.MOST + 1).isDone()).isFalse();
        assertThat(promises.get(Entrance.MOST).isSuccess()).isTrue();
    }

    @Test
    void whoOnlySitsThereKeepsNobodyOutForLong() {
        come(2 * Entrance.MOST + 1);
        nowNs += TimeUnit.SECONDS.toNanos(1);
        entrance.onTime();
        assertThat(begun()).isEqualTo(Entrance.MOST);
        nowNs++;
        entrance.onTime();
        assertThat(begun()).isEqualTo(2 * Entrance.MOST);
        nowNs += TimeUnit.SECONDS.toNanos(1) + 1;
        entrance.onTime();
        assertThat(begun()).isEqualTo(2 * Entrance.MOST + 1);
    }

    private void come(final int count) {
        for (int i = 0; i < count; i++) {
            final EmbeddedChannel channel = new EmbeddedChannel();
            channels.add(channel);
            promises.add(entrance.come(channel, "keys", ImmediateEventExecutor.INSTANCE.newPromise()));
        }
    }

    private long begun() {
        return promises.stream().filter(Promise::isSuccess).count();
    }
}
