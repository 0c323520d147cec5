package io.luyun.server;

import io.luyun.proto.json.ArrivalJsonWriter;
import io.luyun.proto.json.RoadsideJsonWriter;
import io.luyun.proto.json.TrafficJsonWriter;
import io.luyun.proto.v1.LinkTraffic;
import io.luyun.proto.v1.TrafficFigures;
import io.luyun.server.evidence.EvidenceCounts;
import io.luyun.server.journal.Damage;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.ScanReport;
import io.luyun.server.net.DeviceServer;
import io.luyun.server.net.MqttEndpoint;
import io.luyun.server.ops.NotReady;
import io.luyun.server.ops.OpsSource;
import io.luyun.server.ops.OpsStatus;
import io.luyun.server.ops.OpsTraffic;
import io.luyun.server.site.SiteBoard;
import io.luyun.server.site.Sites;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the HTTP face is told: from before the journal is scanned until after the doors are shut. Any thread. */
final class ServerStatus implements OpsSource {
    private static final double RAW_MPS = 0.02;
    private static final double CENTIMETRES = 100;

    private final String mode;
    private final String zone;
    private final RoadsideJsonWriter json = new RoadsideJsonWriter();
    private final ArrivalJsonWriter arrivalJson = new ArrivalJsonWriter();
    private final TrafficJsonWriter trafficJson = new TrafficJsonWriter();
    private final long startedNs = System.nanoTime();
    private final Readiness readiness;
    private volatile @Nullable Journal journal;
    private volatile @Nullable DeviceServer devices;
    private volatile @Nullable MqttEndpoint mqtt;
    private volatile @Nullable Sites sites;
    private volatile @Nullable EvidenceCounts evidence;

    ServerStatus(final String mode, final String zone, final Readiness readiness) {
        this.mode = mode;
        this.zone = zone;
        this.readiness = readiness;
    }

    /** The journals are open. */
    void opened(final ServerLine line) {
        readiness.opened(line.journal(), line.alertJournal(), line.pulse());
        journal = line.journal();
    }

    /** Everything runs. */
    void running(final ServerLine line) {
        devices = line.devices();
        mqtt = line.mqtt();
        sites = line.sites();
        readiness.running(line.devices());
    }

    /** Incidents are frozen. */
    void freezes(final EvidenceCounts counts) {
        evidence = counts;
    }

    @Override
    public @Nullable NotReady notReady() {
        return readiness.notReady();
    }

    @Override
    public OpsStatus status() {
        final Journal open = journal;
        final DeviceServer started = devices;
        final MqttEndpoint spoken = mqtt;
        return new OpsStatus(
                version(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedNs),
                mode,
                zone,
                started == null ? 0 : started.sessions(),
                open == null ? 0 : open.writer().appendedSequence(),
                open == null ? 0 : open.writer().syncedSequence(),
                spoken == null ? Map.of() : spoken.status(),
                traffic(board()),
                open == null ? Map.of() : scan(open.scan()));
    }

    @Override
    public byte[] crossings() {
        return json.crossings(board().crossings());
    }

    @Override
    public byte[] arrivals() {
        return arrivalJson.stops(board().stops());
    }

    @Override
    public byte[] traffic() {
        return trafficJson.links(board().traffic());
    }

    @Override
    public @Nullable EvidenceCounts evidence() {
        return evidence;
    }

    private SiteBoard board() {
        final Sites known = sites;
        return known == null ? SiteBoard.EMPTY : known.board();
    }

    private static OpsTraffic traffic(final SiteBoard board) {
        int vehicles = 0;
        int longestCm = 0;
        double weight = 0;
        double speeds = 0;
        for (final LinkTraffic link : board.traffic()) {
            final TrafficFigures whole = link.getWhole();
            vehicles += whole.getVehicles();
            longestCm = Math.max(longestCm, whole.getQueueCm());
            if (whole.hasSpeed()) {
                weight += whole.getVehicles();
                speeds += whole.getVehicles() * whole.getSpeed() * RAW_MPS;
            }
        }
        return new OpsTraffic(
                board.traffic().size(),
                vehicles,
                weight == 0 ? Double.NaN : speeds / weight,
                board.jams(),
                longestCm / CENTIMETRES);
    }

    static String version() {
        final String version = ServerStatus.class.getPackage().getImplementationVersion();
        return version == null ? "(unpackaged)" : version;
    }

    private static Map<String, ?> scan(final ScanReport report) {
        final Map<String, Object> scan = new LinkedHashMap<>();
        scan.put("lastSequence", report.lastSequence());
        scan.put("checkpointSequence", report.checkpointSequence());
        scan.put("records", report.records());
        scan.put("devices", report.devices());
        scan.put("millis", TimeUnit.NANOSECONDS.toMillis(report.nanos()));
        scan.put("damage", report.damage().stream().map(Damage::toString).toList());
        scan.put("unsynced", report.unsynced() == null ? "" : report.unsynced().toString());
        return scan;
    }
}
