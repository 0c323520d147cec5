package io.luyun.simulator.script;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.Spat;
import io.luyun.proto.v1.Ssm;
import io.luyun.simulator.stage.Receivers;
import io.luyun.simulator.traffic.BsmWriter;
import io.luyun.simulator.traffic.Roadside;
import io.luyun.simulator.traffic.Traffic;
import io.luyun.simulator.traffic.TrafficConfig;
import io.luyun.simulator.traffic.VehicleView;
import io.luyun.simulator.traffic.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The simulated zone: each step a BSM of every vehicle and the RSMs of every roadside unit, or one SSM in their place, SPAT twice a second, RSI and
 * MAP once a second. Vehicles come first, roadside units after them.
 */
public final class ZoneScript implements Script {
    private final Traffic traffic;
    private final List<Roadside> roadside = new ArrayList<>();
    private final BsmWriter writer = new BsmWriter();
    private final List<Device> devices = new ArrayList<>();
    private final double periodS;
    private double atS;
    private final boolean shares;
    private final int stepsPerSecond;
    private final @Nullable ToldView told;

    /**
     * Traffic in a zone.
     *
     * @param rate steps a second, as a rule
     * @param shares whether roadside units tell what they see by one SSM a step
     * @param receivers how the receivers of the vehicles err, or null when they do not
     */
    public ZoneScript(
            final Zone zone,
            final long seed,
            final int vehicles,
            final int rsus,
            final double rate,
            final boolean shares,
            final TrafficConfig config,
            final @Nullable Receivers receivers) {
        traffic = new Traffic(zone, seed, vehicles, config);
        for (int i = 0; i < rsus; i++) {
            roadside.add(new Roadside(zone, traffic, i, seed));
        }
        for (int i = 0; i < vehicles; i++) {
            devices.add(new Device(Traffic.nameOf(i), Role.ROLE_OBU));
        }
        for (int i = 0; i < rsus; i++) {
            devices.add(new Device(rsuId(i), Role.ROLE_RSU));
        }
        periodS = 1 / rate;
        this.shares = shares;
        told = receivers == null ? null : new ToldView(receivers, traffic.vehicle(0));
        stepsPerSecond = (int) Math.max(1, Math.round(rate));
    }

    /** Id of a roadside unit in the registry. */
    public static String rsuId(final int index) {
        return String.format(Locale.ROOT, "rsu-%02d", index + 1);
    }

    @Override
    public List<Device> devices() {
        return List.copyOf(devices);
    }

    @Override
    public void write(final long step, final double seconds, final long utcMs, final StepFrames out) {
        traffic.step(step == 0 ? periodS : seconds - atS);
        atS = seconds;
        for (int i = 0; i < traffic.size(); i++) {
            out.nextDevice();
            final VehicleView vehicle = traffic.vehicle(i);
            if (!vehicle.present()) {
                continue;
            }
            if (told == null) {
                out.add(MessageKind.MESSAGE_KIND_BSM_VALUE, writer.bsm(vehicle, utcMs, (int) (step & 127)));
            } else if (!told.lost()) {
                out.add(MessageKind.MESSAGE_KIND_BSM_VALUE, writer.bsm(told.of(vehicle, seconds), utcMs, (int)
                        (step & 127)));
            }
        }
        for (int i = 0; i < roadside.size(); i++) {
            out.nextDevice();
            write(roadside.get(i), step + i, utcMs, out);
        }
    }

    @Override
    public void onAlert(final int device, final Alert alert) {
        if (device < traffic.size()) {
            traffic.onAlert(device, alert);
        }
    }

    private void write(final Roadside unit, final long turn, final long utcMs, final StepFrames out) {
        if (shares) {
            final Ssm ssm = unit.ssm(utcMs);
            if (ssm != null) {
                out.add(MessageKind.MESSAGE_KIND_SSM_VALUE, ssm);
            }
        } else {
            for (final Rsm rsm : unit.rsm(utcMs)) {
                out.add(MessageKind.MESSAGE_KIND_RSM_VALUE, rsm);
            }
        }
        if (turn % Math.max(1, stepsPerSecond / 2) == 0) {
            final Spat spat = unit.spat(utcMs);
            if (spat != null) {
                out.add(MessageKind.MESSAGE_KIND_SPAT_VALUE, spat);
            }
        }
        if (turn % stepsPerSecond == 0) {
            final Rsi rsi = unit.rsi(utcMs);
            if (rsi != null) {
                out.add(MessageKind.MESSAGE_KIND_RSI_VALUE, rsi);
            }
            out.add(MessageKind.MESSAGE_KIND_MAP_VALUE, unit.map(utcMs));
        }
    }
}
