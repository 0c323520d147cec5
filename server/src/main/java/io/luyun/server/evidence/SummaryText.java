package io.luyun.server.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/** What a package tells in words, for people who open it first. Stateless. */
final class SummaryText {
    private static final int MOST_LINES = 50;

    private SummaryText() {}

    static String of(final JsonNode manifest, final Map<String, Long> kinds) {
        final StringBuilder text = new StringBuilder(2_048);
        final JsonNode incident = manifest.path("incident");
        line(text, "Evidence %s", incident.path("id").asText());
        line(
                text,
                "window    %s",
                incident.path("from").asText() + " to " + incident.path("until").asText());
        line(text, "around    %s", incident.path("radiusMetres").asText() + " m");
        line(text, "zone      %s", manifest.path("zone").path("name").asText());
        line(
                text,
                "made by   %s",
                "luyun " + manifest.path("version").asText() + ", "
                        + manifest.path("sealedAt").asText());
        text.append('\n');
        for (final JsonNode trigger : incident.path("triggers")) {
            line(
                    text,
                    "what      %s",
                    trigger.path("at").asText() + "  "
                            + trigger.path("kind").asText() + "  "
                            + trigger.path("reason").asText()
                            + (trigger.path("device").asText().isEmpty()
                                    ? ""
                                    : "  of " + trigger.path("device").asText())
                            + (trigger.has("lat")
                                    ? String.format(
                                            Locale.ROOT,
                                            "  at %.7f, %.7f",
                                            trigger.path("lat").asDouble(),
                                            trigger.path("lon").asDouble())
                                    : "")
                            + (trigger.path("by").asText().isEmpty()
                                    ? ""
                                    : "  asked for by " + trigger.path("by").asText()));
        }
        if (incident.path("triggersNotNamed").asLong() > 0) {
            line(
                    text,
                    "what      %s",
                    "and " + incident.path("triggersNotNamed").asText() + " more");
        }
        text.append('\n');
        account(text, "journal", manifest.path("journal"));
        account(text, "alerts", manifest.path("alerts"));
        standing(text, manifest.path("standing"));
        text.append('\n');
        kinds.forEach((kind, count) -> line(text, "%s", String.format(Locale.ROOT, "%-22s %,10d", kind, count)));
        text.append('\n');
        line(text, "devices   %s", Integer.toString(manifest.path("devices").size()));
        for (final JsonNode note : manifest.path("notes")) {
            line(text, "note      %s", note.asText());
        }
        return text.toString();
    }

    private static void standing(final StringBuilder text, final JsonNode standing) {
        line(
                text,
                "%s",
                "before the window: " + standing.path("records").asText()
                        + " records of MAP and RSI that may still hold in it, looked for from "
                        + standing.path("from").asText() + " on");
        lines(text, "  damaged: ", standing.path("damage"));
    }

    private static void account(final StringBuilder text, final String name, final JsonNode account) {
        line(
                text,
                "%s",
                name + ": " + account.path("inPackage").asText() + " of the "
                        + account.path("records").asText() + " records of the window, sequences "
                        + account.path("firstSequence").asText() + " to "
                        + account.path("lastSequence").asText());
        if (account.path("sequencesNotThere").asLong() > 0) {
            line(text, "%s", "  " + account.path("sequencesNotThere").asText() + " sequences are not there");
        }
        lines(text, "  damaged: ", account.path("damage"));
        lines(text, "  known to be missing: ", account.path("knownMissing"));
        lines(text, "  nothing was written: ", account.path("silences"));
        if (account.path("numbersLeftOut").asLong() > 0) {
            line(
                    text,
                    "%s",
                    "  devices left out " + account.path("numbersLeftOut").asText() + " numbers in "
                            + account.path("gapCount").asText() + " gaps");
        }
        if (account.path("lateMessages").asLong() > 0) {
            line(
                    text,
                    "%s",
                    "  " + account.path("lateMessages").asText() + " messages came more than "
                            + account.path("lateIsMillis").asText() + " ms late");
        }
    }

    private static void lines(final StringBuilder text, final String name, final JsonNode all) {
        int shown = 0;
        for (final JsonNode each : all) {
            if (shown++ == MOST_LINES) {
                line(text, "%s", name + "and " + (all.size() - MOST_LINES) + " more, see manifest.json");
                return;
            }
            line(text, "%s", name + (each.isTextual() ? each.asText() : each.toString()));
        }
    }

    private static void line(final StringBuilder text, final String format, final String value) {
        text.append(String.format(Locale.ROOT, format, value)).append('\n');
    }
}
