package io.luyun.server.ops;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.journal.JournalReader;
import io.luyun.server.ops.history.Past;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The message about a road user that was the latest at a time of the past, out of the journal. Its number tells which record it was first
 * told of by, live as in a replay; whoever sent that one sends the later ones. Stateless.
 */
final class PastMessage {
    /** Who has said nothing for so long is not on the road any more. */
    private static final long BACK_NS = TimeUnit.SECONDS.toNanos(10);

    private static final int NOBODY = -1;
    private static final Set<Integer> KINDS = Set.of(
            RecordKind.RECORD_KIND_BSM_VALUE,
            RecordKind.RECORD_KIND_PSM_VALUE,
            RecordKind.RECORD_KIND_RSM_VALUE,
            RecordKind.RECORD_KIND_SSM_VALUE);

    private PastMessage() {}

    /** Null where the journal has none. */
    static @Nullable Past find(final JournalArchive journal, final ParticipantSource.Origin origin, final long atNs)
            throws InvalidProtocolBufferException {
        final Past first = Past.read(journal, origin.sequence());
        if (first == null || first.atNs() > atNs || !KINDS.contains(first.kind())) {
            return null;
        }
        final int ptcId =
                first.kind() == RecordKind.RECORD_KIND_RSM_VALUE ? numberAtUnit(first, origin.ordinal()) : NOBODY;
        Past latest = null;
        try (JournalReader reader = journal.readerAt(Math.max(first.atNs(), atNs - BACK_NS))) {
            while (reader.next() && reader.receivedAtNs() <= atNs) {
                if (reader.deviceIndex() == first.deviceIndex() && reader.kind() == first.kind()) {
                    final Past record = Past.of(reader);
                    latest = ptcId == NOBODY ? record : tellsOf(record, ptcId) ? about(record, ptcId) : latest;
                }
            }
        }
        return latest;
    }

    private static int numberAtUnit(final Past record, final int ordinal) throws InvalidProtocolBufferException {
        final List<RsmParticipant> seen = Rsm.parseFrom(record.payload()).getParticipantsList();
        return ordinal < seen.size() ? seen.get(ordinal).getPtcId() : NOBODY;
    }

    private static boolean tellsOf(final Past record, final int ptcId) throws InvalidProtocolBufferException {
        return Rsm.parseFrom(record.payload()).getParticipantsList().stream()
                .anyMatch(user -> user.getPtcId() == ptcId);
    }

    /** Of what a unit sees, the one that is asked for; another message as it is. */
    static Past about(final Past record, final int ptcId) throws InvalidProtocolBufferException {
        if (record.kind() != RecordKind.RECORD_KIND_RSM_VALUE) {
            return record;
        }
        final Rsm seen = Rsm.parseFrom(record.payload());
        final Rsm.Builder one = seen.toBuilder().clearParticipants();
        seen.getParticipantsList().stream()
                .filter(user -> user.getPtcId() == ptcId)
                .forEach(one::addParticipants);
        return new Past(
                record.sequence(),
                record.atNs(),
                record.deviceIndex(),
                record.kind(),
                one.build().toByteArray());
    }
}
