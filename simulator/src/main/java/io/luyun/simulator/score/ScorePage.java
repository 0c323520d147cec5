package io.luyun.simulator.score;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Writes a page with the table and, for each application, a sheet with a picture of one scene of each scenario. */
public final class ScorePage {
    private static final double GAP = 12;
    private static final int COLUMNS = 2;

    private ScorePage() {}

    /** Writes {@code README.md} and the sheets into a directory, which is made when it is not there. */
    public static void write(final ScoreBench.Result result, final Path directory) throws IOException {
        Files.createDirectories(directory);
        final StringBuilder page = new StringBuilder(8_192).append("""
                # Scenes and scores

                Written by `./luyun sim score --svg`; what it means stands in [score.md](../score.md).
                Filled: at the warning. Outlined: when bodies touch, or the scene ends. One scene of each scenario.

                ```
                """);
        ScoreReport.table(result)
                .forEach(line -> page.append(line.stripTrailing()).append('\n'));
        page.append("```\n");
        for (final Tally tally : result.tallies()) {
            final String name = tally.application().name();
            final String file = name.toLowerCase(Locale.ROOT) + ".svg";
            Files.writeString(directory.resolve(file), sheet(tally));
            page.append("\n## ")
                    .append(name)
                    .append("\n\n![One scene of each scenario of ")
                    .append(name)
                    .append("](")
                    .append(file)
                    .append(")\n");
        }
        Files.writeString(directory.resolve("README.md"), page);
    }

    /** One picture of each scenario, each put below the shorter column. */
    private static String sheet(final Tally tally) {
        final StringBuilder pictures = new StringBuilder(32_768);
        final double[] high = new double[COLUMNS];
        final Set<String> drawn = new HashSet<>();
        for (final Verdict verdict : tally.verdicts()) {
            if (!drawn.add(verdict.scene().scenario().name())) {
                continue;
            }
            final int column = high[0] <= high[1] ? 0 : 1;
            final ScenePicture.Drawing drawing = ScenePicture.of(verdict);
            pictures.append(String.format(
                    Locale.ROOT,
                    "<svg x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\">%n"
                            + "<rect width=\"100%%\" height=\"100%%\" fill=\"#f7f7f4\"/>%n%s</svg>%n",
                    column * (ScenePicture.WIDE + GAP),
                    high[column],
                    ScenePicture.WIDE,
                    drawing.high(),
                    drawing.body()));
            high[column] += drawing.high() + GAP;
        }
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n%s</svg>%n",
                COLUMNS * ScenePicture.WIDE + GAP,
                Math.max(high[0], high[1]),
                pictures);
    }
}
