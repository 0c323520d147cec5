package io.luyun.server.zone;

import java.util.SplittableRandom;

/** Texts that were sound once: pieces cut, doubled, swapped for others, numbers changed. */
final class Mutations {
    private static final String[] PIECES = {
        "",
        "\"",
        "<",
        ">",
        "/",
        "-1",
        "1e9",
        "1e308",
        "NaN",
        "0",
        "0.0000001",
        "99999999999",
        " ",
        ",",
        "\u0000",
        "é",
        "&lt;",
        "&x;",
        "]]>",
        "<edge id=\"q\">",
        "</edge>",
        "id=\"wc\"",
        "=\"\""
    };

    private Mutations() {}

    static String of(final String text, final SplittableRandom random) {
        String mutated = text;
        final int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            mutated = once(mutated, random);
        }
        return mutated;
    }

    private static String once(final String text, final SplittableRandom random) {
        final int at = random.nextInt(text.length() + 1);
        final int length = Math.min(text.length() - at, random.nextInt(12));
        return switch (random.nextInt(6)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + text.substring(at + length);
            case 2 -> text.substring(0, at) + PIECES[random.nextInt(PIECES.length)] + text.substring(at + length);
            case 3 -> value(text, PIECES[random.nextInt(PIECES.length)], random);
            case 4 -> value(text, Integer.toString(random.nextInt(-200, 200)), random);
            default -> line(text, random);
        };
    }

    /** Another value for an attribute. */
    private static String value(final String text, final String by, final SplittableRandom random) {
        final int from = text.indexOf("=\"", random.nextInt(text.length() + 1));
        final int to = from < 0 ? -1 : text.indexOf('"', from + 2);
        return to < 0 ? text : text.substring(0, from + 2) + by + text.substring(to);
    }

    /** A line taken out or there twice. */
    private static String line(final String text, final SplittableRandom random) {
        final int from = text.indexOf('\n', random.nextInt(text.length() + 1));
        final int to = from < 0 ? -1 : text.indexOf('\n', from + 1);
        if (to < 0) {
            return text;
        }
        return random.nextBoolean()
                ? text.substring(0, from) + text.substring(to)
                : text.substring(0, to) + text.substring(from);
    }
}
