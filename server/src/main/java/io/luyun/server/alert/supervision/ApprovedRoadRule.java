package io.luyun.server.alert.supervision;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertReason;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.world.Area;
import io.luyun.server.world.Participant;
import io.luyun.server.world.World;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** OFF_APPROVED_ROAD: a test vehicle drives where or when it may not. See the package. */
public final class ApprovedRoadRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_OFF_APPROVED_ROAD_VALUE;
    private static final String ALL = "*";
    private static final int HOUR_MINUTES = 60;

    private final World world;
    private final ApprovedRoad config;
    private final AlertBook book;
    private final Set<String> devices;
    private final boolean all;
    private final int fromMinute;
    private final int toMinute;
    /** By device: the name it was looked up by, and what came of it. */
    private @Nullable String[] names = new String[64];

    private boolean[] concerned = new boolean[64];

    public ApprovedRoadRule(final World world, final ApprovedRoad config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        devices = new HashSet<>(config.devices());
        all = devices.contains(ALL);
        fromMinute = (int) Math.rint(config.fromHour() * HOUR_MINUTES);
        toMinute = (int) Math.rint(config.toHour() * HOUR_MINUTES);
        book.hold(AlertKind.ALERT_KIND_OFF_APPROVED_ROAD, config.holdMillis());
    }

    @Override
    public void assess(final Participant subject, final long atNs) {
        if (devices.isEmpty() || subject.device() < 0 || !concerns(subject.device())) {
            return;
        }
        if (!world.isApproved(subject, config.marginMetres())) {
            tell(subject, AlertReason.ALERT_REASON_OFF_ROAD_VALUE);
        }
        if (subject.speedMps() >= config.minSpeedMps() && !allowedAt(atNs)) {
            tell(subject, AlertReason.ALERT_REASON_OUTSIDE_HOURS_VALUE);
        }
    }

    private void tell(final Participant subject, final int reason) {
        book.of(KIND, subject)
                .because(reason)
                .confirmedBy(config.confirmReports())
                .is(Severity.SEVERITY_WARNING_VALUE);
    }

    private boolean allowedAt(final long atNs) {
        final int minute = Area.minuteOfDay(atNs, config.utcOffsetMinutes());
        return fromMinute <= toMinute
                ? minute >= fromMinute && minute < toMinute
                : minute >= fromMinute || minute < toMinute;
    }

    private boolean concerns(final int device) {
        if (all) {
            return true;
        }
        if (device >= names.length) {
            names = Arrays.copyOf(names, Math.max(device + 1, names.length * 2));
            concerned = Arrays.copyOf(concerned, names.length);
        }
        final String name = world.deviceName(device);
        if (!name.equals(names[device])) {
            names[device] = name;
            concerned[device] = devices.contains(name);
        }
        return concerned[device];
    }
}
