package io.luyun.simulator.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which device is played as which other: rules OLD=NEW, of which the first that fits counts. One {@code *} in both stands for the
 * same characters. Immutable.
 */
public final class Remap {
    /** Every device is played as itself. */
    public static final Remap NONE = new Remap(List.of());

    private static final int ID_BYTES = 64;

    private final List<Rule> rules;

    private Remap(final List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    private record Rule(String text, String before, String after, boolean wild, String newBefore, String newAfter) {
        boolean fits(final String id) {
            return wild
                    ? id.length() >= before.length() + after.length() && id.startsWith(before) && id.endsWith(after)
                    : id.equals(before);
        }

        String apply(final String id) {
            return wild
                    ? newBefore + id.substring(before.length(), id.length() - after.length()) + newAfter
                    : newBefore;
        }
    }

    /**
     * Reads rules.
     *
     * @throws IllegalArgumentException with the rule that is none, and why
     */
    public static Remap of(final List<String> rules) {
        return new Remap(rules.stream().map(Remap::rule).toList());
    }

    /**
     * Reads a file of rules, one a line; empty lines and those that begin with # are passed over.
     *
     * @throws IllegalArgumentException with the line that is none, and why
     */
    public static List<String> lines(final Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    private static Rule rule(final String text) {
        final int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw new IllegalArgumentException("--remap " + text + ": must be OLD=NEW");
        }
        final String old = text.substring(0, equals);
        final String other = text.substring(equals + 1);
        final int wild = old.indexOf('*');
        final int otherWild = other.indexOf('*');
        if ((wild < 0) != (otherWild < 0) || wild != old.lastIndexOf('*') || otherWild != other.lastIndexOf('*')) {
            throw new IllegalArgumentException("--remap " + text + ": must have one * in both ids, or none");
        }
        return wild < 0
                ? new Rule(text, old, "", false, other, "")
                : new Rule(
                        text,
                        old.substring(0, wild),
                        old.substring(wild + 1),
                        true,
                        other.substring(0, otherWild),
                        other.substring(otherWild + 1));
    }

    /** The id a device is played as. */
    String of(final String id) {
        for (final Rule rule : rules) {
            if (rule.fits(id)) {
                return rule.apply(id);
            }
        }
        return id;
    }

    /**
     * Checks the rules against the devices there are.
     *
     * @throws IllegalArgumentException when two would be played as one, an id is too long, or a rule fits none
     */
    void check(final List<String> ids) {
        final Map<String, String> taken = new HashMap<>();
        for (final String id : ids) {
            claim(taken, id);
        }
        final List<Rule> idle = new ArrayList<>(rules);
        idle.removeIf(rule -> ids.stream().anyMatch(rule::fits));
        if (!idle.isEmpty()) {
            throw new IllegalArgumentException(
                    "--remap " + idle.getFirst().text() + ": no device that is played has this id");
        }
    }

    /**
     * The id a device is played as, which nobody else has.
     *
     * @param taken ids played so far, and who is played as each
     * @throws IllegalArgumentException when somebody has
     */
    String claim(final Map<String, String> taken, final String id) {
        final String other = of(id);
        if (other.getBytes(StandardCharsets.UTF_8).length > ID_BYTES) {
            throw new IllegalArgumentException(
                    "--remap " + id + "=" + other + ": an id has at most " + ID_BYTES + " octets");
        }
        final String before = taken.putIfAbsent(other, id);
        if (before != null && !before.equals(id)) {
            throw new IllegalArgumentException(
                    "--remap: " + before + " and " + id + " would both be played as " + other);
        }
        return other;
    }
}
