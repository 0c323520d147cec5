package io.luyun.server;

import io.luyun.server.alert.Applications.Share;
import io.luyun.server.core.CoreConfig;
import io.luyun.server.journal.DeviceTable;
import io.luyun.server.journal.Journal;
import io.luyun.server.live.LiveHub;
import io.luyun.server.live.LivePipe;
import io.luyun.server.live.LiveRoads;
import io.luyun.server.ops.AlertJson;
import io.luyun.server.ops.BrowserSockets;
import io.luyun.server.ops.LiveSockets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What browsers watch, from the line's way out to their sockets. Any thread. */
final class LiveFace implements AutoCloseable {
    private final LivePipe pipe = new LivePipe();
    private final BrowserSockets sockets;
    private volatile @Nullable DeviceTable devices;

    LiveFace(final ServerConfig config, final ZoneFile zone, final ForwardClock clock, final Monitors monitors) {
        final LiveRoads roads = new LiveRoads(
                new CoreConfig(zone.map(), config.world(), config.site(), config.alert(), Share.NONE),
                () -> Journal.openReadOnly(Path.of(config.journal().directory())),
                () -> Journal.openReadOnly(Path.of(config.alertJournal().directory())),
                this::deviceCount,
                this::deviceName);
        final LiveHub hub = new LiveHub(
                config.live(),
                ServerStatus.version(),
                pipe,
                roads,
                AlertJson::of,
                monitors.counters(),
                monitors.errors());
        sockets = new BrowserSockets(hub, clock, monitors.errors());
    }

    /** The way from the line. */
    LivePipe pipe() {
        return pipe;
    }

    LiveSockets sockets() {
        return sockets;
    }

    /** The journal is open: its devices have names. */
    void opened(final Journal journal) {
        devices = journal.devices();
    }

    private int deviceCount() {
        final DeviceTable known = devices;
        return known == null ? 0 : known.size();
    }

    private String deviceName(final int index) {
        final DeviceTable known = devices;
        final String id = known == null ? null : known.idOf(index);
        return id == null ? "" : id;
    }

    @Override
    public void close() {
        sockets.close();
    }
}
