package io.luyun.server.mqtt;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.Position;
import io.luyun.server.monitor.Settings;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How alerts look to units that broadcast them: one row a kind, read with the topics. Immutable; any thread. */
final class AlertTable {
    private static final int DECIMETRES = 10;
    private static final int RADIUS_MAX_METRES = 6_553;
    private static final int TYPE_MAX = 65_535;
    private static final int HUNDRED = 100;
    private static final int WEATHER = 3;
    private static final String ADVERSE_WEATHER = "AdverseWeather";

    private final Map<AlertKind, Row> rows = new EnumMap<>(AlertKind.class);

    /** Where an alert is put on the road. */
    enum At {
        EVENT,
        TARGET,
        SUBJECT
    }

    /**
     * A row.
     *
     * @param type event type; null for that of the event the alert is about
     * @param eventClass event class of T/ITS 0117; weather's own types have theirs
     * @param at where it is; where that is not known, the subject's place
     * @param radius 0.1 m, where the event has none of its own
     * @param frame whether binary topics carry it
     */
    record Row(@Nullable Integer type, String eventClass, At at, int radius, boolean frame) {
        int typeOf(final Alert alert) {
            return type == null ? alert.getEvent().getCode() : type;
        }

        String classOf(final int eventType) {
            return type == null && eventType / HUNDRED == WEATHER ? ADVERSE_WEATHER : eventClass;
        }

        Position placeOf(final Alert alert) {
            if (at == At.EVENT && alert.getEvent().hasPos()) {
                return alert.getEvent().getPos();
            }
            return at == At.TARGET && alert.getTarget().hasPos()
                    ? alert.getTarget().getPos()
                    : alert.getPos();
        }

        int radiusOf(final Alert alert) {
            return at == At.EVENT && alert.getEvent().hasRadius()
                    ? alert.getEvent().getRadius()
                    : radius;
        }
    }

    /** A row as written. */
    record Line(
            @Nullable Integer type,
            @Nullable String eventClass,
            @Nullable String at,
            @Nullable Integer radiusMetres,
            @Nullable Boolean frame) {}

    /** Takes the lines by name of the kind; fails with one line. */
    AlertTable(final Map<String, @Nullable Line> lines) {
        lines.forEach((name, line) -> {
            final String key = "alerts." + name + ".";
            if (line == null) {
                throw new IllegalArgumentException(key + "at: must be given");
            }
            rows.put(kind(name), row(key, line));
        });
    }

    /** Null when units are not told alerts of this kind. */
    @Nullable
    Row find(final AlertKind kind) {
        return rows.get(kind);
    }

    private static Row row(final String key, final Line line) {
        final int radius = line.radiusMetres() == null ? 0 : line.radiusMetres();
        Settings.inRange(key + "radiusMetres", radius, 0, RADIUS_MAX_METRES);
        if (line.type() != null) {
            Settings.inRange(key + "type", line.type(), 0, TYPE_MAX);
        }
        return new Row(
                line.type(),
                line.eventClass() == null ? "AbnormalTraffic" : line.eventClass(),
                at(key, line.at()),
                radius * DECIMETRES,
                line.frame() == null || line.frame());
    }

    private static At at(final String key, final @Nullable String name) {
        for (final At at : At.values()) {
            if (at.name().toLowerCase(Locale.ROOT).equals(name)) {
                return at;
            }
        }
        throw new IllegalArgumentException(key + "at = " + name + ": must be event, target or subject");
    }

    private static AlertKind kind(final String name) {
        for (final AlertKind kind : AlertKind.values()) {
            if (kind.name().equals("ALERT_KIND_" + name) && kind != AlertKind.ALERT_KIND_UNSPECIFIED) {
                return kind;
            }
        }
        throw new IllegalArgumentException("alerts." + name + ": must be the name of a kind of alert, for example HLW");
    }
}
