package io.luyun.server.zone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.server.world.ZoneMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broken files end in an error of the import or in a zone the server reads, and in nothing else. */
final class MutationTest {
    private static final long SEED = 20_261_124;
    private static final int FILES = 600;
    private static final ImportOptions OPTIONS = new ImportOptions(null, 1, null, true);

    @TempDir
    private Path directory;

    /** An import of the file. */
    private interface Import {
        ImportedZone of(Path file) throws Exception;
    }

    @Test
    void sumo() throws Exception {
        final Path stops = directory.resolve("stops.xml");
        Files.writeString(stops, SumoText.STOPS);
        check(SumoText.NET, file -> ZoneImport.sumo(file, List.of(stops), OPTIONS));
    }

    @Test
    void openDrive() throws Exception {
        check(OpenDriveText.XODR, file -> ZoneImport.openDrive(file, OPTIONS));
    }

    private void check(final String sound, final Import work) throws Exception {
        final SplittableRandom random = new SplittableRandom(SEED);
        final Path file = directory.resolve("mutated.xml");
        final Path out = directory.resolve("zone.geojson");
        int refused = 0;
        for (int i = 0; i < FILES; i++) {
            final String text = Mutations.of(sound, random);
            Files.writeString(file, text);
            try {
                final ImportedZone zone = work.of(file);
                Files.writeString(out, zone.text());
                ZoneMap.load(out);
                assertThat(ZoneCensus.of(new ObjectMapper().readTree(zone.text()))
                                .findings())
                        .isEmpty();
            } catch (final ImportException e) {
                refused++;
                assertThat(e.getMessage()).doesNotContain("\n");
            } catch (final RuntimeException e) {
                throw new AssertionError("seed " + SEED + ", file " + i + ":\n" + text, e);
            }
        }
        assertThat(refused).as("refused of %d with seed %d", FILES, SEED).isBetween(FILES / 5, FILES - 50);
    }
}
