package io.luyun.benchmarks.torture.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Good inputs that stand in files of the jar: a message of every kind in every form it has on a wire. */
final class Seeds {
    private Seeds() {}

    /** Those of a file with one in hexadecimal a line. */
    static List<byte[]> hex(final String name) {
        final List<byte[]> seeds = new ArrayList<>();
        for (final String line : lines(name + ".hex")) {
            seeds.add(HexFormat.of().parseHex(line));
        }
        return seeds;
    }

    /** JSON of roadside units by what it is about. */
    static Map<String, List<byte[]>> json() {
        final Map<String, List<byte[]>> byContent = new TreeMap<>();
        for (final String line : lines("json.tsv")) {
            final int tab = line.indexOf('\t');
            byContent
                    .computeIfAbsent(line.substring(0, tab), _ -> new ArrayList<>())
                    .add(line.substring(tab + 1).getBytes(StandardCharsets.UTF_8));
        }
        return byContent;
    }

    /** Texts as octets. */
    static List<byte[]> texts(final String... texts) {
        final List<byte[]> seeds = new ArrayList<>();
        for (final String text : texts) {
            seeds.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return seeds;
    }

    /** All of both. */
    static List<byte[]> join(final List<byte[]> some, final List<byte[]> others) {
        final List<byte[]> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private static List<String> lines(final String name) {
        try (InputStream in = Seeds.class.getResourceAsStream("/fuzz/" + name)) {
            if (in == null) {
                throw new IllegalStateException("/fuzz/" + name + " is missing in the jar");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
