package io.luyun.proto.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes bad inputs out of good ones: bits flipped, octets replaced, pieces of others put in, cut out or doubled, an end
 * cut off, noise. One thread.
 */
final class Mutator {
    private static final int MOST = 5;
    private static final int PIECE = 64;

    /** Delimiters of values in a text. */
    private static final String BEFORE = ",:[{";

    private static final String BEHIND = ",]}";

    private final byte[][] seeds;
    private final byte[][] tokens;
    private final byte[] bytes;
    private final UnsafeBuffer buffer;
    private final SplittableRandom random;

    Mutator(List<byte[]> seeds, List<String> tokens, int maxLength, SplittableRandom random) {
        this.seeds = seeds.toArray(byte[][]::new);
        this.tokens = tokens.stream()
                .map(token -> token.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        bytes = new byte[maxLength];
        buffer = new UnsafeBuffer(bytes);
        this.random = random;
    }

    /** Where the inputs are, from 0. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    /** The length of the next input; what lies behind it is of others. */
    int next() {
        final byte[] seed = seeds[random.nextInt(seeds.length)];
        int length = Math.min(seed.length, bytes.length);
        System.arraycopy(seed, 0, bytes, 0, length);
        for (int i = random.nextInt(MOST); i >= 0 && length > 0; i--) {
            length = mutate(length);
        }
        return length;
    }

    private int mutate(int length) {
        final int at = random.nextInt(length);
        final int size = Math.min(1 + random.nextInt(PIECE), length - at);
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            case 3, 4 -> bytes[at] = (byte) random.nextInt();
            case 5 -> {
                final byte[] other = seeds[random.nextInt(seeds.length)];
                final int from = random.nextInt(other.length);
                return put(other, from, other.length - from, at, length);
            }
            case 6 -> {
                return at + 1;
            }
            case 7 -> {
                for (int i = at; i < at + size; i++) {
                    bytes[i] = (byte) random.nextInt();
                }
            }
            case 8 -> {
                System.arraycopy(bytes, at + size, bytes, at, length - at - size);
                return length - size;
            }
            case 9 -> {
                return doubled(at, size, length);
            }
            default -> {
                if (tokens.length > 0) {
                    final byte[] token = tokens[random.nextInt(tokens.length)];
                    return random.nextInt(4) == 0 ? insert(token, at, length) : replace(token, at, length);
                }
                bytes[at] = random.nextBoolean() ? 0 : (byte) 0xFF;
            }
        }
        return length;
    }

    /** Puts a token in the place of all that stands between two delimiters. */
    private int replace(byte[] token, int at, int length) {
        int first = at;
        while (first > 0 && BEFORE.indexOf(bytes[first - 1]) < 0) {
            first--;
        }
        int last = at;
        while (last < length && BEHIND.indexOf(bytes[last]) < 0) {
            last++;
        }
        System.arraycopy(bytes, last, bytes, first, length - last);
        return insert(token, first, length - last + first);
    }

    private int put(byte[] from, int offset, int size, int at, int length) {
        final int fitting = Math.min(size, bytes.length - at);
        System.arraycopy(from, offset, bytes, at, fitting);
        return Math.max(length, at + fitting);
    }

    private int insert(byte[] from, int at, int length) {
        final int longer = doubled(at, from.length, length);
        System.arraycopy(from, 0, bytes, at, longer - length);
        return longer;
    }

    /** Moves what stands from here, so that as many octets stand there twice. */
    private int doubled(int at, int size, int length) {
        final int fitting = Math.min(size, bytes.length - length);
        System.arraycopy(bytes, at, bytes, at + fitting, length - at);
        return length + fitting;
    }
}
