package io.luyun.server.world;

import com.google.protobuf.ByteString;

/** A platoon as its leader tells of it (CLPMM). Owned and changed by {@link World} on its thread. */
public final class Platoon {
    private final ByteString id;
    private long[] members = {};
    long lastSequence;
    long lastAtNs;

    Platoon(final ByteString id) {
        this.id = id;
    }

    /** The leader has told who is in it, from the first to the last; itself may be missing there. */
    void take(final long leader, final long[] listed) {
        if (listed.length > 0 && listed[0] == leader) {
            members = listed;
            return;
        }
        members = new long[listed.length + 1];
        members[0] = leader;
        System.arraycopy(listed, 0, members, 1, listed.length);
    }

    /** Its id, 17 octets. */
    public ByteString id() {
        return id;
    }

    /** Number of vehicles, the leader among them. */
    public int size() {
        return members.length;
    }

    /** Temporary id of a vehicle, 0 is the leader. */
    public long member(final int place) {
        return members[place];
    }

    /** Place of a temporary id, 0 is the leader; -1 when it is not in it. */
    public int placeOf(final long bsmId) {
        for (int i = 0; i < members.length; i++) {
            if (members[i] == bsmId) {
                return i;
            }
        }
        return -1;
    }

    /** Sequence of the last record with it. */
    public long lastSequence() {
        return lastSequence;
    }
}
