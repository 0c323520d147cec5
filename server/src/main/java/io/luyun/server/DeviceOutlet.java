package io.luyun.server;

import io.luyun.server.fanout.Outlet;
import io.luyun.server.net.DeviceServer;
import org.agrona.DirectBuffer;

/** The fan-out's way to the sockets. */
final class DeviceOutlet implements Outlet {
    private final DeviceServer devices;

    DeviceOutlet(final DeviceServer devices) {
        this.devices = devices;
    }

    @Override
    public boolean ready(final long sessionId) {
        return devices.ready(sessionId);
    }

    @Override
    public void send(
            final long[] sessionIds, final int count, final DirectBuffer frame, final int offset, final int length) {
        devices.send(sessionIds, count, frame, offset, length);
    }

    @Override
    public void closeSlow(final long sessionId, final String why) {
        devices.closeSlow(sessionId, why);
    }
}
