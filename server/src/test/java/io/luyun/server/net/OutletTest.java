package io.luyun.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.AlertAcknowledged;
import io.luyun.proto.v1.AlertAcknowledgement;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.NoticeCode;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.Subscribe;
import io.luyun.proto.v1.SubscriptionChanged;
import io.luyun.proto.v1.Unsubscribe;
import io.luyun.proto.v1.Update;
import io.luyun.server.monitor.Counter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the fan-out can rely on, and what requests become on the line. */
@ExtendWith(LeakGuard.class)
final class OutletTest {
    private static final int BIG = 100_000;
    /** Both sides of a connection over loopback together would take some 3 MB. */
    private static final int MOST_IN_THE_KERNEL = 1_500_000;

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void oneFrameReachesAllItIsFor(final String mode) throws IOException {
        try (Rig rig = rig(mode);
                TestDevice first = rig.connect().hello("watcher-1", Role.ROLE_OBSERVER);
                TestDevice second = rig.connect().hello("watcher-2", Role.ROLE_OBSERVER);
                TestDevice third = rig.connect().hello("watcher-3", Role.ROLE_OBSERVER)) {
            final long[] receivers = {
                first.welcome().getSessionId(), 99_999, second.welcome().getSessionId()
            };
            assertThat(rig.server.ready(receivers[0])).isTrue();
            assertThat(rig.server.ready(receivers[1])).isFalse();
            for (int i = 1; i <= 100; i++) {
                final byte[] frame = update(i, 0);
                rig.server.send(receivers, 3, new UnsafeBuffer(frame), 0, frame.length);
            }
            for (int i = 1; i <= 100; i++) {
                assertThat(first.read().getUpdate().getSubscriptionId()).isEqualTo(i);
                assertThat(second.read().getUpdate().getSubscriptionId()).isEqualTo(i);
            }
            third.expectSilence(20);
        }
    }

    @Test
    void aSlowReceiverIsNotReadyAndCanBeClosed() throws IOException {
        try (Rig rig = rig("shared");
                TestDevice slow = rig.connect().hello("slow", Role.ROLE_OBSERVER);
                TestDevice good = rig.obu("obu-1")) {
            final long id = slow.welcome().getSessionId();
            final byte[] frame = update(1, BIG);
            Awaitility.await().pollInterval(1, TimeUnit.MILLISECONDS).until(() -> {
                rig.server.send(new long[] {id}, 1, new UnsafeBuffer(frame), 0, frame.length);
                return !rig.server.ready(id);
            });
            good.send(TestDevice.frame(1, TestDevice.bsm(rig.secMark())));
            good.expectAck(1);
            rig.server.closeSlow(id, "too slow");
            rig.awaitCounter(Counter.CONNECTIONS_CLOSED, 1);
            assertThat(rig.server.ready(id)).isFalse();
            good.send(TestDevice.frame(2, TestDevice.bsm(rig.secMark())));
            good.expectAck(2);
        }
    }

    @Test
    void aSlowReceiverThatReadsOnHearsWhy() throws IOException {
        try (Rig rig = rig("shared");
                TestDevice device = rig.connect().hello("slow", Role.ROLE_OBSERVER)) {
            rig.server.closeSlow(device.welcome().getSessionId(), "too slow");
            device.expectNotice(NoticeCode.NOTICE_CODE_SLOW);
            device.expectClosed();
        }
    }

