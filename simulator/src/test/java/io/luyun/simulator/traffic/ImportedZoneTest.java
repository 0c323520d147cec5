package io.luyun.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.server.zone.ImportOptions;
import io.luyun.server.zone.ZoneImport;
import io.luyun.simulator.traffic.Program.Light;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zones the server's import makes, read and driven on here. */
final class ImportedZoneTest {
    private static final long SEED = 20_261_124;

    @TempDir
    private Path directory;

    private Path grid(final int size) throws Exception {
        final Path net = directory.resolve("grid.net.xml");
        final Path zone = directory.resolve("grid.geojson");
        Files.writeString(net, SumoGrid.net(size));
        Files.writeString(
                zone,
                ZoneImport.sumo(net, List.of(), new ImportOptions(null, 1, null, true))
                        .text());
        return zone;
    }

    @Test
    void bothWritersWriteTheSame() throws Exception {
        final Path imported = grid(4);
        final Path again = directory.resolve("again.geojson");
        ZoneGeoJson.write(ZoneGeoJson.read(imported), again);
        assertThat(Files.readString(again))
                .isEqualTo(Files.readString(imported).replaceAll(",\"source\":\"[^\"]*\"", ""));
    }

    @Test
    void trafficFlowsByItsLights() throws Exception {
        final Zone zone = ZoneGeoJson.read(grid(4));
        assertThat(zone.rsus()).hasSize(12);
        final Traffic traffic = new Traffic(zone, SEED, 120);
        final Map<VehicleView, Lane> before = new HashMap<>();
        double travelled = 0;
        int crossed = 0;
        for (int tick = 0; tick < 3_000; tick++) {
            traffic.step(0.1);
            for (int i = 0; i < traffic.size(); i++) {
                final Vehicle vehicle = (Vehicle) traffic.vehicle(i);
                travelled += vehicle.v * 0.1;
                final Lane old = before.put(vehicle, vehicle.lane);
                final Signal signal = vehicle.lane.signal;
                if (old != null && !old.inNode && signal != null) {
                    crossed++;
                    assertThat(signal.light)
                            .as("light for %d at %.1f s with seed %d", i, traffic.timeS(), SEED)
                            .isNotEqualTo(Light.RED);
                }
            }
        }
        assertThat(travelled / 120 / 300).as("mean speed").isGreaterThan(2.5);
        assertThat(crossed).as("lines crossed").isGreaterThan(500);
    }
}
