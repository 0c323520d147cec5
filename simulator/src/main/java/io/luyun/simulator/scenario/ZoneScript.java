package io.luyun.simulator.scenario;

import io.luyun.proto.v1.MessageKind;
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
import org.jspecify.annotations.Nullable;

/**
 * The simulated zone: each step a BSM of every vehicle and the RSMs of every roadside unit, or one SSM in their place, SPAT twice a second, RSI and
 * MAP once a second. Vehicles come first, roadside units after them.
 */
final class ZoneScript implements Script {
    private final Traffic traffic;
    private final List<Roadside> roadside = new ArrayList<>();
    private final BsmWriter writer = new BsmWriter();
    private final double periodS;
    private final boolean shares;
    private final int stepsPerSecond;
    private final @Nullable ToldView told;

    ZoneScript(
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
        periodS = 1 / rate;
        this.shares = shares;
        told = receivers == null ? null : new ToldView(receivers, traffic.vehicle(0));
        stepsPerSecond = (int) Math.max(1, Math.round(rate));
    }

    @Override
    public void write(final long step, final long utcMs, final StepFrames out) {
        traffic.step(periodS);
        for (int i = 0; i < traffic.size(); i++) {
            out.nextDevice();
            final VehicleView vehicle = traffic.vehicle(i);
            if (told == null) {
                out.add(MessageKind.MESSAGE_KIND_BSM_VALUE, writer.bsm(vehicle, utcMs, (int) (step & 127)));
            } else if (!told.lost()) {
                out.add(MessageKind.MESSAGE_KIND_BSM_VALUE, writer.bsm(told.of(vehicle, step * periodS), utcMs, (int)
                        (step & 127)));
            }
        }
        for (int i = 0; i < roadside.size(); i++) {
            out.nextDevice();
            write(roadside.get(i), step + i, utcMs, out);
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