    @Test
    void aReceiverThatTakesNothingIsClosed() throws IOException {
        try (Rig rig = new Rig(
                        Rig.Configs.net(draft -> {
                            draft.writeStallMillis = 100;
                            return draft;
                        }),
                        Rig.Configs.session());
                TestDevice slow = rig.connect().hello("slow", Role.ROLE_OBSERVER)) {
            final long id = slow.welcome().getSessionId();
            final byte[] frame = update(1, BIG);
            // the kernel may take more than it seemed to at first
            Awaitility.await().pollInterval(1, TimeUnit.MILLISECONDS).until(() -> {
                if (rig.server.ready(id)) {
                    rig.server.send(new long[] {id}, 1, new UnsafeBuffer(frame), 0, frame.length);
                }
                return rig.counters.get(Counter.CONNECTIONS_CLOSED) == 1;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "nio"})
    void whoReadsNothingIsSlowBeforeTheKernelHasTakenMuch(final String transport) throws IOException {
        try (Rig rig = new Rig(
                        Rig.Configs.net(draft -> {
                            draft.transport = transport;
                            return draft;
                        }),
                        Rig.Configs.session());
                TestDevice slow = rig.connect().hello("slow", Role.ROLE_OBSERVER)) {
            final long id = slow.welcome().getSessionId();
            final byte[] frame = update(1, BIG);
            final long before = rig.counters.get(Counter.BYTES_SENT);
            long taken = 0;
            long waitedMillis = 0;
            // what is not flushed yet may still go
            while (waitedMillis < 100 && taken <= MOST_IN_THE_KERNEL) {
                if (rig.server.ready(id)) {
                    rig.server.send(new long[] {id}, 1, new UnsafeBuffer(frame), 0, frame.length);
                    taken += frame.length;
                    final long all = before + taken;
                    Awaitility.await()
                            .pollInterval(1, TimeUnit.MILLISECONDS)
                            .until(() -> rig.counters.get(Counter.BYTES_SENT) >= all);
                    waitedMillis = 0;
                } else {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                    waitedMillis += 10;
                }
            }
            assertThat(taken).isPositive().isLessThan(MOST_IN_THE_KERNEL);
        }
    }

    @Test
    void requestsBecomeRecords() throws IOException {
        try (Rig rig = rig("shared");
                TestDevice operator = rig.connect().hello("operator", Role.ROLE_OPERATOR)) {
            final long id = operator.welcome().getSessionId();
            final Subscribe subscribe = Subscribe.newBuilder()
                    .setSubscriptionId(5)
                    .setIntervalMs(100)
                    .build();
            final Unsubscribe unsubscribe =
                    Unsubscribe.newBuilder().setSubscriptionId(5).build();
            final AlertAcknowledgement seen = AlertAcknowledgement.newBuilder()
                    .setAlertId(77)
                    .setNote("seen")
                    .build();
            operator.send(
                    DeviceFrame.newBuilder().setSubscribe(subscribe).build(),
                    DeviceFrame.newBuilder().setUnsubscribe(unsubscribe).build(),
                    DeviceFrame.newBuilder().setUnsubscribe(unsubscribe).build(),
                    DeviceFrame.newBuilder().setAlertAcknowledgement(seen).build());
            Awaitility.await().until(() -> rig.line.journal().size() == 4);
            final List<MemoryLine.Taken> changes = rig.line.journal(RecordKind.RECORD_KIND_SUBSCRIPTION_CHANGED);
            assertThat(SubscriptionChanged.parseFrom(changes.get(0).payload()))
                    .isEqualTo(SubscriptionChanged.newBuilder()
                            .setSessionId(id)
                            .setSubscribe(subscribe)
                            .build());
            assertThat(SubscriptionChanged.parseFrom(changes.get(1).payload()))
                    .isEqualTo(SubscriptionChanged.newBuilder()
                            .setSessionId(id)
                            .setUnsubscribe(unsubscribe)
                            .build());
            assertThat(AlertAcknowledged.parseFrom(rig.line
                            .journal(RecordKind.RECORD_KIND_ALERT_ACKNOWLEDGED)
                            .getFirst()
                            .payload()))
                    .isEqualTo(AlertAcknowledged.newBuilder()
                            .setSessionId(id)
                            .setAcknowledgement(seen)
                            .build());
        }
    }

    private static byte[] update(final int subscription, final int padding) throws IOException {
        final Update.Builder update = Update.newBuilder().setSubscriptionId(subscription);
        for (int i = 0; i < padding / Long.BYTES; i++) {
            update.addParticipantsGone(i);
        }
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ServerFrame.newBuilder().setUpdate(update).build().writeDelimitedTo(bytes);
        return bytes.toByteArray();
    }

    private static Rig rig(final String mode) throws IOException {
        return new Rig(
                Rig.Configs.net(draft -> {
                    draft.mode = mode;
                    draft.loops = 2;
                    return draft;
                }),
                Rig.Configs.session());
    }
}
