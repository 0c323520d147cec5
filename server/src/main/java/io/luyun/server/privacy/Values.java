package io.luyun.server.privacy;

import io.luyun.proto.codec.WireCursor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What becomes of the ids, texts and times of one payload after the other. One thread. */
final class Values {
    private static final int ID_OCTETS = Long.BYTES;
    private static final int MOST_OUTSIDE = 1 << 16;

    private final @Nullable Coarsening coarsening;
    private final boolean redacts;
    private final Ids ids;
    /**
     * Temporary ids of those who were last outside of what is redacted, each at the place that its bits give. Whoever is not here may
     * be within: nothing was heard of him, or another one took his place.
     */
    private final long[] outside = new long[MOST_OUTSIDE];

    private long receivedAtNs;
    private long ownId;

    Values(final PrivacyPolicy policy, final Ids ids) {
        coarsening = policy.coarsening();
        redacts = policy.redacted() != null;
        this.ids = ids;
    }

    /** A payload begins, received at a time as it is told. */
    void begin(final long atNs) {
        receivedAtNs = atNs;
        ownId = 0;
    }

    /** It has ended: whether who sent it is outside of what is redacted. */
    void remember(final boolean isOutside) {
        final int place = placeOf(ownId);
        if (isOutside) {
            outside[place] = ownId;
        } else if (outside[place] == ownId) {
            outside[place] = 0;
        }
    }

    private boolean isOutside(final long id) {
        return id != 0 && outside[placeOf(id)] == id;
    }

    private static int placeOf(final long id) {
        return (int) ((id * 0x9E37_79B9_7F4A_7C15L) >>> 48);
    }

    /** Whether the value that a cursor stands before is told; what changes in it is with the edits, and the cursor behind it. */
    boolean keeps(final Treatment treatment, final WireCursor cursor, final Edits edits) {
        switch (treatment) {
            case OWN_ID, OTHERS_ID -> {
                return octets(treatment, cursor, edits);
            }
            case PLATOON, ZONE -> bytes(treatment, cursor, edits);
            case DEVICE, AGENT, TEXT -> text(treatment, cursor, edits);
            case PARTICIPANT, SESSION, ALERT, EPOCH, TIME_NS -> fixed64(treatment, cursor, edits);
            case SEEN, MILLI_OF_MINUTE, MINUTE_OF_HOUR, MINUTE_OF_YEAR, TENTH_OF_HOUR ->
                varint(treatment, cursor, edits);
            case KEEP, RAW, PLATE, VIN, NEARNESS, POSITION, MESSAGE, LEFT_OUT ->
                throw new IllegalArgumentException(treatment + " is not of a value");
        }
        return true;
    }

    private boolean octets(final Treatment treatment, final WireCursor cursor, final Edits edits) {
        final int start = cursor.position();
        final int length = cursor.bytes();
        final int end = cursor.position();
        if (cursor.malformed()) {
            return true;
        }
        final boolean mayBeInside = treatment == Treatment.OTHERS_ID && redacts;
        if (length != ID_OCTETS) {
            if (mayBeInside) {
                return false;
            }
            cursor.resume(start, cursor.limit());
            bytes(Treatment.OWN_ID, cursor, edits);
            return true;
        }
        long id = 0;
        for (int i = end - ID_OCTETS; i < end; i++) {
            id = id << 8 | (cursor.at(i) & 0xFF);
        }
        if (mayBeInside && !isOutside(id)) {
            return false;
        }
        if (ownId == 0) {
            ownId = id;
        }
        final long told = ids.octets(id);
        if (told != id) {
            edits.fixed(end - ID_OCTETS, ID_OCTETS, Long.reverseBytes(told));
        }
        return true;
    }

    private void bytes(final Treatment treatment, final WireCursor cursor, final Edits edits) {
        final byte[] id = content(cursor);
        final byte[] told = ids.octets(treatment, id);
        if (!Arrays.equals(told, id) && !cursor.malformed()) {
            edits.bytes(cursor.position() - id.length, cursor.position(), told);
        }
    }

    private void text(final Treatment treatment, final WireCursor cursor, final Edits edits) {
        final int start = cursor.position();
        final String text = new String(content(cursor), StandardCharsets.UTF_8);
        final String told = treatment == Treatment.TEXT ? ids.masked(text) : ids.text(treatment, text);
        if (!told.equals(text) && !cursor.malformed()) {
            edits.delimited(start, cursor.position(), told.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static byte[] content(final WireCursor cursor) {
        final byte[] content = new byte[cursor.bytes()];
        for (int i = 0, from = cursor.position() - content.length; i < content.length; i++) {
            content[i] = cursor.at(from + i);
        }
        return content;
    }

    private void fixed64(final Treatment treatment, final WireCursor cursor, final Edits edits) {
        final int start = cursor.position();
        final long value = cursor.fixed64();
        final long told = treatment == Treatment.TIME_NS ? time(value) : ids.number(treatment, value);
        if (told != value) {
            edits.fixed(start, Long.BYTES, told);
        }
    }

    private long time(final long timeNs) {
        return coarsening == null ? timeNs : coarsening.time(timeNs);
    }

    private void varint(final Treatment treatment, final WireCursor cursor, final Edits edits) {
        final int start = cursor.position();
        final long value = cursor.varint();
        final long told = treatment == Treatment.SEEN ? ids.seen((int) value) : clock(treatment, value);
        if (told != value && !cursor.malformed()) {
            edits.varint(start, cursor.position(), told);
        }
    }

    private long clock(final Treatment treatment, final long value) {
        if (coarsening == null) {
            return value;
        }
        return switch (treatment) {
            case MILLI_OF_MINUTE -> coarsening.milliOfMinute(receivedAtNs, value);
            case TENTH_OF_HOUR -> coarsening.tenthOfHour(value);
            default -> coarsening.minute(value);
        };
    }
}
