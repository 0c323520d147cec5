package io.luyun.server.supervise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** What a vehicle did on a local day, or in several of them. Mutable; one thread. */
public final class DayFigures {
    private final double[] metres = new double[Mode.values().length];
    private final double[] seconds = new double[Mode.values().length];
    private final double[] movingSeconds = new double[Mode.values().length];
    private final long[] counts = new long[Count.values().length];
    private double offlineSeconds;

    /** What is counted. */
    public enum Count {
        /** BSM that came. */
        MESSAGES,
        /** Those whose time was much before that of their receipt. */
        LATE_MESSAGES,
        /** A person took over while it moved. */
        TAKEOVERS,
        /** It braked harshly. */
        HARSH_BRAKINGS,
        /** It said that it is disabled, or that an air bag has gone off. */
        FAILURES,
        /** Alerts that it was off the roads it may drive on. */
        OFF_ROAD,
        /** Alerts that it drove outside of the hours of the zone. */
        OUTSIDE_HOURS,
        /** It drove outside of its permit. */
        OUTSIDE_PERMIT,
        /** Silences while it had a session. */
        OFFLINE;

        String label() {
            final StringBuilder label = new StringBuilder();
            for (final String word : name().toLowerCase(Locale.ROOT).split("_")) {
                label.append(
                        label.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
            }
            return label.toString();
        }
    }

    void drove(final Mode mode, final double way, final double time, final boolean moving) {
        metres[mode.ordinal()] += way;
        seconds[mode.ordinal()] += time;
        movingSeconds[mode.ordinal()] += moving ? time : 0;
    }

    void add(final Count what) {
        counts[what.ordinal()]++;
    }

    void offline(final double time) {
        add(Count.OFFLINE);
        offlineSeconds += time;
    }

    /** Adds those of other days. */
    void add(final DayFigures other) {
        for (int i = 0; i < metres.length; i++) {
            metres[i] += other.metres[i];
            seconds[i] += other.seconds[i];
            movingSeconds[i] += other.movingSeconds[i];
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        offlineSeconds += other.offlineSeconds;
    }

    /** Way in a mode, m. */
    public double metres(final Mode mode) {
        return metres[mode.ordinal()];
    }

    /** Time in a mode, s, standing or not. */
    public double seconds(final Mode mode) {
        return seconds[mode.ordinal()];
    }

    /** How often. */
    public long count(final Count what) {
        return counts[what.ordinal()];
    }

    ObjectNode json() {
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (final Mode mode : Mode.values()) {
            node.putObject(mode.label())
                    .put("metres", round(metres[mode.ordinal()]))
                    .put("seconds", round(seconds[mode.ordinal()]))
                    .put("movingSeconds", round(movingSeconds[mode.ordinal()]));
        }
        for (final Count count : Count.values()) {
            node.put(count.label(), counts[count.ordinal()]);
        }
        return node.put("offlineSeconds", round(offlineSeconds));
    }

    static DayFigures of(final JsonNode node) {
        final DayFigures figures = new DayFigures();
        for (final Mode mode : Mode.values()) {
            final JsonNode of = node.path(mode.label());
            figures.metres[mode.ordinal()] = of.path("metres").asDouble();
            figures.seconds[mode.ordinal()] = of.path("seconds").asDouble();
            figures.movingSeconds[mode.ordinal()] = of.path("movingSeconds").asDouble();
        }
        for (final Count count : Count.values()) {
            figures.counts[count.ordinal()] = node.path(count.label()).asLong();
        }
        figures.offlineSeconds = node.path("offlineSeconds").asDouble();
        return figures;
    }

    /** To a thousandth: what is kept and read again must not differ from what was not. */
    private static double round(final double value) {
        return Math.rint(value * 1e3) / 1e3;
    }
}
