package io.luyun.server.supervise;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.codec.BsmReader;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertReason;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.research.Records;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps account of all test vehicles out of the records that concern them: a function of the records alone. One thread. */
final class Ledger {
    /** Kinds of records that it looks at. */
    static final Set<Integer> KINDS = Set.of(
            RecordKind.RECORD_KIND_BSM_VALUE,
            RecordKind.RECORD_KIND_RAW_VALUE,
            RecordKind.RECORD_KIND_SESSION_OPENED_VALUE,
            RecordKind.RECORD_KIND_SESSION_CLOSED_VALUE,
            RecordKind.RECORD_KIND_SERVER_STARTED_VALUE);

    private final Map<String, VehicleRecord> vehicles = new LinkedHashMap<>();
    private final @Nullable ModeReader modes;
    private final VehicleEvents events;
    private final BsmReader bsm = new BsmReader();

    Ledger(final TestVehicles config, final VehicleEvents events) {
        this.events = events;
        config.vehicles().forEach((id, vehicle) -> vehicles.put(id, new VehicleRecord(vehicle, config.rules())));
        final TestVehicles.ModeRule rule = config.rules().mode();
        modes = rule == null ? null : new ModeReader(rule);
    }

    Collection<VehicleRecord> vehicles() {
        return vehicles.values();
    }

    @Nullable
    VehicleRecord find(final String device) {
        return vehicles.get(device);
    }

    /** Looks at a record of the journal. */
    void onRecord(final Records record) {
        if (record.kind() == RecordKind.RECORD_KIND_SERVER_STARTED_VALUE) {
            vehicles.values().forEach(VehicleRecord::onServerStarted);
            return;
        }
        final VehicleRecord vehicle = vehicles.get(record.deviceId());
        if (vehicle == null) {
            return;
        }
        switch (record.kind()) {
            case RecordKind.RECORD_KIND_BSM_VALUE -> {
                if (bsm.wrap(record.buffer(), record.payloadOffset(), record.payloadLength())) {
                    vehicle.onBsm(bsm, record.receivedAtNs(), events);
                }
            }
            case RecordKind.RECORD_KIND_RAW_VALUE -> {
                final Mode mode = modes == null ? null : modes.read(record.payload());
                if (mode != null) {
                    vehicle.onMode(mode, record.receivedAtNs(), events);
                }
            }
            case RecordKind.RECORD_KIND_SESSION_OPENED_VALUE -> vehicle.onSession(true);
            case RecordKind.RECORD_KIND_SESSION_CLOSED_VALUE -> vehicle.onSession(false);
            default -> {}
        }
    }

    /** Looks at a record of the journal of alerts. */
    void onAlert(final Records record) {
        if (record.kind() != RecordKind.RECORD_KIND_ALERT_VALUE) {
            return;
        }
        final Alert alert;
        try {
            alert = Alert.parseFrom(record.payload());
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException("alert " + record.sequence() + " is not what its checksum says", e);
        }
        final VehicleRecord vehicle = vehicles.get(alert.getSubject().getDeviceId());
        if (vehicle != null
                && alert.getKind() == AlertKind.ALERT_KIND_OFF_APPROVED_ROAD
                && alert.getState() == AlertState.ALERT_STATE_RAISED) {
            vehicle.happened(
                    alert.getReason() == AlertReason.ALERT_REASON_OUTSIDE_HOURS
                            ? DayFigures.Count.OUTSIDE_HOURS
                            : DayFigures.Count.OFF_ROAD,
                    record.receivedAtNs());
        }
    }
}
