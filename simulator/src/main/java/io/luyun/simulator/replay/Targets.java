package io.luyun.simulator.replay;

import io.luyun.simulator.link.ClientLoops;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.UnresolvedAddressException;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/** Makes the target a plan names. */
final class Targets {
    private Targets() {}

    /**
     * The target, not yet connected where it has sessions.
     *
     * @throws IOException when it cannot be reached
     */
    static Target of(
            final ReplayPlan plan, final Account account, final NanoClock clock, final EpochNanoClock epochClock)
            throws IOException {
        final TargetAddress to = plan.to();
        final long bootEpoch = epochClock.nanoTime();
        return switch (to.form()) {
            case SERVER ->
                new ServerTarget(
                        new ClientLoops(plan.link(), 1, clock, epochClock),
                        plan.link().maxOutstanding(),
                        plan.tokens(),
                        bootEpoch,
                        clock,
                        account);
            case MQTT -> new MqttTarget(new ClientLoops(plan.link(), 1, clock, epochClock), plan.tokens(), account);
            case UDP -> new UdpTarget(to.text(), address(to), plan.dialect(), plan.envelopes(), account);
            case TCP -> new StreamTarget(to.text(), connect(plan), bootEpoch, account);
            case STDOUT -> {
                final OutputStream out = new FileOutputStream(FileDescriptor.out);
                yield plan.lines()
                        ? new LineTarget("stdout", out, account)
                        : new StreamTarget("stdout", out, bootEpoch, account);
            }
        };
    }

    private static InetSocketAddress address(final TargetAddress to) throws IOException {
        final InetSocketAddress address = new InetSocketAddress(to.host(), to.port());
        if (address.isUnresolved()) {
            throw new IOException("no host " + to.host());
        }
        return address;
    }

    @SuppressWarnings("resource") // closed with its stream
    private static OutputStream connect(final ReplayPlan plan) throws IOException {
        final Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address(plan.to()), plan.link().connectTimeoutMillis());
            return socket.getOutputStream();
        } catch (final IOException | UnresolvedAddressException e) {
            socket.close();
            throw new IOException("no connection to " + plan.to().text() + ": " + e.getMessage(), e);
        }
    }
}
