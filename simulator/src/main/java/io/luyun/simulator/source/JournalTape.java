package io.luyun.simulator.source;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.server.research.RecordCursor;
import io.luyun.server.research.Recording;
import io.luyun.simulator.recording.Restamp;
import io.luyun.simulator.replay.FreshIds;
import io.luyun.simulator.traffic.Rng;

/**
 * One copy of a journal, played round and round: its messages moved to the time they are played at, to other ids in each round, and to
 * another place. One thread.
 */
final class JournalTape implements AutoCloseable {
    private static final long NANOS_A_MILLI = 1_000_000;

    private final Recording recording;
    private final JournalCast cast;
    private final JournalOptions options;
    private final int copy;
    private final long roundNs;
    private final double north;
    private final double east;
    private final Restamp restamp;
    private FreshIds ids;
    private RecordCursor cursor;
    private boolean waiting;
    private long round;

    /** Takes a message of somebody in the cast. */
    interface Listener {
        void onMessage(String device, int kind, byte[] message);
    }

    JournalTape(final Recording recording, final JournalCast cast, final JournalOptions options, final int copy) {
        this.recording = recording;
        this.cast = cast;
        this.options = options;
        this.copy = copy;
        // two rounds never meet in one instant
        roundNs = cast.lastNs() - cast.firstNs() + Math.max(1, options.quietMillis()) * NANOS_A_MILLI;
        north = copy * options.northMetres();
        east = copy * options.eastMetres();
        restamp = new Restamp(id -> idOf(id));
        final long beginNs = elapsedNs(0);
        round = beginNs / roundNs;
        ids = ids();
        cursor = from(cast.firstNs() + beginNs % roundNs);
    }

    private long idOf(final long id) {
        return ids.applyAsLong(id);
    }

    private FreshIds ids() {
        final long key = Rng.mix(options.seed() ^ Rng.mix(copy + ((round + 1) << 16)));
        return new FreshIds(key, Rng.mix(key));
    }

    private RecordCursor from(final long atNs) {
        return recording.messages(JournalCast.selection(options.roadside()).withTimes(atNs, Long.MAX_VALUE));
    }

    private long elapsedNs(final double seconds) {
        return Math.round((seconds + copy * options.laterSeconds()) * 1e9);
    }

    /**
     * Plays everything up to a moment.
     *
     * @param seconds since the first step
     * @param utcMs what time it is then
     */
    void to(final double seconds, final long utcMs, final Listener listener) {
        final long elapsed = elapsedNs(seconds);
        while (true) {
            final long nowNs = cast.firstNs() + elapsed - round * roundNs;
            while ((waiting || cursor.next()) && cursor.receivedAtNs() <= nowNs) {
                waiting = false;
                play(nowNs, utcMs, listener);
            }
            waiting = cursor.receivedAtNs() > nowNs;
            if (waiting || nowNs < cast.firstNs() + roundNs) {
                return;
            }
            cursor.close();
            round++;
            ids = ids();
            cursor = from(Long.MIN_VALUE);
        }
    }

    private void play(final long nowNs, final long utcMs, final Listener listener) {
        final int kind = cursor.kind();
        final long atMs = Math.floorDiv(cursor.receivedAtNs(), NANOS_A_MILLI);
        final byte[] moved = restamp.move(kind, cursor.payload(), atMs, utcMs - Math.floorDiv(nowNs, NANOS_A_MILLI));
        listener.onMessage(cursor.deviceId(), kind, north == 0 && east == 0 ? moved : shifted(kind, moved));
    }

    private byte[] shifted(final int kind, final byte[] message) {
        try {
            if (kind == JournalCast.BSM) {
                final Bsm.Builder bsm = Bsm.parseFrom(message).toBuilder();
                shift(bsm.getPosBuilder());
                return bsm.build().toByteArray();
            }
            final Rsm.Builder rsm = Rsm.parseFrom(message).toBuilder();
            shift(rsm.getRefPosBuilder());
            for (final RsmParticipant.Builder participant : rsm.getParticipantsBuilderList()) {
                shift(participant.getPosBuilder());
            }
            return rsm.build().toByteArray();
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException("record " + cursor.sequence() + " is not what its checksum says", e);
        }
    }

    private void shift(final Position.Builder position) {
        if (position.hasLat() && position.hasLon()) {
            final double narrow = Fix.narrow(position.getLat());
            position.setLat(position.getLat() + (int) Math.round(north / Fix.METRES_A_LAT_E7));
            position.setLon(position.getLon() + (int) Math.round(east / (Fix.METRES_A_LAT_E7 * narrow)));
        }
    }

    @Override
    public void close() {
        cursor.close();
    }
}
