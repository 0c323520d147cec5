package io.luyun.simulator.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Scales with round marks, and lines where the numbers are. */
final class PlotTest {
    private static String whole(final double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    private static Axis ten() {
        return Axis.exact("x", 10, 5, PlotTest::whole);
    }

    @Test
    void linearScalesEndAtARoundNumber() {
        final Axis axis = Axis.linear("y", 20_800, 5, PlotTest::whole);
        assertThat(axis.most()).isEqualTo(25_000);
        assertThat(axis.ticks())
                .extracting(Axis.Tick::label)
                .containsExactly("0", "5000", "10000", "15000", "20000", "25000");
        assertThat(axis.share(12_500)).isEqualTo(0.5);
        assertThat(Axis.linear("y", 0, 5, PlotTest::whole).most()).isEqualTo(1);
    }

    @Test
    void logarithmicScalesHaveDecades() {
        final Axis wide = Axis.log("y", 40, 3e6, PlotTest::whole);
        assertThat(wide.least()).isEqualTo(10);
        assertThat(wide.most()).isEqualTo(5e6);
        assertThat(wide.ticks())
                .extracting(Axis.Tick::label)
                .containsExactly("10", "100", "1000", "10000", "100000", "1000000");
        final Axis narrow = Axis.log("y", 10, 50, PlotTest::whole);
        assertThat(narrow.ticks()).extracting(Axis.Tick::label).containsExactly("10", "20", "50", "100");
        assertThat(narrow.share(Math.sqrt(1_000))).isCloseTo(0.5, offset(1e-9));
        assertThat(narrow.share(1)).isZero();
    }

    @Test
    void percentilesGoByTheirNines() {
        assertThat(Axis.nines("p", 4.2).ticks())
                .extracting(Axis.Tick::label)
                .containsExactly("0 %", "50 %", "90 %", "99 %", "99.9 %", "99.99 %");
    }

    @Test
    void aLineIsBrokenWhereThereIsNoNumber() {
        final double none = Double.NaN;
        final Plot plot = new Plot("t", ten(), ten())
                .line("a", new double[] {0, 2, 4, 6, 8, 10}, new double[] {1, 5, none, 3, none, none})
                .line("nothing", new double[] {0, 1}, new double[] {none, none});
        assertThat(plot.svg()).containsOnlyOnce("<polyline").containsOnlyOnce("<circle");
        assertThat(plot.svg()).contains(">a</text>").doesNotContain("nothing", "NaN");
        assertThat(new Plot("t", ten(), ten()).isEmpty()).isTrue();
    }

    @Test
    void linesDifferInColourAndDash() {
        final Plot plot = new Plot("t", ten(), ten());
        for (int i = 0; i < Plot.LOOKS; i++) {
            plot.line("line " + i, new double[] {0, 10}, new double[] {i, i});
        }
        final String[] drawn = plot.svg()
                .lines()
                .filter(line -> line.startsWith("<polyline"))
                .map(line -> line.replaceAll(" points=.*", ""))
                .toArray(String[]::new);
        assertThat(drawn).hasSize(Plot.LOOKS).doesNotHaveDuplicates();
        assertThat(drawn).extracting(line -> line.replaceAll("c\\d", "")).doesNotHaveDuplicates();
    }
}
