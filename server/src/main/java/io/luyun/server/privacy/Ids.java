package io.luyun.server.privacy;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * What becomes of ids: pseudonyms of the policy's key; without one they stay, but those which are a plate or an identification number
 * that may not leave become pseudonyms of a key made for this export. One thread.
 */
final class Ids {
    private static final int MEMO = 1 << 12;
    private static final int MOST_TEXTS = 65_536;

    private final boolean all;
    private final PlateText plates;
    private final Pseudonyms pseudonyms;
    private final long[] sound = new long[MEMO];
    private final Map<String, String> texts = new HashMap<>();

    Ids(final PrivacyPolicy policy) {
        final PseudonymKey key = policy.key();
        all = key != null;
        plates = new PlateText(!policy.has(OptIn.PLATE), !policy.has(OptIn.VIN));
        pseudonyms = new Pseudonyms(key == null ? PseudonymKey.random() : key);
    }

    /** Of a device; the same when it may stay. */
    String device(final String id) {
        final String known = texts.get(id);
        if (known != null) {
            return known;
        }
        if (texts.size() >= MOST_TEXTS) {
            texts.clear();
        }
        final String told = text(Treatment.DEVICE, id);
        texts.put(id, told);
        return told;
    }

    /** Of a text; the same when it may stay. */
    String text(final Treatment kind, final String id) {
        return !id.isEmpty() && (all || plates.in(id)) ? pseudonyms.text(kind, id) : id;
    }

    /** Of eight octets, read as one number in network order; the same when it may stay. */
    long octets(final long id) {
        if (all) {
            return pseudonyms.octets(id);
        }
        final int place = (int) ((id * 0x9E37_79B9_7F4A_7C15L) >>> 52);
        if (sound[place] == id) {
            return id;
        }
        if (plates.in(ByteBuffer.allocate(Long.BYTES).putLong(id).array())) {
            return pseudonyms.octets(id);
        }
        sound[place] = id;
        return id;
    }

    /** Of octets; the same when they may stay. */
    byte[] octets(final Treatment kind, final byte[] id) {
        return all || plates.in(id) ? pseudonyms.octets(kind, id) : id;
    }

    /** Of a number. */
    long number(final Treatment kind, final long id) {
        return all ? pseudonyms.number(kind, id) : id;
    }

    /** Of a number that a unit gave. */
    int seen(final int id) {
        return all ? pseudonyms.seen(id) : id;
    }

    /** A text without plates and identification numbers that may not leave. */
    String masked(final String text) {
        return plates.masked(text);
    }
}
