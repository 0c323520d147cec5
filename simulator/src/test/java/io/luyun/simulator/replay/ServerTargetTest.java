package io.luyun.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Role;
import io.luyun.simulator.link.ClientLoops;
import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.scenario.TinyServer;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions to a server that goes, or does not want somebody, under a clock that can be put forward. */
@Timeout(60)
final class ServerTargetTest {
    private static final int BOUND = 2;
    private static final long LONG_NS = TimeUnit.SECONDS.toNanos(30);
    private static final ReplayDevice FIRST = new ReplayDevice("veh-1", "veh-1", Role.ROLE_OBU);
    private static final ReplayDevice SECOND = new ReplayDevice("veh-2", "veh-2", Role.ROLE_OBU);

    private final AtomicLong aheadNs = new AtomicLong();
    private final NanoClock clock = () -> System.nanoTime() + aheadNs.get();
    private final Account account = new Account();
    private TinyServer server;
    private ServerTarget target;

    @BeforeEach
    void listen() throws Exception {
        server = new TinyServer();
        target = new ServerTarget(
                new ClientLoops(
                        LinkConfig.plain("127.0.0.1", server.port()),
                        1,
                        SystemNanoClock.INSTANCE,
                        SystemEpochNanoClock.INSTANCE),
                BOUND,
                Tokens.NONE,
                1,
                clock,
                account);
    }

    @AfterEach
    void close() throws Exception {
        target.close();
        server.close();
    }

    private <T> T on(final Callable<T> task) throws Exception {
        return target.loop().submit(task).get(10, TimeUnit.SECONDS);
    }

    private boolean ready(final ReplayDevice device) throws Exception {
        return on(() -> target.ready(device));
    }

    /** Sends a message; whether it was taken. */
    private boolean send(final ReplayDevice device) throws Exception {
        return on(() -> {
            final boolean taken = target.send(device, MessageKind.MESSAGE_KIND_BSM_VALUE, new byte[0], 1, 1, 1);
            target.flush();
            return taken;
        });
    }

    private void settle(final ReplayDevice... devices) {
        for (final ReplayDevice device : devices) {
            target.announce(device);
        }
        await().until(() -> on(() -> target.settled(System.nanoTime())));
    }

    private Map<String, Long> troubles() throws Exception {
        return on(() -> account.counts().troubles());
    }

    @Test
    void whatWaitsForAConnectionIsCounted() throws Exception {
        settle(FIRST);
        assertThat(send(FIRST)).isTrue();
        assertThat(on(() -> account.counts().waited())).isZero();
        server.close();
        await().until(() -> !troubles().isEmpty());
        assertThat(send(FIRST)).isTrue();
        assertThat(on(() -> account.counts().waited())).isEqualTo(1);
    }

    @Test
    void aServerThatIsGoneIsGivenUp() throws Exception {
        settle(FIRST, SECOND);
        server.close();
        await().until(() -> troubles().keySet().toString().contains("Connection refused"));
        while (ready(FIRST)) {
            assertThat(send(FIRST)).isTrue();
        }
        aheadNs.addAndGet(LONG_NS / 2);
        assertThat(ready(FIRST)).isFalse();
        assertThat(on(target::closed)).isNull();
        aheadNs.addAndGet(LONG_NS / 2);
        assertThat(ready(FIRST)).isTrue();
        final String why = "no session for 30 s: Connection refused: /127.0.0.1:" + server.port();
        assertThat(on(target::closed)).isEqualTo(why);
        assertThat(send(FIRST)).isFalse();
        assertThat(on(() -> account.counts().notSent())).containsExactly(Map.entry(why, 1L));
        assertThat(on(target::outstanding)).isZero();
    }

    @Test
    void aDeviceTheServerKeepsPuttingOffDoesNotHoldUpTheOthers() throws Exception {
        server.unavailableTo(SECOND.id());
        target.announce(FIRST);
        target.announce(SECOND);
        assertThat(send(FIRST)).isTrue();
        await().until(() -> on(target::outstanding) == 0 && troubles().containsKey("LIMIT"));
        while (ready(SECOND)) {
            assertThat(send(SECOND)).isTrue();
        }
        aheadNs.addAndGet(LONG_NS);
        assertThat(ready(SECOND)).isTrue();
        assertThat(send(SECOND)).isFalse();
        assertThat(on(() -> account.counts().notSent()))
                .containsExactly(Map.entry("veh-2: no session for 30 s: LIMIT", 1L));
        assertThat(on(target::closed)).isNull();
        assertThat(ready(FIRST)).isTrue();
        assertThat(send(FIRST)).isTrue();
        await().until(() -> on(target::outstanding) == 0);
    }
}
