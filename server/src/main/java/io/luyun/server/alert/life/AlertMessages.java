package io.luyun.server.alert.life;

import static io.luyun.server.world.Participant.ABSENT;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertEvent;
import io.luyun.proto.v1.AlertParty;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.ClearReason;
import io.luyun.proto.v1.CoordinationAdvice;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.SignalAdvice;
import io.luyun.proto.v1.SignalPriority;
import io.luyun.server.world.Coordination;
import io.luyun.server.world.Link;
import io.luyun.server.world.LocalPlane;
import io.luyun.server.world.Participant;
import io.luyun.server.world.PriorityRequest;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.World;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes steps of alerts as messages. Allocates. */
final class AlertMessages {
    private static final long NANOS_A_MILLI = 1_000_000;

    private final World world;

    AlertMessages(final World world) {
        this.world = world;
    }

    Alert write(
            final ActiveAlert alert,
            final Subject subject,
            final AlertState state,
            final long atNs,
            final ClearReason reason) {
        final Alert.Builder builder = Alert.newBuilder()
                .setAlertId(alert.id)
                .setKindValue(alert.kind)
                .setState(state)
                .setSeverityValue(alert.severity)
                .setRaisedAtNs(alert.raisedAtNs)
                .setAtNs(atNs);
        switch (subject) {
            case final RoadUser user -> addRoadUser(builder, user.participant);
            case final Site site -> addSite(builder, site);
        }
        if (alert.target != null) {
            builder.setTarget(party(alert.target).setPos(position(alert.target)));
        }
        if (alert.event != null) {
            builder.setEvent(event(alert.event));
        } else if (alert.place != null) {
            builder.setEvent(event(alert.place, alert.placeMetres, alert.placeType));
        }
        if (alert.timeToCollisionMs != ABSENT) {
            builder.setTimeToCollisionMs(alert.timeToCollisionMs);
        }
        if (alert.distanceCm != ABSENT) {
            builder.setDistanceCm(alert.distanceCm);
        }
        if (alert.limit != ABSENT) {
            builder.setSpeedLimit(alert.limit);
        }
        if (alert.signal.known) {
            builder.setSignal(signal(alert.signal, atNs));
        }
        if (alert.coordination != null) {
            builder.setCoordination(coordination(alert.coordination, atNs));
        }
        if (alert.priority != null) {
            builder.setPriority(priority(alert.priority, alert.priorityPhase, subject));
        }
        if (alert.platoon != null) {
            builder.setPlatoonId(alert.platoon.id());
        }
        addFinding(builder, alert);
        addCauses(builder, alert, subject);
        if (reason != ClearReason.CLEAR_REASON_UNSPECIFIED) {
            builder.setClearReason(reason);
        }
        return builder.build();
    }

    private void addRoadUser(final Alert.Builder builder, final Participant subject) {
        builder.setSubject(party(subject)).setPos(position(subject));
        if (subject.speed() != ABSENT) {
            builder.setSpeed(subject.speed());
        }
    }

    private void addSite(final Alert.Builder builder, final Site site) {
        if (site.unit >= 0) {
            builder.setSubject(AlertParty.newBuilder().setDeviceId(world.deviceName(site.unit)));
        }
        if (site.nodeId != ABSENT) {
            builder.setNode(NodeReference.newBuilder().setRegion(site.region).setId(site.nodeId));
        }
        if (site.latE7 != ABSENT) {
            builder.setPos(Position.newBuilder().setLat(site.latE7).setLon(site.lonE7));
        }
    }

    private static void addFinding(final Alert.Builder builder, final ActiveAlert alert) {
        if (alert.reason != 0) {
            builder.setReasonValue(alert.reason);
        }
        if (alert.messageKind != 0) {
            builder.setMessageKind(alert.messageKind);
        }
        if (alert.phaseA != ABSENT) {
            builder.addPhaseIds(alert.phaseA);
        }
        if (alert.phaseB != ABSENT) {
            builder.addPhaseIds(alert.phaseB);
        }
        if (alert.measured != ABSENT) {
            builder.setMeasured(alert.measured).setThreshold(alert.threshold);
        }
    }

    private static void addCauses(final Alert.Builder builder, final ActiveAlert alert, final Subject subject) {
        final long[] causes = {
            subject.lastSequence(),
            alert.target == null ? 0 : alert.target.lastSequence(),
            alert.event == null ? 0 : alert.event.lastSequence(),
            alert.signal.known ? alert.signal.sequence : 0,
            alert.coordination == null ? 0 : alert.coordination.lastSequence(),
            alert.priority == null ? 0 : alert.priority.lastSequence(),
            alert.platoon == null ? 0 : alert.platoon.lastSequence()
        };
        Arrays.sort(causes);
        long before = 0;
        for (int i = causes.length - 1; i >= 0; i--) {
            if (causes[i] > 0 && causes[i] != before) {
                builder.addCauseSequences(causes[i]);
                before = causes[i];
            }
        }
    }

