package io.luyun.simulator.traffic;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.Acceleration4Way;
import io.luyun.proto.v1.DetectedParticipant;
import io.luyun.proto.v1.EquipmentType;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.PositionConfidence;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.SourceType;
import io.luyun.proto.v1.Spat;
import io.luyun.proto.v1.Ssm;
import io.luyun.proto.v1.VehicleClassification;
import io.luyun.proto.v1.VehicleSize;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One roadside unit over the traffic: what it perceives with noise, and what it knows of signals, events and the map.
 * Numbers its messages by itself. The same seed and the same calls give the same bytes. Owned by the thread that steps
 * the traffic.
 */
public final class Roadside {
    static final int MOST_PARTICIPANTS = 16;

    /** Standard deviations of what it perceives; chosen here for a good camera and radar. */
    private static final double POSITION_METRES = 0.25;

    private static final double SPEED_MPS = 0.2;
    private static final double HEADING_DEG = 0.8;
    private static final double ACCEL_MPS2 = 0.15;
    /** Share of moments at which a road user in range is seen. */
    private static final double SEEN = 0.98;

    /** Numbers below belong to pedestrians and, 255, to the unit itself. */
    private static final int FIRST_VEHICLE_NUMBER = 256;

    private static final int VEHICLE_NUMBERS = 65_000;
    /** 50 cm of the ladder. */
    private static final PositionConfidence CONFIDENCE =
            PositionConfidence.newBuilder().setPos(10).build();

    private static final VehicleSize PERSON =
            VehicleSize.newBuilder().setWidth(50).setLength(50).setHeight(34).build();

    private final Zone zone;
    private final Zone.Rsu rsu;
    private final Zone.Node node;
    private final Traffic traffic;
    private final Rng rng;
    private final Plane plane;
    private final Pedestrians pedestrians;
    private final EventPlan events;
    private final long id;
    private final ByteString idOctets;
    private final Position refPos;
    private int rsmCount;
    private int ssmCount;
    private int spatCount;
    private int rsiCount;
    private int mapCount;

    /** The unit at a place of {@link Zone#rsus()}. */
    public Roadside(final Zone zone, final Traffic traffic, final int rsuIndex, final long seed) {
        this.zone = zone;
        this.traffic = traffic;
        rsu = zone.rsus().get(rsuIndex);
        node = zone.node(rsu.node());
        rng = new Rng(Rng.mix(seed + rsuIndex));
        plane = new Plane(rsu.pos());
        pedestrians = new Pedestrians(zone, rsu.node(), rng.nextLong());
        events = new EventPlan(zone, rsu.node(), seed);
        long ascii = ('R' << 8) | 'S';
        for (int place = 100_000; place > 0; place /= 10) {
            ascii = (ascii << 8) | ('0' + rsu.node() / place % 10);
        }
        id = ascii;
        idOctets = Messages.octets(id);
        refPos = Messages.position(rsu.pos()).toBuilder()
                .setElevation(Messages.ELEVATION_DM)
                .build();
    }

    /** Which unit it is. */
    public Zone.Rsu rsu() {
        return rsu;
    }

    /** The 8 octets of its id, as one number: RS and six digits of the node it stands at, in ASCII. */
    public long id() {
        return id;
    }

    /** What it sees now, at most 16 participants in each message; empty when there is nothing. */
    public List<Rsm> rsm(final long utcMs) {
        final List<Rsm> messages = new ArrayList<>(2);
        final Rsm.Builder open = Rsm.newBuilder();
        final int secMark = Messages.secMark(utcMs);
        for (int i = 0; i < traffic.size(); i++) {
            final VehicleView vehicle = traffic.vehicle(i);
            final double x = plane.x(vehicle.lonE7());
            final double y = plane.y(vehicle.latE7());
            if (vehicle.present() && x * x + y * y < rsu.rangeM() * rsu.rangeM() && rng.nextDouble() < SEEN) {
                add(open.addParticipantsBuilder(), vehicle, x, y, secMark);
                closeWhenFull(open, messages);
            }
        }
        pedestrians.visit(traffic.timeS(), (number, latE7, lonE7, speed, heading) -> {
            open.addParticipantsBuilder()
                    .setPtcType(ParticipantType.PARTICIPANT_PEDESTRIAN)
                    .setPtcId(number)
                    .setSource(SourceType.SOURCE_VIDEO)
                    .setSecMark(secMark)
                    .setPos(noisy(plane.x(lonE7), plane.y(latE7)))
                    .setPosConfidence(CONFIDENCE)
                    .setSpeed(Messages.speed(speed == 0 ? 0 : speed + 0.1 * rng.noise()))
                    .setHeading(Messages.heading(heading))
                    .setSize(PERSON);
            closeWhenFull(open, messages);
        });
        if (open.getParticipantsCount() > 0) {
            close(open, messages);
        }
        return messages;
    }

