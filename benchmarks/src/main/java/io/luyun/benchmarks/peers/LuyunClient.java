package io.luyun.benchmarks.peers;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertDelivery;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Error;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.Welcome;
import io.luyun.simulator.link.ClientLoops;
import io.luyun.simulator.link.DeviceClient;
import io.luyun.simulator.link.Identity;
import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.link.LinkListener;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Luyun itself, by the client of the simulator: a connection for each vehicle, which is acknowledged when its messages are synced. What
 * concerns somebody is a report with which the vehicle begins, or ends, to drive too fast; the speed limit warning that is raised or
 * cleared by it comes to the vehicle.
 */
final class LuyunClient implements Client {
    private static final long WELCOME_SECONDS = 30;

    private final ClientLoops loops;
    private final int vehicles;
    private final Reports reports;
    private final List<Vehicle> connected = new ArrayList<>();
    private volatile String failure = "";
    private volatile boolean closing;

    LuyunClient(final int port, final int vehicles, final Reports reports) throws IOException {
        loops = new ClientLoops(
                LinkConfig.plain("127.0.0.1", port), 1, SystemNanoClock.INSTANCE, SystemEpochNanoClock.INSTANCE);
        this.vehicles = vehicles;
        this.reports = reports;
    }

    @Override
    public EventLoop loop() {
        return loops.loop(0);
    }

    @Override
    public void open(final Account account) throws IOException, InterruptedException {
        final CountDownLatch welcomed = new CountDownLatch(vehicles);
        final long bootEpoch = System.currentTimeMillis();
        for (int i = 0; i < vehicles; i++) {
            final Vehicle vehicle = new Vehicle(i, account, welcomed);
            final Identity identity =
                    new Identity("bench-" + i, Role.ROLE_OBU, null, bootEpoch, AckLevel.ACK_LEVEL_SYNCED);
            final DeviceClient client = loops.client(0, identity, vehicle);
            vehicle.client = client;
            connected.add(vehicle);
            loop().execute(client::connect);
        }
        if (!welcomed.await(WELCOME_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException(welcomed.getCount() + " of " + vehicles + " vehicles are not welcome: " + failure);
        }
    }

    @Override
    public void publish(final int vehicle, final boolean concerns, final long intendedNs) {
        connected.get(vehicle).publish(concerns, intendedNs);
    }

    @Override
    public String failure() {
        return failure;
    }

    @Override
    public void close() {
        closing = true;
        loops.close();
    }

    private void fail(final String why) {
        if (failure.isEmpty() && !closing) {
            failure = why;
        }
    }

    private final class Vehicle implements LinkListener {
        private final int index;
        private final Account account;
        private final CountDownLatch welcomed;
        private final AlertSteps steps = new AlertSteps();
        private @Nullable DeviceClient client;

        Vehicle(final int index, final Account account, final CountDownLatch welcomed) {
            this.index = index;
            this.account = account;
            this.welcomed = welcomed;
        }

        void publish(final boolean concerns, final long intendedNs) {
            final DeviceClient open = client;
            if (concerns) {
                account.await(index, steps.ask(), intendedNs);
            }
            if (open == null
                    || open.offer(
                                    reports.kind(),
                                    reports.body(),
                                    reports.bodyOffset(),
                                    reports.bodyLength(),
                                    intendedNs)
                            == 0) {
                fail("more messages are without an answer than a client keeps");
                return;
            }
            open.flush();
        }

        @Override
        public void onOpen(final DeviceClient opened, final Welcome welcome, final boolean again) {
            welcomed.countDown();
        }

        @Override
        public void onAcked(
                final DeviceClient of, final long number, final int kind, final long intendedNs, final long nowNs) {
            account.acked(intendedNs, nowNs);
        }

        @Override
        public void onRefused(final DeviceClient of, final long number, final Error error) {
            account.refused(0);
            fail("refused: " + error);
        }

        /** What is cleared before anything was asked for was raised in the turn before. */
        @Override
        public void onAlert(final DeviceClient of, final AlertDelivery delivery, final long receivedEpochNs) {
            final Alert alert = delivery.getAlert();
            if (alert.getKind() != AlertKind.ALERT_KIND_SLW) {
                fail("an alert that nothing was done for: " + alert.getKind());
                return;
            }
            final AlertState state = alert.getState();
            if (state == AlertState.ALERT_STATE_UPDATED) {
                return;
            }
            final long step = steps.tell(state == AlertState.ALERT_STATE_RAISED);
            if (step == AlertSteps.NONE) {
                account.surprised();
            } else {
                account.delivered(index, step, System.nanoTime());
            }
        }

        @Override
        public void onClosed(final DeviceClient of, final String why, final boolean forGood) {
            fail("the server has closed a connection: " + why);
        }
    }
}
