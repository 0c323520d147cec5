package io.luyun.benchmarks;

import io.luyun.benchmarks.peers.Reports;
import io.luyun.proto.codec.DeviceFrameReader;
import org.agrona.DirectBuffer;

/** The reports of a {@link Fleet}, some of which drive faster than its zone allows. */
final class FleetReports implements Reports {
    /** Speed limit of the zone, km/h; vehicles go 39.6, which nothing is said about. */
    static final int LIMIT_KMH = 40;

    /** 44.3 km/h: above the limit and what is tolerated, and no danger to whoever is 40 m ahead. */
    private static final int TOO_FAST = 615;

    private final Fleet fleet;
    private final DeviceFrameReader reader = new DeviceFrameReader();

    FleetReports(final int vehicles) {
        fleet = new Fleet(vehicles);
    }

    @Override
    public void next(final int vehicle, final long epochNs, final boolean tooFast) {
        fleet.report(vehicle, epochNs).speed(tooFast ? TOO_FAST : Fleet.SPEED);
        if (!reader.wrap(fleet.buffer(), fleet.frameOffset(), fleet.frameLength())) {
            throw new IllegalStateException("a frame of the fleet");
        }
    }

    @Override
    public byte[] frame() {
        return fleet.bytes();
    }

    @Override
    public long number() {
        return fleet.number();
    }

    @Override
    public int kind() {
        return Fleet.KIND;
    }

    @Override
    public DirectBuffer body() {
        return fleet.buffer();
    }

    @Override
    public int bodyOffset() {
        return reader.bodyOffset();
    }

    @Override
    public int bodyLength() {
        return reader.bodyLength();
    }

    @Override
    public int vehicleIn(final byte[] frame) {
        return fleet.vehicleIn(frame);
    }

    @Override
    public long numberIn(final byte[] frame) {
        return fleet.numberIn(frame);
    }
}
