package io.luyun.server.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The views that are ready, each a file of SQL beside this class. Immutable. */
public final class Views {
    /** By name what each is made of; those it is made of stand before it. */
    private static final Map<String, List<String>> NEEDS = needs();

    private Views() {}

    private static Map<String, List<String>> needs() {
        final Map<String, List<String>> needs = new LinkedHashMap<>();
        needs.put("alerts", List.of("alert_steps"));
        needs.put("sessions", List.of("sessions_opened", "sessions_closed"));
        needs.put("signal_phases", List.of("spat_phases"));
        needs.put("links", List.of("map_links"));
        needs.put("samples", List.of("tracks"));
        needs.put("on_links", List.of("samples", "tracks", "links"));
        needs.put("pairs", List.of("samples"));
        needs.put("encounters", List.of("pairs"));
        needs.put("ttc", List.of("pairs"));
        return needs;
    }

    /** Their names, those that others are made of before these. */
    public static Set<String> names() {
        return new LinkedHashSet<>(NEEDS.keySet());
    }

    /** What a view is made of: tables and views. */
    static List<String> needs(final String name) {
        return NEEDS.getOrDefault(name, List.of());
    }

    /** The query of a view, with what it is for in a comment before it. */
    public static String sql(final String name) {
        try (InputStream in = Views.class.getResourceAsStream(name + ".sql")) {
            if (in == null) {
                throw new IllegalStateException("no " + name + ".sql");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All tables that something is made of, through whatever views. */
    static Set<String> tables(final Set<String> names) {
        final Set<String> all = new LinkedHashSet<>();
        for (final String name : names) {
            if (NEEDS.containsKey(name)) {
                all.addAll(tables(Set.copyOf(needs(name))));
            } else {
                all.add(name);
            }
        }
        return all;
    }
}
