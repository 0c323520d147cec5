package io.luyun.server.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;

/**
 * What stands in place of ids: the same for the same id and key, of the same type, and of the same length where the schema has one.
 * Ids of different kinds have nothing to do with each other, though their bytes be the same. One thread; keeps what it made lately, a
 * bounded number.
 */
final class Pseudonyms {
    /** {@code p} and 15 hex digits: 60 bits; a letter first, so that no table takes it for a number. */
    private static final int TEXT_DIGITS = 15;

    private static final int MOST_TEXTS = 65_536;
    private static final int MEMO = 1 << 15;
    private static final int SEEN_ROUNDS = 4;

    private final Mac mac;
    private final Map<Treatment, Map<String, String>> texts = new HashMap<>();
    private final Memo octets = new Memo();
    private final Memo numbers = new Memo();
    /** Four rounds of a Feistel network over 16 bits: 256 bytes each. */
    private final byte[] rounds = new byte[SEEN_ROUNDS * 256];

    Pseudonyms(final PseudonymKey key) {
        mac = key.mac();
        for (int at = 0; at < rounds.length; ) {
            final byte[] code = code(
                    Treatment.SEEN,
                    ByteBuffer.allocate(Integer.BYTES).putInt(at).array());
            System.arraycopy(code, 0, rounds, at, code.length);
            at += code.length;
        }
    }

    /** Of a text. */
    String text(final Treatment kind, final String id) {
        final Map<String, String> known = texts.computeIfAbsent(kind, _ -> new HashMap<>());
        final String found = known.get(id);
        if (found != null) {
            return found;
        }
        if (known.size() >= MOST_TEXTS) {
            known.clear();
        }
        final byte[] code = code(kind, id.getBytes(StandardCharsets.UTF_8));
        final String made = "p" + HexFormat.of().formatHex(code).substring(0, TEXT_DIGITS);
        known.put(id, made);
        return made;
    }

    /** Of an id of eight octets, read as one number in network order. */
    long octets(final long id) {
        return octets.get(Treatment.OWN_ID, id);
    }

    /** Of octets, as many. */
    byte[] octets(final Treatment kind, final byte[] id) {
        final byte[] made = new byte[id.length];
        byte[] block = code(kind, id);
        for (int at = 0; at < made.length; at += block.length) {
            block = at == 0 ? block : code(kind, block);
            System.arraycopy(block, 0, made, at, Math.min(block.length, made.length - at));
        }
        return made;
    }

    /** Of a number: positive, below 2 to the 63rd; 0 stays 0. */
    long number(final Treatment kind, final long id) {
        return id == 0 ? 0 : Math.max(1, numbers.get(kind, id) & Long.MAX_VALUE);
    }

    /** Of a number up to 65,535: another one for each; 0 stays 0. */
    int seen(final int id) {
        if (id <= 0 || id > 0xFFFF) {
            return 0;
        }
        final int swapped = swap(id);
        // the one that became 0 takes what 0 would have become
        return swapped == 0 ? swap(0) : swapped;
    }

    private int swap(final int id) {
        int left = id >>> 8;
        int right = id & 0xFF;
        for (int round = 0; round < SEEN_ROUNDS; round++) {
            final int next = left ^ (rounds[round * 256 + right] & 0xFF);
            left = right;
            right = next;
        }
        return left << 8 | right;
    }

    private byte[] code(final Treatment kind, final byte[] id) {
        mac.update(kind.name().getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        return mac.doFinal(id);
    }

    private final class Memo {
        private final long[] ids = new long[MEMO];
        private final long[] made = new long[MEMO];
        private final byte[] kinds = new byte[MEMO];

        Memo() {
            Arrays.fill(kinds, (byte) -1);
        }

        long get(final Treatment kind, final long id) {
            final int place = (int) (((id + kind.ordinal()) * 0x9E37_79B9_7F4A_7C15L) >>> 49);
            if (ids[place] != id || kinds[place] != kind.ordinal()) {
                final byte[] code =
                        code(kind, ByteBuffer.allocate(Long.BYTES).putLong(id).array());
                ids[place] = id;
                kinds[place] = (byte) kind.ordinal();
                made[place] = ByteBuffer.wrap(code).getLong();
            }
            return made[place];
        }
    }
}
