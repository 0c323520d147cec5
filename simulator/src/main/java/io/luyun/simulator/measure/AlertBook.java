package io.luyun.simulator.measure;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertParty;
import io.luyun.proto.v1.AlertState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every alert of a run once, whoever received it: the vehicle warned, an observer, or both. Thread safe.
 */
public final class AlertBook {
    private static final int WAITING_LINES = 64;
    private static final double METRES_PER_SECOND = 0.02;
    private static final double KMH_PER_STEP = METRES_PER_SECOND * 3.6;

    private final Map<AlertKind, Set<Long>> raised = new ConcurrentHashMap<>();
    private final Set<Long> cleared = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(WAITING_LINES);

    /** An alert came in; lines wait for {@link #lines()} as long as there is room. */
    public void add(final Alert alert) {
        if (alert.getState() == AlertState.ALERT_STATE_CLEARED) {
            cleared.add(alert.getAlertId());
            return;
        }
        final Set<Long> ids = raised.computeIfAbsent(alert.getKind(), _ -> ConcurrentHashMap.newKeySet());
        if (ids.add(alert.getAlertId()) && alert.getState() == AlertState.ALERT_STATE_RAISED) {
            lines.offer(line(alert));
        }
    }

    /** Number of alerts raised, by kind. */
    public Map<String, Long> raised() {
        final Map<String, Long> counts = new TreeMap<>();
        raised.forEach((kind, ids) -> counts.put(name(kind), (long) ids.size()));
        return counts;
    }

    /** Number of alerts cleared. */
    public long cleared() {
        return cleared.size();
    }

    /** A few words on each alert raised since the last call, the first ones when there were many. */
    public List<String> lines() {
        final List<String> taken = new ArrayList<>();
        lines.drainTo(taken);
        return taken;
    }

    /** For example "FCW raised veh-0012 → veh-0031 TTC 2.1 s". */
    static String line(final Alert alert) {
        final StringBuilder line = new StringBuilder(80)
                .append(name(alert.getKind()))
                .append(' ')
                .append(alert.getState().name().replace("ALERT_STATE_", "").toLowerCase(Locale.ROOT))
                .append(' ')
                .append(name(alert.getSubject()));
        if (alert.hasTarget()) {
            line.append(" → ").append(name(alert.getTarget()));
        }
        if (alert.hasSpeedLimit()) {
            line.append(String.format(
                    Locale.ROOT,
                    " %.0f km/h where %.0f km/h holds",
                    alert.getSpeed() * KMH_PER_STEP,
                    alert.getSpeedLimit() * KMH_PER_STEP));
        } else if (alert.hasEvent()) {
            line.append(" → ").append(alert.getEvent().getSign() ? "sign " : "event ");
            line.append(alert.getEvent().getCode());
            if (!alert.getEvent().getDescription().isEmpty()) {
                line.append(" (").append(alert.getEvent().getDescription()).append(')');
            }
        }
        if (alert.hasSpeedLimit()) {
            return line.toString();
        }
        if (alert.hasEvent() && alert.hasDistanceCm()) {
            line.append(
                    alert.getDistanceCm() == 0
                            ? ", inside"
                            : String.format(Locale.ROOT, " in %.0f m", alert.getDistanceCm() / 1e2));
        } else if (alert.hasTimeToCollisionMs()) {
            line.append(String.format(Locale.ROOT, " TTC %.1f s", alert.getTimeToCollisionMs() / 1e3));
        } else if (alert.hasDistanceCm()) {
            line.append(String.format(Locale.ROOT, " in %.0f m", alert.getDistanceCm() / 1e2));
        }
        return line.toString();
    }

    private static String name(final AlertKind kind) {
        return kind.name().replace("ALERT_KIND_", "");
    }

    private static String name(final AlertParty party) {
        if (!party.getDeviceId().isEmpty()) {
            return party.getDeviceId();
        }
        return party.getSeenBy().isEmpty() ? "unknown" : party.getSeenBy() + "#" + party.getPtcId();
    }
}
