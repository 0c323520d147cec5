package io.luyun.server.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.luyun.server.research.Area;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, pseudonyms, grids and steps of time. */
final class PartsTest {
    private static final long SEED = 42;
    private static final byte[] BYTES = "0123456789abcdef0123456789ABCDEF".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    private Path keyFile(final byte[] bytes, final String permissions) throws Exception {
        final Path file = Files.write(directory.resolve("key"), bytes);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void aKeyIsOfItsOwnerAlone() throws Exception {
        final PseudonymKey key = PseudonymKey.read(keyFile(BYTES, "rw-------"));
        assertThat(key.fingerprint())
                .matches("[0-9a-f]{16}")
                .isEqualTo(PseudonymKey.of(BYTES).fingerprint());
        assertThat(PseudonymKey.read(keyFile(BYTES, "r--------")).fingerprint()).isEqualTo(key.fingerprint());
        for (final String permissions : new String[] {"rw-r-----", "rw----r--", "rwx------"}) {
            final Path file = keyFile(BYTES, permissions);
            assertThatThrownBy(() -> PseudonymKey.read(file))
                    .hasMessageStartingWith(file + ": has permissions " + permissions)
                    .hasMessageContaining("chmod 600");
        }
    }

    @Test
    void aKeyIsLongAndNotOneByteOverAndOver() throws Exception {
        final Path shorter = keyFile(new byte[31], "rw-------");
        assertThatThrownBy(() -> PseudonymKey.read(shorter))
                .hasMessage(shorter + ": has 31 bytes; a key has 32 to 4096");
        final Path zeros = keyFile(new byte[32], "rw-------");
        assertThatThrownBy(() -> PseudonymKey.read(zeros))
                .hasMessageStartingWith(zeros + ": 32 bytes, 1 of them different");
        final Path none = directory.resolve("none");
        assertThatThrownBy(() -> PseudonymKey.read(none)).hasMessage(none + ": is not there");
    }

    @Test
    void aWayTooLongToBeLookedAtMayLeadThroughWhatIsRedacted() {
        // 5 m wide, beside all places at which a way of 100 km would be looked at 2,000 times
        final RedactedArea strip = RedactedArea.of(Area.box(296_002_000, 1_063_000_000, 296_002_450, 1_064_000_000));
        assertThat(strip.crossed(296_000_000, 1_063_500_000, 305_000_000, 1_063_500_000))
                .isTrue();
        assertThat(strip.crossed(296_000_000, 1_063_500_000, 296_010_000, 1_063_500_000))
                .isTrue();
        assertThat(strip.crossed(296_003_000, 1_063_500_000, 296_350_000, 1_063_500_000))
                .isFalse();
    }

    @Test
    void numbersOfAUnitAreSwappedOneForOne() {
        final Pseudonyms pseudonyms = new Pseudonyms(PseudonymKey.of(BYTES));
        final BitSet taken = new BitSet();
        int same = 0;
        for (int id = 1; id <= 65_535; id++) {
            final int told = pseudonyms.seen(id);
            assertThat(told).isBetween(1, 65_535);
            assertThat(taken.get(told)).as("%d", id).isFalse();
            taken.set(told);
            same += told == id ? 1 : 0;
        }
        assertThat(pseudonyms.seen(0)).isZero();
        assertThat(same).isLessThan(20);
    }

    @Test
    void pseudonymsOfKindsAreApartAndDoNotChangeWhenTheyAreForgotten() {
        final Pseudonyms pseudonyms = new Pseudonyms(PseudonymKey.of(BYTES));
        final long first = pseudonyms.octets(1);
        final String text = pseudonyms.text(Treatment.DEVICE, "veh-1");
        assertThat(pseudonyms.number(Treatment.SESSION, 1)).isNotEqualTo(pseudonyms.number(Treatment.PARTICIPANT, 1));
        for (int i = 2; i < 100_000; i++) {
            pseudonyms.octets(i);
            pseudonyms.text(Treatment.DEVICE, "veh-" + i);
        }
        assertThat(pseudonyms.octets(1)).isEqualTo(first);
        assertThat(pseudonyms.text(Treatment.DEVICE, "veh-1")).isEqualTo(text);
        assertThat(pseudonyms.octets(Treatment.PLATOON, new byte[70]))
                .hasSize(70)
                .isNotEqualTo(new byte[70]);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 25, 100, 5_000})
    void allPointsOfACellAreOne(final double metres) {
        System.out.println("seed " + SEED);
        final Random random = new Random(SEED);
        final Grid grid = new Grid(metres);
        for (int i = 0; i < 20_000; i++) {
            final int lat = random.nextInt(1_700_000_000) - 850_000_000;
            final int lon = (int) (random.nextLong(3_600_000_000L) - 1_799_999_999L);
            final int midLat = grid.lat(lat);
            final int midLon = grid.lon(lat, lon);
            // half a cell away at most, to the nearest unit
            final double north = Math.abs(midLat - lat) * 1e-7 * 111_319.5;
            final double east =
                    Math.abs((double) midLon - lon) * 1e-7 * 111_319.5 * Math.cos(Math.toRadians(midLat * 1e-7));
            assertThat(north).isLessThanOrEqualTo(metres / 2 + 0.03);
            assertThat(east).isLessThanOrEqualTo(metres / 2 + 0.03);
            // of the middle of a cell the middle is the same
            assertThat(grid.lat(midLat)).isEqualTo(midLat);
            assertThat(grid.lon(midLat, midLon)).isEqualTo(midLon);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "25, 25, 0",
        "'25,10', 25, 10000",
        "'1.5,0.1', 1.5, 100",
        "'100,60', 100, 60000",
        "'100,3600', 100, 3600000"
    })
    void readsHowCoarse(final String text, final double metres, final int millis) {
        assertThat(Coarsening.of(text)).isEqualTo(new Coarsening(metres, millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "0.5", "100001", "25,7", "25,0", "25,90", "25,7200", "far", "25,", ",5", "-3", "25,1,1"})
    void saysHowCoarseItMayBe(final String text) {
        assertThatThrownBy(() -> Coarsening.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(": must be METRES or METRES,SECONDS: 1 to 100000 m");
    }

    @Test
    void rawOctetsDoNotGoWithWhatTheyCouldUndo() {
        final PrivacyPolicy raw = PrivacyPolicy.DEFAULT.with(OptIn.RAW);
        assertThatThrownBy(() -> raw.withKey(PseudonymKey.of(BYTES))).hasMessageStartingWith("raw: cannot go with");
        assertThatThrownBy(() -> raw.withCoarsening(new Coarsening(10, 0)))
                .hasMessageStartingWith("raw: cannot go with");
    }
}
