package io.luyun.simulator;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A command line as a report tells it: to be typed again by anybody, but for what is secret in it. Stateless. */
final class CommandText {
    private static final Set<String> SECRET = Set.of("--token");
    private static final String HIDDEN = "***";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private CommandText() {}

    /** The words after the program's name. */
    static String of(final List<String> words) {
        final StringBuilder text = new StringBuilder("luyun");
        boolean secret = false;
        for (final String word : words) {
            final int equals = word.indexOf('=');
            final boolean together = equals > 0 && SECRET.contains(word.substring(0, equals));
            text.append(' ').append(secret ? HIDDEN : together ? word.substring(0, equals + 1) + HIDDEN : quoted(word));
            secret = SECRET.contains(word);
        }
        return text.toString();
    }

    /** As a POSIX shell reads one word. */
    private static String quoted(final String word) {
        return PLAIN.matcher(word).matches()
                ? word
                : word.chars()
                        .mapToObj(c -> c == '\'' ? "'\\''" : String.valueOf((char) c))
                        .collect(Collectors.joining("", "'", "'"));
    }
}
