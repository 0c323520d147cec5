package io.luyun.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ZoneGeoJsonTest {
    private final Zone zone = ZoneGenerator.generate(7);

    @TempDir
    private Path directory;

    @Test
    void readsWhatItWrote() throws IOException {
        final Path file = directory.resolve("zone.geojson");
        ZoneGeoJson.write(zone, file);
        assertThat(ZoneGeoJson.read(file)).isEqualTo(zone);
        assertThat(Files.readString(file)).isEqualTo(ZoneGeoJson.text(ZoneGenerator.generate(7)));
    }

    @Test
    void passesOverFeaturesItDoesNotKnow() throws IOException {
        final Path file = directory.resolve("zone.geojson");
        Files.writeString(
                file,
                ZoneGeoJson.text(zone)
                        .replace(
                                "\"features\":[",
                                "\"features\":[{\"type\":\"Feature\",\"properties\":{\"kind\":\"tree\"},"
                                        + "\"geometry\":{\"type\":\"Point\",\"coordinates\":[106.3,29.6]}},"));
        assertThat(ZoneGeoJson.read(file)).isEqualTo(zone);
    }

    @Test
    void namesWhatIsMissing() throws IOException {
        final Path file = directory.resolve("zone.geojson");
        Files.writeString(file, ZoneGeoJson.text(zone).replace("\"lanes\":2", "\"tracks\":2"));
        assertThatThrownBy(() -> ZoneGeoJson.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("zone.geojson")
                .hasMessageContaining("\"lanes\"");
        Files.writeString(file, "{");
        assertThatThrownBy(() -> ZoneGeoJson.read(file)).isInstanceOf(IOException.class);
        Files.writeString(file, "{}");
        assertThatThrownBy(() -> ZoneGeoJson.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("luyun");
    }
}
