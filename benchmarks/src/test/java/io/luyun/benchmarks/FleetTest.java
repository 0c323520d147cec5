package io.luyun.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.codec.DeviceFrameReader;
import io.luyun.proto.codec.MessageValidator;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.server.world.ZoneMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FleetTest {
    private static final long MINUTE_NS = 60_000_000_000L;

    @Test
    void reportsAreWhatAVehicleWouldSend() throws IOException {
        final Fleet fleet = new Fleet(100);
        final DeviceFrameReader reader = new DeviceFrameReader();
        final MessageValidator validator = new MessageValidator();
        for (final long nowNs :
                new long[] {0, 7_000_000, 16_383_000_000L, MINUTE_NS - 1, 5 * MINUTE_NS + 123_000_000}) {
            for (int i = 0; i < fleet.size(); i++) {
                final int vehicle = fleet.next(nowNs);
                assertThat(vehicle).isEqualTo(i);
                final DeviceFrame frame = DeviceFrame.parseDelimitedFrom(new ByteArrayInputStream(fleet.bytes()));
                final Bsm bsm = frame.getMessage().getBsm();
                assertThat(frame.getMessage().getNumber()).isEqualTo(fleet.number());
                assertThat(bsm.getSecMark()).isEqualTo((int) (nowNs / 1_000_000 % 60_000));
                assertThat(bsm.getPos().getLat()).isEqualTo(Fleet.latE7(i / 40));
                assertThat(bsm.getPos().getLon()).isBetween(Fleet.lonE7(0), Fleet.lonE7(Fleet.ROAD_METRES));
                assertThat(bsm.getHeading() / 100 * 100).isEqualTo(i / 40 % 2 == 0 ? 7_200 : 21_600);
                assertThat(reader.wrap(fleet.buffer(), fleet.frameOffset(), fleet.frameLength()))
                        .isTrue();
                assertThat(validator.check(
                                reader.messageKind(), fleet.buffer(), reader.bodyOffset(), reader.bodyLength()))
                        .isNull();
            }
        }
    }

    @Test
    void aReportMayTellAnotherSpeedAndIsKnownAgain() throws IOException {
        final Fleet fleet = new Fleet(3);
        fleet.report(2, 0).speed(615);
        final Bsm bsm = DeviceFrame.parseDelimitedFrom(new ByteArrayInputStream(fleet.bytes()))
                .getMessage()
                .getBsm();
        assertThat(bsm.getSpeed()).isEqualTo(615);
        assertThat(fleet.vehicleIn(fleet.bytes())).isEqualTo(2);
        assertThat(fleet.numberIn(fleet.bytes())).isEqualTo(fleet.number());
        fleet.report(1, 0);
        assertThat(DeviceFrame.parseDelimitedFrom(new ByteArrayInputStream(fleet.bytes()))
                        .getMessage()
                        .getBsm()
                        .getSpeed())
                .isEqualTo(Fleet.SPEED);
    }

    @Test
    void vehiclesMoveAtTheSpeedTheyTell() {
        final Fleet fleet = new Fleet(1);
        final int first = lon(fleet, 0);
        final int second = lon(fleet, 1_000_000_000L);
        assertThat((second - first) / 1e7 * 96_860).isBetween(10.9, 11.1);
    }

    @Test
    void theZoneFileHoldsTheRoads(@TempDir final Path directory) throws IOException {
        final ZoneMap zone = ZoneMap.load(ZoneText.write(directory.resolve("zone.geojson"), 1_000));
        assertThat(zone.name()).isEqualTo("benchmark");
        assertThat(zone.lengthMetres()).isBetween(25 * 1_590.0, 25 * 1_610.0);
    }

    private static int lon(final Fleet fleet, final long nowNs) {
        fleet.next(nowNs);
        try {
            return DeviceFrame.parseDelimitedFrom(new ByteArrayInputStream(fleet.bytes()))
                    .getMessage()
                    .getBsm()
                    .getPos()
                    .getLon();
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
