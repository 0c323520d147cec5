package io.luyun.server.supervise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.research.RecordCursor;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Selection;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Figures of test vehicles by day or month. Immutable. */
public final class SupervisionReport {
    static final String DIRECTORY = "supervision";
    private static final double METRES_A_KILOMETRE = 1_000;
    private static final double SECONDS_AN_HOUR = 3_600;

    private final SortedMap<String, SortedMap<String, DayFigures>> periods;
    private final Map<String, JsonNode> vehicles;

    private SupervisionReport(
            final SortedMap<LocalDate, SortedMap<String, DayFigures>> days,
            final Map<String, JsonNode> vehicles,
            final boolean byMonth) {
        this.vehicles = vehicles;
        periods = new TreeMap<>();
        days.forEach((day, devices) -> devices.forEach((device, figures) -> periods.computeIfAbsent(
                        byMonth ? YearMonth.from(day).toString() : day.toString(), _ -> new TreeMap<>())
                .computeIfAbsent(device, _ -> new DayFigures())
                .add(figures)));
    }

    /**
     * What a server has kept.
     *
     * @param data its data directory
     * @param from first local day
     * @param to last local day
     */
    public static SupervisionReport kept(
            final Path data, final LocalDate from, final LocalDate to, final boolean byMonth) {
        final LedgerFiles files = new LedgerFiles(data.resolve(DIRECTORY));
        return new SupervisionReport(files.days(from, to), files.vehicles(), byMonth);
    }

    /**
     * The account anew, out of the journal.
     *
     * @param data the data directory, or a copy
     */
    public static SupervisionReport anew(
            final Path data,
            final TestVehicles config,
            final LocalDate from,
            final LocalDate to,
            final boolean byMonth) {
        final Ledger ledger = new Ledger(config, VehicleEvents.NONE);
        final Recording recording = Recording.open(data);
        try (RecordCursor cursor = recording.messages(Selection.ALL.withKinds(Ledger.KINDS))) {
            while (cursor.next()) {
                ledger.onRecord(cursor);
            }
        }
        try (RecordCursor alerts =
                recording.alerts() == null ? null : RecordCursor.open(recording.alerts(), Selection.ALL)) {
            while (alerts != null && alerts.next()) {
                ledger.onAlert(alerts);
            }
        }
        final SortedMap<LocalDate, SortedMap<String, DayFigures>> days = new TreeMap<>();
        final Map<String, JsonNode> vehicles = new TreeMap<>();
        for (final VehicleRecord vehicle : ledger.vehicles()) {
            final ObjectNode who = JsonNodeFactory.instance.objectNode();
            SupervisionTable.who(vehicle.vehicle(), who);
            vehicles.put(vehicle.vehicle().device(), who);
            vehicle.days()
                    .subMap(from, to.plusDays(1))
                    .forEach((day, figures) -> days.computeIfAbsent(day, _ -> new TreeMap<>())
                            .put(vehicle.vehicle().device(), figures));
        }
        return new SupervisionReport(days, vehicles, byMonth);
    }

    /** As one JSON object. */
    public ObjectNode json() {
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        final ArrayNode rows = node.putArray("rows");
        periods.forEach((period, devices) -> devices.forEach((device, figures) -> {
            final ObjectNode row = rows.addObject();
            row.put("period", period).put("device", device);
            row.put("plate", who(device, "plate"));
            row.put("enterprise", who(device, "enterprise"));
            row.put("operator", who(device, "operator"));
            row.put("permit", permit(device));
            row.setAll(figures.json());
        }));
        return node;
    }

    private String who(final String device, final String key) {
        final JsonNode vehicle = vehicles.get(device);
        return vehicle == null ? "" : vehicle.path(key).asText();
    }

    private String permit(final String device) {
        final JsonNode vehicle = vehicles.get(device);
        return vehicle == null ? "" : vehicle.path("permit").path("number").asText();
    }

    /** As CSV (RFC 4180 with line feeds alone), ways in km, times in h. */
    public List<String> csv() {
        final List<String> lines = new ArrayList<>();
        final List<String> head =
                new ArrayList<>(List.of("period", "device", "plate", "enterprise", "operator", "permit"));
        for (final Mode mode : Mode.values()) {
            head.add(mode.label() + "_km");
            head.add(mode.label() + "_h");
        }
        for (final DayFigures.Count count : DayFigures.Count.values()) {
            head.add(count.name().toLowerCase(Locale.ROOT));
        }
        lines.add(String.join(",", head));
        periods.forEach((period, devices) -> devices.forEach((device, figures) -> {
            final List<String> cells = new ArrayList<>(List.of(
                    period,
                    cell(device),
                    cell(who(device, "plate")),
                    cell(who(device, "enterprise")),
                    cell(who(device, "operator")),
                    cell(permit(device))));
            for (final Mode mode : Mode.values()) {
                cells.add(String.format(Locale.ROOT, "%.3f", figures.metres(mode) / METRES_A_KILOMETRE));
                cells.add(String.format(Locale.ROOT, "%.4f", figures.seconds(mode) / SECONDS_AN_HOUR));
            }
            for (final DayFigures.Count count : DayFigures.Count.values()) {
                cells.add(Long.toString(figures.count(count)));
            }
            lines.add(String.join(",", cells));
        }));
        return lines;
    }

    /** Texts in quotes; one that a spreadsheet would take for a formula begins with an apostrophe. */
    private static String cell(final String text) {
        final boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