    private AlertParty.Builder party(final Participant p) {
        final AlertParty.Builder party = AlertParty.newBuilder().setParticipantId(p.id());
        if (p.device() >= 0) {
            party.setDeviceId(world.deviceName(p.device()));
        }
        if (p.seenBy() >= 0) {
            party.setSeenBy(world.deviceName(p.seenBy()));
            party.setPtcId(p.ptcId());
        }
        if (p.obstacle()) {
            party.setObstacleTypeValue(p.obstacleType());
        }
        if (p.hasBsmId()) {
            party.setId(ByteString.copyFrom(
                    ByteBuffer.allocate(Long.BYTES).putLong(p.bsmId()).flip()));
        }
        return party;
    }

    private static Position position(final Participant p) {
        final Position.Builder pos = Position.newBuilder().setLat(p.latE7()).setLon(p.lonE7());
        if (p.elevation() != ABSENT) {
            pos.setElevation(p.elevation());
        }
        return pos.build();
    }

    private static SignalAdvice.Builder signal(final SignalNote note, final long atNs) {
        final SignalAdvice.Builder signal = SignalAdvice.newBuilder()
                .setNode(NodeReference.newBuilder().setRegion(note.region).setId(note.nodeId))
                .setPhaseId(note.phaseId)
                .setLightValue(note.light);
        if (note.endsNs > atNs) {
            signal.setLightEndsInMs((int) ((note.endsNs - atNs) / NANOS_A_MILLI));
        }
        if (note.greenNs > atNs) {
            signal.setNextGreenInMs((int) ((note.greenNs - atNs) / NANOS_A_MILLI));
        }
        if (note.minSpeed != ABSENT) {
            signal.setMinSpeed(note.minSpeed).setMaxSpeed(note.maxSpeed);
        }
        return signal;
    }

    private static SignalPriority.Builder priority(
            final PriorityRequest request, final int phaseId, final Subject subject) {
        final SignalPriority.Builder priority = SignalPriority.newBuilder()
                .setNode(NodeReference.newBuilder().setRegion(request.region()).setId(request.nodeId()))
                .setRequestId(request.requestId());
        if (phaseId > 0) {
            priority.setPhaseId(phaseId);
        }
        if (request.level() != ABSENT) {
            priority.setLevel(request.level());
        }
        if (subject instanceof final RoadUser user && user.participant.classification() != ABSENT) {
            priority.setClassification(user.participant.classification());
        }
        return priority;
    }

    private CoordinationAdvice.Builder coordination(final Coordination of, final long atNs) {
        final CoordinationAdvice.Builder advice =
                CoordinationAdvice.newBuilder().setDeviceId(world.deviceName(of.device()));
        if (of.info() != 0) {
            advice.setInfo(of.info());
        }
        if (of.suggestion() != 0) {
            advice.setSuggestion(of.suggestion());
        }
        if (of.speed() != ABSENT) {
            advice.setSpeed(of.speed());
        }
        if (of.link() != null) {
            advice.setLink(of.link());
        }
        if (!of.description().isEmpty()) {
            advice.setDescription(of.description());
        }
        if (of.endNs() != Long.MAX_VALUE && of.endNs() > atNs) {
            advice.setEndsInMs((int) Math.min(Integer.MAX_VALUE, (of.endNs() - atNs) / NANOS_A_MILLI));
        }
        return advice;
    }

    private AlertEvent event(final Link link, final double alongMetres, final int type) {
        final LocalPlane plane = world.zone().plane();
        return AlertEvent.newBuilder()
                .setCode(type)
                .setPos(Position.newBuilder()
                        .setLat(plane.latE7(link.yAt(alongMetres)))
                        .setLon(plane.lonE7(link.xAt(alongMetres))))
                .build();
    }

    private AlertEvent event(final RoadEventState state) {
        final AlertEvent.Builder event = AlertEvent.newBuilder()
                .setDeviceId(world.deviceName(state.device()))
                .setId(state.number())
                .setSign(state.sign())
                .setCode(state.code());
        if (!state.description().isEmpty()) {
            event.setDescription(state.description());
        }
        if (state.latE7() != ABSENT && state.lonE7() != ABSENT) {
            event.setPos(Position.newBuilder().setLat(state.latE7()).setLon(state.lonE7()));
        }
        if (state.radius() != ABSENT) {
            event.setRadius(state.radius());
        }
        return event.build();
    }
}
