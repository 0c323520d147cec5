package io.luyun.server.supervise;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;

/** The test vehicles as they are now, as JSON. Stateless. */
final class SupervisionTable {
    private SupervisionTable() {}

    static byte[] of(
            final TestVehicles config,
            final Ledger ledger,
            final SortedMap<LocalDate, SortedMap<String, DayFigures>> kept,
            final long nowNs) {
        final LocalDate today = today(config, nowNs);
        final ObjectNode table = JsonNodeFactory.instance.objectNode();
        table.put("at", VehicleTimes.text(nowNs));
        table.put("day", today.toString());
        table.put("modeIsTold", config.rules().mode() != null);
        final ArrayNode vehicles = table.putArray("vehicles");
        for (final VehicleRecord vehicle : ledger.vehicles()) {
            final ObjectNode node = vehicles.addObject();
            who(vehicle.vehicle(), node);
            vehicle.tell(node, nowNs);
            node.set(
                    "today",
                    vehicle.days().getOrDefault(today, new DayFigures()).json());
            node.set("month", month(vehicle, kept, today).json());
        }
        return table.toString().getBytes(StandardCharsets.UTF_8);
    }

    static LocalDate today(final TestVehicles config, final long nowNs) {
        return Instant.EPOCH
                .plusNanos(nowNs)
                .plus(config.rules().utcOffsetMinutes(), ChronoUnit.MINUTES)
                .atZone(ZoneOffset.UTC)
                .toLocalDate();
    }

    private static DayFigures month(
            final VehicleRecord vehicle,
            final SortedMap<LocalDate, SortedMap<String, DayFigures>> kept,
            final LocalDate today) {
        final DayFigures month = new DayFigures();
        final LocalDate first = today.withDayOfMonth(1);
        kept.subMap(first, today.plusDays(1)).forEach((day, devices) -> {
            final DayFigures figures = devices.get(vehicle.vehicle().device());
            // the account has the newest state of the days that it still has
            if (figures != null && !vehicle.days().containsKey(day)) {
                month.add(figures);
            }
        });
        vehicle.days().subMap(first, today.plusDays(1)).values().forEach(month::add);
        return month;
    }

    /** Who runs it and when it may drive. */
    static void who(final TestVehicles.Vehicle vehicle, final ObjectNode node) {
        node.put("device", vehicle.device());
        node.put("plate", vehicle.plate());
        node.put("enterprise", vehicle.enterprise());
        node.put("operator", vehicle.operator());
        final TestVehicles.Permit permit = vehicle.permit();
        final ObjectNode told = node.putObject("permit");
        told.put("number", permit.number());
        told.put("from", permit.from() == null ? null : permit.from().toString());
        told.put("to", permit.to() == null ? null : permit.to().toString());
        told.put("fromHour", permit.fromHour()).put("toHour", permit.toHour());
        final ArrayNode roads = node.putArray("roads");
        vehicle.roads().forEach(roads::add);
    }
}
