package io.luyun.proto.json;

import io.luyun.proto.v1.CountdownTiming;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.Spat;
import io.luyun.proto.v1.UtcTiming;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Signals as OpenV2X and its relatives write them, in the names and steps of the standard. Left out and noted: the status of
 * the controller, a number, bits from either end or a flag, as it comes; a timing that is a text; what counts as now.
 */
final class SpatMapper {
    private static final int NAME_CHARS_MAX = 63;
    private static final Set<String> WITHOUT_PLACE = Set.of("timeStamp", "moy", "timeConfidence");
    private static final String TIME_MARK = "timeMark";

    private SpatMapper() {}

    static Spat map(Members from, @Nullable String name, int count, Notes notes) throws FaultException {
        final IntersectionState.Builder state = IntersectionState.newBuilder().setIntersection(node(from));
        for (final Object phase : from.list("phases")) {
            state.addPhases(phase(Members.of(from.path("phases[" + state.getPhasesCount() + "]"), phase), notes));
        }
        from.known(WITHOUT_PLACE);
        notes.addAll(from.unknown());
        final Spat.Builder spat = Spat.newBuilder().setMsgCnt(count).addIntersections(state);
        if (name != null && !name.isEmpty() && name.length() <= NAME_CHARS_MAX) {
            spat.setName(name);
        }
        return spat.build();
    }

    private static NodeReference node(Members from) throws FaultException {
        final Object id = from.get("intersectionId");
        if (id instanceof Map<?, ?>) {
            final Members node = Members.of(from.path("intersectionId"), id);
            final NodeReference.Builder reference = NodeReference.newBuilder().setId(whole(node, "id"));
            if (node.get("region") != null) {
                reference.setRegion(whole(node, "region"));
            }
            return reference.build();
        }
        return NodeReference.newBuilder().setId(whole(from, "intersectionId")).build();
    }

    private static Phase phase(Members from, Notes notes) throws FaultException {
        final Phase.Builder phase = Phase.newBuilder();
        phase.setId(whole(from, from.get("phaseId") == null ? "id" : "phaseId"));
        final List<Object> states = from.list("phaseStates");
        for (final Object state : states) {
            phase.addStates(state(Members.of(from.path("phaseStates[" + phase.getStatesCount() + "]"), state), notes));
        }
        notes.addAll(from.unknown());
        return phase.build();
    }

    private static PhaseState state(Members from, Notes notes) throws FaultException {
        final int light = whole(from, "light");
        if (LightState.forNumber(light) == null) {
            throw new FaultException(
                    ErrorCode.ERROR_CODE_OUT_OF_RANGE, from.path("light"), Integer.toString(light), "0..8");
        }
        final PhaseState.Builder state = PhaseState.newBuilder().setLightValue(light);
        final Object timing = from.get("timing");
        if (timing instanceof Map<?, ?>) {
            timing(Members.of(from.path("timing"), timing), state, notes);
        } else if (timing != null) {
            notes.add(from.path("timing"));
        }
        notes.addAll(from.unknown());
        return state.build();
    }

    /** Of a text that holds both forms the count-down is taken, as the standard allows one only. */
    private static void timing(Members from, PhaseState.Builder to, Notes notes) throws FaultException {
        final Object counting = from.get("counting");
        final Object utc = from.get("utcTiming");
        if (counting != null) {
            to.setCounting(counting(Members.of(from.path("counting"), counting), notes));
        } else if (utc != null) {
            to.setUtc(utc(Members.of(from.path("utcTiming"), utc), notes));
        }
        notes.addAll(from.unknown());
    }

    private static CountdownTiming counting(Members from, Notes notes) throws FaultException {
        final CountdownTiming.Builder to = CountdownTiming.newBuilder().setStartTime(required(from, "startTime"));
        final Integer min = mark(from, "minEndTime");
        if (min != null) {
            to.setMinEndTime(min);
        }
        final Integer max = mark(from, "maxEndTime");
        if (max != null) {
            to.setMaxEndTime(max);
        }
        final Integer likely = mark(from, "likelyEndTime");
        if (likely != null) {
            to.setLikelyEndTime(likely);
        }
        final Integer confidence = mark(from, "timeConfidence");
        if (confidence != null) {
            to.setTimeConfidence(confidence);
        }
        final Integer next = mark(from, "nextStartTime");
        if (next != null) {
            to.setNextStartTime(next);
        }
        final Integer duration = mark(from, "nextDuration");
        if (duration != null) {
            to.setNextDuration(duration);
        }
        notes.addAll(from.unknown());
        return to.build();
    }

    private static UtcTiming utc(Members from, Notes notes) throws FaultException {
        final UtcTiming.Builder to =
                UtcTiming.newBuilder().setStartTime(required(from, "startUTCTime", "startUtcTime"));
        final Integer min = mark(from, "minEndUTCTime", "minEndUtcTime");
        if (min != null) {
            to.setMinEndTime(min);
        }
        final Integer max = mark(from, "maxEndUTCTime", "maxEndUtcTime");
        if (max != null) {
            to.setMaxEndTime(max);
        }
        final Integer likely = mark(from, "likelyEndUTCTime", "likelyEndUtcTime");
        if (likely != null) {
            to.setLikelyEndTime(likely);
        }
        final Integer confidence = mark(from, "timeConfidence");
        if (confidence != null) {
            to.setTimeConfidence(confidence);
        }
        final Integer next = mark(from, "nextStartUTCTime", "nextStartUtcTime");
        if (next != null) {
            to.setNextStartTime(next);
        }
        final Integer end = mark(from, "nextEndUTCTime", "nextEndUtcTime");
        if (end != null) {
            to.setNextEndTime(end);
        }
        notes.addAll(from.unknown());
        return to.build();
    }

    private static int required(Members from, String... names) throws FaultException {
        final Integer mark = mark(from, names);
        if (mark == null) {
            throw from.missing(names[0]);
        }
        return mark;
    }

    /** A number, or an object around it. */
    private static @Nullable Integer mark(Members from, String... names) throws FaultException {
        final Object value = from.get(names);
        if (value == null) {
            return null;
        }
        return value instanceof Map<?, ?>
                ? Integer.valueOf(whole(Members.of(from.path(names[0]), value), TIME_MARK))
                : Integer.valueOf(Unit.NUMBER.convert(from.path(names[0]), from.required(names)));
    }

    private static int whole(Members from, String name) throws FaultException {
        return Unit.NUMBER.convert(from.path(name), from.required(name));
    }
}
