package io.luyun.simulator.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** In what two runs are not the same, apart from what they measured. Stateless. */
final class Likeness {
    /** Runs whose offered rates lie closer are of one rate. */
    private static final double SAME_RATE = 0.02;

    private Likeness() {}

    /** One line for each difference; empty for runs that can be compared. */
    static List<String> differences(final String nameA, final RunReport a, final String nameB, final RunReport b) {
        final Lines lines = new Lines(nameA, nameB);
        final RunReport.About one = a.about();
        final RunReport.About two = b.about();
        lines.compare("scenario", one.scenario().name(), two.scenario().name());
        if (one.scenario().name().equals(two.scenario().name())
                && !one.scenario().yaml().equals(two.scenario().yaml())) {
            lines.add("text of the scenario: not the same");
        }
        lines.compare("seed", one.scenario().seed(), two.scenario().seed());
        lines.compare("seconds", Math.round(one.seconds()), Math.round(two.seconds()));
        lines.compare("warm-up, s", one.warmupSeconds(), two.warmupSeconds());
        lines.compare("workers", one.workers(), two.workers());
        final double rateA = offered(a);
        final double rateB = offered(b);
        if (Math.abs(rateA - rateB) > SAME_RATE * Math.max(rateA, rateB)) {
            lines.compare(
                    "offered a second",
                    String.format(Locale.ROOT, "%,.0f", rateA),
                    String.format(Locale.ROOT, "%,.0f", rateB));
        }
        host(lines, "generator", a.machine().generator(), b.machine().generator());
        host(lines, "server", a.machine().server(), b.machine().server());
        return lines.all;
    }

    private static double offered(final RunReport report) {
        return report.ledger().script().offered() / Math.max(1, report.about().seconds());
    }

    private static void host(
            final Lines lines, final String side, final RunReport.@Nullable Host a, final RunReport.@Nullable Host b) {
        if (a == null || b == null) {
            lines.compare(side, a == null ? "not known" : "known", b == null ? "not known" : "known");
            return;
        }
        lines.compare(side + ": version of Luyun", a.luyun(), b.luyun());
        lines.compare(side + ": processor", a.cpu(), b.cpu());
        lines.compare(side + ": logical cores", a.logicalCores(), b.logicalCores());
        lines.compare(side + ": memory, bytes", a.memoryBytes(), b.memoryBytes());
        lines.compare(side + ": kernel", a.kernel(), b.kernel());
        lines.compare(side + ": JVM", a.jvm(), b.jvm());
        lines.compare(side + ": JVM flags", String.join(" ", a.jvmFlags()), String.join(" ", b.jvmFlags()));
    }

    private static final class Lines {
        private final List<String> all = new ArrayList<>();
        private final String nameA;
        private final String nameB;

        Lines(final String nameA, final String nameB) {
            this.nameA = nameA;
            this.nameB = nameB;
        }

        void compare(final String what, final Object a, final Object b) {
            if (!Objects.equals(a, b)) {
                add(what + ": " + text(a) + " in " + nameA + ", " + text(b) + " in " + nameB);
            }
        }

        void add(final String line) {
            all.add(line);
        }

        private static String text(final Object value) {
            return value instanceof final String text && text.isEmpty() ? "none" : value.toString();
        }
    }
}