    /** The same as one SSM; null when there is nothing. */
    public @Nullable Ssm ssm(final long utcMs) {
        final Ssm.Builder ssm = Ssm.newBuilder();
        for (final Rsm rsm : rsm(utcMs)) {
            for (final RsmParticipant participant : rsm.getParticipantsList()) {
                ssm.addParticipants(DetectedParticipant.newBuilder().setPtc(participant));
            }
        }
        if (ssm.getParticipantsCount() == 0) {
            return null;
        }
        ssmCount = (ssmCount + 1) & 127;
        return ssm.setMsgCnt(ssmCount)
                .setId(idOctets)
                .setEquipmentType(EquipmentType.EQUIPMENT_RSU)
                .setSecMark(Messages.secMark(utcMs))
                .setSensorPos(refPos)
                .build();
    }

    private void closeWhenFull(final Rsm.Builder open, final List<Rsm> messages) {
        if (open.getParticipantsCount() == MOST_PARTICIPANTS) {
            close(open, messages);
        }
    }

    private void close(final Rsm.Builder open, final List<Rsm> messages) {
        messages.add(open.setMsgCnt(rsmCount).setId(idOctets).setRefPos(refPos).build());
        rsmCount = (rsmCount + 1) & 127;
        open.clear();
    }

    private void add(
            final RsmParticipant.Builder to,
            final VehicleView vehicle,
            final double x,
            final double y,
            final int secMark) {
        final double noise = vehicle.speedMps() == 0 ? 0 : 1;
        final double heading = vehicle.headingDeg() + noise * HEADING_DEG * rng.noise();
        to.setPtcType(ParticipantType.PARTICIPANT_MOTOR)
                .setPtcId(FIRST_VEHICLE_NUMBER + vehicle.index() % VEHICLE_NUMBERS)
                .setSecMark(secMark)
                .setPos(noisy(x, y))
                .setPosConfidence(CONFIDENCE)
                .setSpeed(Messages.speed(vehicle.speedMps() + noise * SPEED_MPS * rng.noise()))
                .setHeading(Messages.heading((heading + 360) % 360))
                .setAccel(Acceleration4Way.newBuilder()
                        .setLongitudinal(Messages.clamp(
                                100 * (vehicle.accelMps2() + noise * ACCEL_MPS2 * rng.noise()), -2_000, 2_000))
                        // what UPER cannot leave out
                        .setYawRate(Messages.clamp(100 * vehicle.yawRateDegPerS(), -32_767, 32_767)))
                .setSize(VehicleSize.newBuilder()
                        .setWidth(Messages.clamp(vehicle.widthM() * 100, 1, 1_023))
                        .setLength(Messages.clamp(vehicle.lengthM() * 100, 1, 4_095)))
                .setVehicleClass(VehicleClassification.newBuilder().setClassification(vehicle.classification()));
        // Every other vehicle is also heard, so its own id is known.
        if (vehicle.index() % 2 == 0) {
            to.setSource(SourceType.SOURCE_INTEGRATED).setId(Messages.octets(vehicle.id()));
        } else {
            to.setSource(SourceType.SOURCE_VIDEO);
        }
    }

    private Position noisy(final double x, final double y) {
        return Messages.position(
                plane.latE7(y + POSITION_METRES * rng.noise()), plane.lonE7(x + POSITION_METRES * rng.noise()));
    }

    /** The signals of its node, or null when it has none. */
    public @Nullable Spat spat(final long utcMs) {
        final Program program = node.program();
        if (program == null) {
            return null;
        }
        final Spat spat = SpatMessages.of(zone, node, program, traffic.timeS(), spatCount, utcMs);
        spatCount = (spatCount + 1) & 127;
        return spat;
    }

    /** Events and signs that hold now, or null when there are none. */
    public @Nullable Rsi rsi(final long utcMs) {
        final Rsi.Builder rsi = Rsi.newBuilder();
        if (!events.addTo(rsi, traffic.timeS(), utcMs)) {
            return null;
        }
        rsi.setMsgCnt(rsiCount)
                .setMoy(Messages.minuteOfYear(utcMs))
                .setId(idOctets)
                .setRefPos(refPos);
        rsiCount = (rsiCount + 1) & 127;
        return rsi.build();
    }

    /** The map of its node. */
    public MapData map(final long utcMs) {
        final MapData map = MapMessages.of(zone, rsu.node(), mapCount, Messages.minuteOfYear(utcMs));
        mapCount = (mapCount + 1) & 127;
        return map;
    }
}
