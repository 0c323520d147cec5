package io.luyun.proto.json;

import io.luyun.proto.v1.CountdownTiming;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.Spat;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Signal lamps of T/ITS 0180.1 annex B. Phase ids of crosswalks beyond 255 have no place in a SPAT and are noted; the
 * count-down of a state to come is taken for its length.
 */
final class LampMapper {
    private static final Set<String> WITHOUT_PLACE = Set.of(
            "signalControllerStamp",
            "cityCode",
            "controlMode",
            "period",
            "cycleCountDown",
            "crossRealStatus",
            "ack",
            "seqNum");
    private static final int PHASES_MAX = 16;
    private static final int PHASE_ID_MAX = 255;
    private static final int NODE_MAX = 65_535;

    private LampMapper() {}

    static List<Spat> map(Members from, Notes notes) throws FaultException {
        final Integer cross = ParticipantMapper.number(from, Unit.NUMBER, "crossId");
        if (cross == null) {
            throw from.missing("crossId");
        }
        final NodeReference.Builder node = NodeReference.newBuilder().setId(cross);
        final Integer region = ParticipantMapper.number(from, Unit.NUMBER, "regionId");
        if (region != null && region <= NODE_MAX) {
            node.setRegion(region);
        }
        final List<Phase> phases = new ArrayList<>();
        for (final Object info : from.list("lampRealInfos")) {
            final Phase phase = phase(Members.of(from.path("lampRealInfos"), info), notes);
            if (phase != null) {
                phases.add(phase);
            }
        }
        from.known(WITHOUT_PLACE);
        notes.addAll(from.unknown());
        final List<Spat> messages = new ArrayList<>();
        for (int i = 0; i < phases.size(); i += PHASES_MAX) {
            messages.add(Spat.newBuilder()
                    .setMsgCnt(0)
                    .addIntersections(IntersectionState.newBuilder()
                            .setIntersection(node)
                            .addAllPhases(phases.subList(i, Math.min(phases.size(), i + PHASES_MAX))))
                    .build());
        }
        return messages;
    }

    private static @Nullable Phase phase(Members from, Notes notes) throws FaultException {
        final int id = Unit.NUMBER.convert(from.path("phaseId"), from.required("phaseId"));
        if (id > PHASE_ID_MAX) {
            notes.add("phaseId " + id);
            return null;
        }
        final Phase.Builder phase = Phase.newBuilder().setId(id);
        int begin = 0;
        begin = state(from, phase, begin, "lightStatus", "countDown");
        if (begin >= 0 && from.get("lightStatusNext") != null) {
            begin = state(from, phase, begin, "lightStatusNext", "nextCountDown");
        }
        if (begin >= 0 && from.get("lightStatusNextNext") != null) {
            state(from, phase, begin, "lightStatusNextNext", "nextNextCountDown");
        }
        from.known(
                Set.of("dataSource", "nextCountDown", "nextNextCountDown", "lightStatusNext", "lightStatusNextNext"));
        notes.addAll(from.unknown());
        return phase.build();
    }

    /** Adds a state; where it ends, in 0.1 s from now, or -1 when that is not known. */
    private static int state(Members from, Phase.Builder phase, int begin, String lightName, String secondsName)
            throws FaultException {
        final int light = Unit.NUMBER.convert(from.path(lightName), from.required(lightName));
        if (LightState.forNumber(light) == null) {
            throw new FaultException(
                    ErrorCode.ERROR_CODE_OUT_OF_RANGE, from.path(lightName), Integer.toString(light), "0..8");
        }
        final PhaseState.Builder state = PhaseState.newBuilder().setLightValue(light);
        final Integer length = ParticipantMapper.number(from, Unit.SECONDS, secondsName);
        if (length != null) {
            state.setCounting(CountdownTiming.newBuilder().setStartTime(begin).setLikelyEndTime(begin + length));
        }
        phase.addStates(state);
        return length == null ? -1 : begin + length;
    }
}
