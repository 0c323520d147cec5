package io.luyun.server.supervise;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.journal.JournalException;
import io.luyun.server.journal.SafeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is kept of the account.
 *
 * <pre>
 *   supervision/state.json      how far the journals were read; each vehicle: who runs it, how it is, its figures of the last days
 *   supervision/2026-11.json    figures of days that are over: {"days": {"2026-11-30": {"bus-07": {…}}}}
 * </pre>
 *
 * A day is written to its month first and left out of the state after that: whoever dies in between writes the same again. One
 * thread.
 */
final class LedgerFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STATE = "state.json";
    private static final String SEQUENCE = "sequence";
    private static final String ALERT_SEQUENCE = "alertSequence";
    private static final String VEHICLES = "vehicles";
    private static final String DAYS = "days";

    private final Path directory;
    /** Days of vehicles that are in the state and no longer in the vehicles file. */
    private final Map<String, JsonNode> left = new TreeMap<>();

    LedgerFiles(final Path directory) {
        this.directory = directory;
    }

    /** Last sequences of both journals that the account has. */
    record Position(long sequence, long alertSequence) {}

    /** Takes up the account where it was left; the beginning where there is none. */
    Position restore(final Ledger ledger) {
        final JsonNode state = read(directory.resolve(STATE));
        for (final VehicleRecord vehicle : ledger.vehicles()) {
            final JsonNode kept = state.path(VEHICLES).path(vehicle.vehicle().device());
            if (!kept.isMissingNode()) {
                vehicle.restore(kept);
            }
        }
        for (final Map.Entry<String, JsonNode> each : state.path(VEHICLES).properties()) {
            if (ledger.find(each.getKey()) == null) {
                left.put(each.getKey(), each.getValue().path(DAYS));
            }
        }
        return new Position(
                state.path(SEQUENCE).asLong(), state.path(ALERT_SEQUENCE).asLong());
    }

    /**
     * Keeps the account.
     *
     * @param closing whether days may be over: all that is behind the position has been read
     */
    void save(final Ledger ledger, final Position position, final boolean closing) throws IOException {
        Files.createDirectories(directory);
        keepLeft();
        if (closing) {
            closeDays(ledger);
        }
        final ObjectNode state = JsonNodeFactory.instance.objectNode();
        state.put(SEQUENCE, position.sequence()).put(ALERT_SEQUENCE, position.alertSequence());
        final ObjectNode vehicles = state.putObject(VEHICLES);
        for (final VehicleRecord vehicle : ledger.vehicles()) {
            final ObjectNode node = vehicles.putObject(vehicle.vehicle().device());
            SupervisionTable.who(vehicle.vehicle(), node.putObject("vehicle"));
            vehicle.keep(node);
        }
        write(directory.resolve(STATE), state);
    }

    /** Vehicles that are no longer in the file have what they did. */
    private void keepLeft() throws IOException {
        for (final Map.Entry<String, JsonNode> vehicle : left.entrySet()) {
            for (final Map.Entry<String, JsonNode> day : vehicle.getValue().properties()) {
                final Path file = file(YearMonth.from(LocalDate.parse(day.getKey())));
                final ObjectNode month = read(file);
                month.withObjectProperty(DAYS).withObjectProperty(day.getKey()).set(vehicle.getKey(), day.getValue());
                write(file, month);
            }
        }
        left.clear();
    }

    /** Moves days that are over to their months; alerts may come a little later than what they are about. */
    private void closeDays(final Ledger ledger) throws IOException {
        LocalDate last = LocalDate.MIN;
        for (final VehicleRecord vehicle : ledger.vehicles()) {
            if (!vehicle.days().isEmpty() && vehicle.days().lastKey().isAfter(last)) {
                last = vehicle.days().lastKey();
            }
        }
        if (last.equals(LocalDate.MIN)) {
            return;
        }
        final LocalDate before = last.minusDays(1);
        final SortedMap<YearMonth, ObjectNode> months = new TreeMap<>();
        for (final VehicleRecord vehicle : ledger.vehicles()) {
            vehicle.days().headMap(before).forEach((day, figures) -> {
                final ObjectNode month = months.computeIfAbsent(YearMonth.from(day), this::month);
                month.withObjectProperty(DAYS)
                        .withObjectProperty(day.toString())
                        .set(vehicle.vehicle().device(), figures.json());
            });
        }
        for (final Map.Entry<YearMonth, ObjectNode> month : months.entrySet()) {
            write(file(month.getKey()), month.getValue());
        }
        for (final VehicleRecord vehicle : ledger.vehicles()) {
            vehicle.days().headMap(before).clear();
        }
    }

    private Path file(final YearMonth month) {
        return directory.resolve(month + ".json");
    }

    private ObjectNode month(final YearMonth month) {
        return read(file(month));
    }

    /** Who runs the vehicles that are in the state, by device. */
    Map<String, JsonNode> vehicles() {
        final Map<String, JsonNode> vehicles = new TreeMap<>();
        for (final Map.Entry<String, JsonNode> each :
                read(directory.resolve(STATE)).path(VEHICLES).properties()) {
            vehicles.put(each.getKey(), each.getValue().path("vehicle"));
        }
        return vehicles;
    }

    /** Figures by day and device, both ends included. */
    SortedMap<LocalDate, SortedMap<String, DayFigures>> days(final LocalDate from, final LocalDate to) {
        final SortedMap<LocalDate, SortedMap<String, DayFigures>> days = new TreeMap<>();
        for (YearMonth month = YearMonth.from(from); !month.isAfter(YearMonth.from(to)); month = month.plusMonths(1)) {
            for (final Map.Entry<String, JsonNode> day : month(month).path(DAYS).properties()) {
                for (final Map.Entry<String, JsonNode> of : day.getValue().properties()) {
                    put(days, LocalDate.parse(day.getKey()), of.getKey(), of.getValue());
                }
            }
        }
        for (final Map.Entry<String, JsonNode> vehicle :
                read(directory.resolve(STATE)).path(VEHICLES).properties()) {
            for (final Map.Entry<String, JsonNode> day :
                    vehicle.getValue().path(DAYS).properties()) {
                put(days, LocalDate.parse(day.getKey()), vehicle.getKey(), day.getValue());
            }
        }
        return new TreeMap<>(days.subMap(from, to.plusDays(1)));
    }

    private static void put(
            final SortedMap<LocalDate, SortedMap<String, DayFigures>> days,
            final LocalDate day,
            final String device,
            final JsonNode figures) {
        days.computeIfAbsent(day, _ -> new TreeMap<>()).put(device, DayFigures.of(figures));
    }

    private static void write(final Path file, final ObjectNode node) throws IOException {
        SafeFile.write(file, node.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** An empty object where there is no file. */
    private static ObjectNode read(final Path file) {
        if (!Files.exists(file)) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            if (JSON.readTree(Files.readAllBytes(file)) instanceof final ObjectNode object) {
                return object;
            }
            throw new JournalException(file + ": is no JSON object", null);
        } catch (final JacksonException e) {
            throw new JournalException(file + ": is no JSON: " + e.getOriginalMessage(), e);
        } catch (final IOException e) {
            throw new JournalException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
