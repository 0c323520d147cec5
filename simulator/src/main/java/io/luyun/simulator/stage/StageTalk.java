package io.luyun.simulator.stage;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.luyun.proto.v1.Clpmm;
import io.luyun.proto.v1.DriveRequest;
import io.luyun.proto.v1.DriveSuggestion;
import io.luyun.proto.v1.IntentionAndRequest;
import io.luyun.proto.v1.LaneChangeRequest;
import io.luyun.proto.v1.LaneCoordination;
import io.luyun.proto.v1.MemberManagement;
import io.luyun.proto.v1.MovementEx;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.PlatoonMember;
import io.luyun.proto.v1.ReferenceLink;
import io.luyun.proto.v1.RequestStatus;
import io.luyun.proto.v1.RoleInPlatooning;
import io.luyun.proto.v1.Rsc;
import io.luyun.proto.v1.SignalPriorityRequest;
import io.luyun.proto.v1.StatusInPlatooning;
import io.luyun.proto.v1.VehicleCoordination;
import io.luyun.proto.v1.Vir;
import io.luyun.simulator.traffic.Messages;
import org.jspecify.annotations.Nullable;

/** Puts into RSC, VIR and CLPMM what vehicles and units of a scene agree on. */
final class StageTalk {
    /** A word or wish holds for a second, and is repeated sooner. */
    private static final int LIFE = 100;

    private static final int SLOW_DOWN = 1 << 11;
    private static final int URGENT = 5;
    private static final int PLATOON_ID_OCTETS = 17;
    private static final int CAPACITY = 32;

    private final Scene scene;
    private final StageMessages messages;
    private final int tile;

    StageTalk(final Scene scene, final StageMessages messages, final int tile) {
        this.scene = scene;
        this.messages = messages;
        this.tile = tile;
    }

    /** What a unit asks at a time, or null. */
    @Nullable
    MessageLite words(final int unit, final double t, final int count, final long utcMs) {
        final Rsc.Builder rsc = Rsc.newBuilder();
        for (final Word word : scene.words()) {
            if (word.unit() != unit || t < word.fromS() || t >= word.toS()) {
                continue;
            }
            if (word.to() >= 0) {
                rsc.addCoordinates(VehicleCoordination.newBuilder()
                        .setVehId(messages.id(word.to()))
                        .setInfo(word.purpose().bit())
                        .setDriveSuggestion(DriveSuggestion.newBuilder()
                                .setSuggestion(SLOW_DOWN)
                                .setLifeTime(LIFE)));
            } else {
                rsc.addLaneCoordinates(LaneCoordination.newBuilder()
                        .setTargetLane(link(word))
                        .setInfo(word.purpose().bit()));
            }
        }
        if (rsc.getCoordinatesCount() + rsc.getLaneCoordinatesCount() == 0) {
            return null;
        }
        return rsc.setMsgCnt(count & 127)
                .setId(messages.unitId(unit))
                .setSecMark(Messages.secMark(utcMs))
                .setRefPos(messages.unitPosition(unit))
                .build();
    }

    private ReferenceLink link(final Word word) {
        final Layout.Link link = scene.scenario().layout().links().get(word.link());
        final ReferenceLink.Builder reference =
                ReferenceLink.newBuilder().setUpstreamNode(node(link.from())).setDownstreamNode(node(link.to()));
        int lanes = 0;
        for (final int lane : word.lanes()) {
            lanes |= 1 << lane;
        }
        return lanes == 0 ? reference.build() : reference.setLanes(lanes).build();
    }

    private NodeReference node(final int ofLayout) {
        return NodeReference.newBuilder()
                .setRegion(StageZone.REGION)
                .setId(StageZone.nodeId(tile, ofLayout))
                .build();
    }

    /** What a vehicle asks at a time, or null. */
    @Nullable
    MessageLite wishes(final Actor actor, final Pose told, final double t, final int count, final long utcMs) {
        final IntentionAndRequest.Builder asks = IntentionAndRequest.newBuilder();
        for (int i = 0; i < scene.wishes().size(); i++) {
            final Wish wish = scene.wishes().get(i);
            if (wish.by() == actor.index() && t >= wish.fromS() && t < wish.toS()) {
                asks.addReqs(request(i, wish));
            }
        }
        if (asks.getReqsCount() == 0) {
            return null;
        }
        return Vir.newBuilder()
                .setMsgCnt(count & 127)
                .setId(messages.id(actor.index()))
                .setSecMark(Messages.secMark(utcMs))
                .setRefPos(messages.position(told, actor))
                .setIntAndReq(asks)
                .build();
    }

    private DriveRequest request(final int number, final Wish wish) {
        final DriveRequest.Builder request = DriveRequest.newBuilder()
                .setReqId(number)
                .setStatus(RequestStatus.REQUEST_STATUS_REQUEST)
                .setReqPriority(URGENT)
                .setLifeTime(LIFE);
        if (wish.of() >= 0) {
            request.setTargetVeh(messages.id(wish.of()));
        }
        if (wish.what() == Wish.What.GREEN) {
            final MovementEx.Builder way = MovementEx.newBuilder().setRemoteIntersection(node(1));
            if (wish.phase() > 0) {
                way.setPhaseId(wish.phase());
            }
            return request.setSignalPriority(SignalPriorityRequest.newBuilder()
                            .setIntersection(node(0))
                            .setRequiredMov(way))
                    .build();
        }
        final Layout.Link link = scene.scenario().layout().links().get(wish.link());
        return request.setLaneChange(LaneChangeRequest.newBuilder()
                        .setUpstreamNode(node(link.from()))
                        .setDownstreamNode(node(link.to()))
                        .setTargetLane(wish.lane()))
                .build();
    }

    /** What a vehicle says of its platoon at a time, or null. */
    @Nullable
    MessageLite platoon(final Actor actor, final Pose told, final double t, final int count, final long utcMs) {
        for (final Platoon platoon : scene.platoons()) {
            if (platoon.says(actor.index(), t)) {
                return clpmm(platoon, actor, count, utcMs);
            }
        }
        return null;
    }

    private Clpmm clpmm(final Platoon platoon, final Actor actor, final int count, final long utcMs) {
        final boolean leads = platoon.members().getFirst() == actor.index();
        final Clpmm.Builder clpmm = Clpmm.newBuilder()
                .setMsgCnt(count & 127)
                .setId(messages.id(actor.index()))
                .setSecMark(Messages.secMark(utcMs))
                .setPid(messages.id(platoon.members().getFirst())
                        .concat(ByteString.copyFrom(new byte[PLATOON_ID_OCTETS - Long.BYTES])))
                .setRole(leads ? RoleInPlatooning.PLATOONING_LEADER : RoleInPlatooning.PLATOONING_FOLLOWER)
                .setStatus(leads ? StatusInPlatooning.PLATOONING_NAVIGATING : StatusInPlatooning.PLATOONING_FOLLOWING);
        if (leads) {
            final MemberManagement.Builder members =
                    MemberManagement.newBuilder().setCapacity(CAPACITY).setOpenToJoin(false);
            platoon.members()
                    .forEach(member ->
                            members.addMemberList(PlatoonMember.newBuilder().setVid(messages.id(member))));
            clpmm.setLeadingExt(members);
        }
        return clpmm.build();
    }
}
