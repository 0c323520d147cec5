package io.luyun.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.luyun.proto.v1.Clpmm;
import io.luyun.proto.v1.DetectedParticipant;
import io.luyun.proto.v1.IntentionAndRequest;
import io.luyun.proto.v1.MemberManagement;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.NonMotorData;
import io.luyun.proto.v1.Pam;
import io.luyun.proto.v1.PamNode;
import io.luyun.proto.v1.ParkingLotInfo;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.PlatoonMember;
import io.luyun.proto.v1.Psm;
import io.luyun.proto.v1.RoleInPlatooning;
import io.luyun.proto.v1.Rsc;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.Rtcm;
import io.luyun.proto.v1.RtcmCorrection;
import io.luyun.proto.v1.Ssm;
import io.luyun.proto.v1.StatusInPlatooning;
import io.luyun.proto.v1.TestMsg;
import io.luyun.proto.v1.VehicleCoordination;
import io.luyun.proto.v1.Vir;
import io.luyun.proto.v1.Vpm;

/** A good message of each kind of phase II. */
final class Phase2Messages {
    static final ByteString ID = ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});

    private Phase2Messages() {}

    static Message of(final MessageKind kind, final int secMark) {
        return switch (kind) {
            case MESSAGE_KIND_TEST ->
                TestMsg.newBuilder().setMsgCnt(1).setUserData(ID).build();
            case MESSAGE_KIND_RTCM ->
                Rtcm.newBuilder()
                        .setMsgCnt(1)
                        .addCorrections(RtcmCorrection.newBuilder().setPayload(ID))
                        .build();
            case MESSAGE_KIND_RSC ->
                Rsc.newBuilder()
                        .setMsgCnt(1)
                        .setId(ID)
                        .setSecMark(secMark)
                        .setRefPos(Messages.position(0))
                        .addCoordinates(VehicleCoordination.newBuilder().setVehId(ID))
                        .build();
            case MESSAGE_KIND_SSM -> ssm(secMark).build();
            case MESSAGE_KIND_VIR ->
                Vir.newBuilder()
                        .setMsgCnt(1)
                        .setId(ID)
                        .setSecMark(secMark)
                        .setRefPos(Messages.position(0))
                        .setIntAndReq(IntentionAndRequest.newBuilder().setCurrentBehavior(1))
                        .build();
            case MESSAGE_KIND_PAM ->
                Pam.newBuilder()
                        .setMsgCnt(1)
                        .setParkingLotInfo(ParkingLotInfo.newBuilder().setName("P1"))
                        .addNodes(PamNode.newBuilder().setId(1).setRefPos(Messages.position(0)))
                        .build();
            case MESSAGE_KIND_PSM ->
                Psm.newBuilder()
                        .setMsgCnt(1)
                        .setId(ID)
                        .setSecMark(secMark)
                        .setPos(Messages.position(0))
                        .setSpeed(50)
                        .setOverallRadius(4)
                        .setNonMotor(NonMotorData.getDefaultInstance())
                        .build();
            case MESSAGE_KIND_CLPMM -> clpmm(secMark).build();
            case MESSAGE_KIND_VPM -> Vpm.newBuilder().setMsgCnt(1).build();
            default -> throw new IllegalArgumentException(kind.name());
        };
    }

    static Ssm.Builder ssm(final int secMark) {
        return Ssm.newBuilder()
                .setMsgCnt(1)
                .setId(ID)
                .setSecMark(secMark)
                .setSensorPos(Messages.position(0))
                .addParticipants(DetectedParticipant.newBuilder()
                        .setPtc(RsmParticipant.newBuilder()
                                .setPtcType(ParticipantType.PARTICIPANT_MOTOR)
                                .setPtcId(7)
                                .setSecMark(secMark)
                                .setPos(Messages.position(50))
                                .setSpeed(0)));
    }

    static Clpmm.Builder clpmm(final int secMark) {
        return Clpmm.newBuilder()
                .setMsgCnt(1)
                .setId(ID)
                .setSecMark(secMark)
                .setPid(ByteString.copyFrom(new byte[17]))
                .setRole(RoleInPlatooning.PLATOONING_LEADER)
                .setStatus(StatusInPlatooning.PLATOONING_NAVIGATING)
                .setLeadingExt(MemberManagement.newBuilder()
                        .addMemberList(PlatoonMember.newBuilder().setVid(ID))
                        .setCapacity(10)
                        .setOpenToJoin(true));
    }
}
