package io.luyun.benchmarks.torture.rights;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How much of the matrix is asked. */
public enum Breadth {
    /** All of it. */
    WHOLE,
    /** Every way, act and device, with some of the kinds and of the proofs. */
    SHORT;

    private static final Set<String> SOME = Set.of("BSM", "RSM", "SPAT", "VIR", "VPM");

    List<String> kinds(final List<String> all) {
        return this == WHOLE ? all : all.stream().filter(SOME::contains).toList();
    }

    /** What is shown and said. */
    List<Proof> proofs() {
        final List<Proof> proofs = new ArrayList<>();
        for (final Proof.Shown shown : Proof.Shown.values()) {
            for (final Proof.Said said : Proof.Said.values()) {
                if (this == WHOLE || shown == Proof.Shown.NONE || said == Proof.Said.RIGHT) {
                    proofs.add(new Proof(shown, said));
                }
            }
        }
        return proofs;
    }
}
