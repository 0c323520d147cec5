package io.luyun.benchmarks.torture.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Role;
import org.junit.jupiter.api.Test;

/** The matrix of rights against answers that are wrong; F23 of {@code luyun torture} asks a whole server. */
final class RightsMatrixTest {
    @Test
    void aCellThatIsAnsweredWronglyIsNamed() {
        final Cells cells = new Cells();
        cells.add("a right thing", true, Answer.refused("no"));
        cells.add("a wrong thing", false, Answer.good());
        cells.add("another", true, Answer.good());
        final RightsReport report = cells.report(1);
        assertThat(report.holds()).isFalse();
        assertThat(report.wrong())
                .containsExactly(
                        "a right thing: must be taken, is answered no",
                        "a wrong thing: must be refused, is answered taken");
        assertThat(report.cells()).isEqualTo(3);
    }

    @Test
    void theOracleReadsTheRegistry() {
        final Entry bound = entry("obu-2");
        assertThat(bound.role()).isEqualTo(Role.ROLE_OBU);
        assertThat(Oracle.sends(bound, "BSM", true, true)).isTrue();
        assertThat(Oracle.sends(bound, "BSM", false, true)).isFalse();
        assertThat(Oracle.sends(bound, "BSM", true, false)).isFalse();
        assertThat(Oracle.sends(bound, "VIR", true, true)).isFalse();
        final Entry both = entry("obu-3");
        assertThat(Oracle.proves(both, new Proof(Proof.Shown.FOREIGN, Proof.Said.RIGHT)))
                .as("a certificate that is shown decides")
                .isFalse();
        assertThat(Oracle.proves(both, new Proof(Proof.Shown.NONE, Proof.Said.RIGHT)))
                .isTrue();
        assertThat(Oracle.asks("operate", "read")).isTrue();
        assertThat(Oracle.asks("read", "operate")).isFalse();
    }

    private static Entry entry(final String device) {
        return Entry.all().stream()
                .filter(entry -> entry.device().equals(device))
                .findFirst()
                .orElseThrow();
    }
}
