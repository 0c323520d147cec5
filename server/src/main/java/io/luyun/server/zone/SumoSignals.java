package io.luyun.server.zone;

import io.luyun.server.zone.SumoNet.Logic;
import io.luyun.server.zone.SumoNet.Stage;
import io.luyun.server.zone.ZoneDraft.Phase;
import io.luyun.server.zone.ZoneDraft.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The signals of one node. SUMO tells a program as stages with a letter for each signal; a zone has phases that are green
 * once a cycle, so signals that always show the same become one phase.
 *
 * <pre>
 *  stage    30 s  3 s  2 s  30 s  3 s  2 s
 *  signal 0  G     y    r    r     r    r     ─▶ phase: start 0, green 30, yellow 3
 *  signal 1  G     G    G    G     y    r     ─▶ phase: start 0, green 65, yellow 3
 * </pre>
 *
 * A green that lasts over the end of the cycle would be cut in two, so the cycle begins where the fewest signals are lit
 * on both sides, and its offset grows by that.
 */
final class SumoSignals {
    private final Logic logic;
    private final ImportNotes notes;
    private final List<Stage> stages;
    private final double beginS;
    private final List<Phase> phases = new ArrayList<>();

    SumoSignals(final Logic logic, final ImportNotes notes) {
        this.logic = logic;
        this.notes = notes;
        final int first = begin(logic.stages());
        stages = new ArrayList<>(logic.stages().subList(first, logic.stages().size()));
        stages.addAll(logic.stages().subList(0, first));
        beginS = logic.stages().subList(0, first).stream()
                .mapToDouble(Stage::durationS)
                .sum();
    }

    /** The stage the cycle begins with. */
    private static int begin(final List<Stage> stages) {
        int best = 0;
        int fewest = Integer.MAX_VALUE;
        for (int i = 0; i < stages.size(); i++) {
            final String before =
                    stages.get((i + stages.size() - 1) % stages.size()).state();
            final String after = stages.get(i).state();
            int lit = 0;
            for (int signal = 0; signal < after.length(); signal++) {
                if (goesOn(before.charAt(signal), after.charAt(signal)) && !alwaysGreen(stages, signal)) {
                    lit++;
                }
            }
            if (lit < fewest) {
                fewest = lit;
                best = i;
            }
        }
        return best;
    }

    private static boolean goesOn(final char before, final char after) {
        return green(before) ? green(after) || yellow(after) : yellow(before) && yellow(after);
    }

    private static boolean alwaysGreen(final List<Stage> stages, final int signal) {
        return stages.stream().allMatch(stage -> green(stage.state().charAt(signal)));
    }

    private static boolean green(final char letter) {
        return letter == 'G' || letter == 'g';
    }

    private static boolean yellow(final char letter) {
        return letter == 'Y' || letter == 'y';
    }

    private static boolean off(final char letter) {
        return letter == 'O' || letter == 'o';
    }

    /** The phase of a signal, 0 when it is off. */
    int phase(final XmlNode connection, final int signal, final boolean pedestrian) throws ImportException {
        if (stages.isEmpty()) {
            return 0;
        }
        if (signal >= stages.getFirst().state().length()) {
            throw connection.fail(
                    "linkIndex",
                    "must be below " + stages.getFirst().state().length() + ", the signals of traffic light "
                            + XmlNode.shortened(logic.node().text("id", "")));
        }
        if (stages.stream().allMatch(stage -> off(stage.state().charAt(signal)))) {
            return 0;
        }
        final Phase times = times(signal, pedestrian);
        for (final Phase phase : phases) {
            if (phase.equals(new Phase(phase.id(), times.startS(), times.greenS(), times.yellowS(), pedestrian))) {
                return phase.id();
            }
        }
        if (phases.size() == ZoneDraft.MOST_PHASES) {
            throw logic.node().fail("it must not have more than " + ZoneDraft.MOST_PHASES + " different signals");
        }
        phases.add(times);
        return times.id();
    }

    /** The longest green of a signal with the yellow behind it; of a signal that has none, all red. */
    private Phase times(final int signal, final boolean pedestrian) {
        final int id = phases.size() + 1;
        Phase longest = new Phase(id, 0, 0, 0, pedestrian);
        Phase run = longest;
        int greens = 0;
        double now = 0;
        char before = 'r';
        for (final Stage stage : stages) {
            final char letter = stage.state().charAt(signal);
            if (!goesOn(before, letter)) {
                run = new Phase(id, now, 0, 0, pedestrian);
                greens += green(letter) ? 1 : 0;
            }
            final double green = run.greenS() + (green(letter) ? stage.durationS() : 0);
            final double yellow = run.yellowS() + (yellow(letter) ? stage.durationS() : 0);
            run = new Phase(id, run.startS(), green, yellow, pedestrian);
            if (green > longest.greenS()
                    || (green == longest.greenS() && run.startS() == longest.startS())
                    || longest.greenS() + longest.yellowS() == 0) {
                longest = run;
            }
            now += stage.durationS();
            before = letter;
        }
        if (greens > 1) {
            notes.count("signals that are green more than once a cycle: the longest green is taken");
        }
        return longest.greenS() + longest.yellowS() == 0 ? new Phase(id, 0, 0, 0, pedestrian) : longest;
    }

    /** The program of all phases asked for; null when the light has none. */
    @Nullable
    Program program() {
        if (phases.isEmpty()) {
            return null;
        }
        if (!logic.node().text("type", "static").toLowerCase(Locale.ROOT).equals("static")) {
            notes.count("programs that follow the traffic: the times of their phases are taken as fixed");
        }
        final double cycle = stages.stream().mapToDouble(Stage::durationS).sum();
        return new Program(cycle, logic.offsetS() + beginS, phases);
    }
}
