package io.luyun.benchmarks.torture.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes bad inputs out of good ones: bits flipped, octets and numbers replaced, pieces doubled, cut out or taken from elsewhere,
 * an end cut off, noise. The same seed makes the same inputs. One thread.
 */
final class Mutator {
    private static final int MOST = 6;
    private static final int PIECE = 64;
    private static final int[] EDGES = {0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, -1};

    private final byte[][] seeds;
    private final byte[][] tokens;
    private final SplittableRandom random;
    private final byte[] bytes;
    private int length;

    Mutator(final List<byte[]> seeds, final List<byte[]> tokens, final int maxLength, final long seed) {
        this.seeds = seeds.toArray(byte[][]::new);
        this.tokens = tokens.toArray(byte[][]::new);
        this.random = new SplittableRandom(seed);
        this.bytes = new byte[maxLength];
    }

    /** The next input. */
    byte[] next() {
        final byte[] seed = seeds[random.nextInt(seeds.length)];
        length = Math.min(seed.length, bytes.length);
        System.arraycopy(seed, 0, bytes, 0, length);
        for (int i = random.nextInt(MOST); i >= 0 && length > 0; i--) {
            mutate();
        }
        return Arrays.copyOf(bytes, length);
    }

    private void mutate() {
        final int at = random.nextInt(length);
        final int size = Math.min(1 + random.nextInt(PIECE), length - at);
        switch (random.nextInt(12)) {
            case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            case 2 -> bytes[at] = (byte) random.nextInt();
            case 3 -> edge(at);
            case 4 -> length = at + 1;
            case 5 -> {
                for (int i = at; i < at + size; i++) {
                    bytes[i] = (byte) random.nextInt();
                }
            }
            case 6 -> {
                System.arraycopy(bytes, at + size, bytes, at, length - at - size);
                length -= size;
            }
            case 7 -> makeRoom(at, size);
            case 8 -> {
                final byte[] other = seeds[random.nextInt(seeds.length)];
                final int from = random.nextInt(other.length);
                final int fitting = Math.min(other.length - from, bytes.length - at);
                System.arraycopy(other, from, bytes, at, fitting);
                length = Math.max(length, at + fitting);
            }
            case 9 -> append(seeds[random.nextInt(seeds.length)]);
            default -> token(at);
        }
    }

    /** A number of one, two or four octets that is at an edge. */
    private void edge(final int at) {
        final int number = EDGES[random.nextInt(EDGES.length)];
        final int octets = 1 << random.nextInt(3);
        final boolean bigEndian = random.nextBoolean();
        for (int i = 0; i < octets && at + i < length; i++) {
            final int shift = Byte.SIZE * (bigEndian ? octets - 1 - i : i);
            bytes[at + i] = (byte) (number >>> shift);
        }
    }

    private void token(final int at) {
        if (tokens.length == 0) {
            bytes[at] = random.nextBoolean() ? 0 : (byte) 0xFF;
            return;
        }
        final byte[] token = tokens[random.nextInt(tokens.length)];
        if (random.nextBoolean()) {
            makeRoom(at, token.length);
        }
        final int fitting = Math.min(token.length, length - at);
        System.arraycopy(token, 0, bytes, at, fitting);
    }

    private void append(final byte[] other) {
        final int fitting = Math.min(other.length, bytes.length - length);
        System.arraycopy(other, 0, bytes, length, fitting);
        length += fitting;
    }

    /** Moves what stands from here, so that as many octets stand there twice. */
    private void makeRoom(final int at, final int size) {
        final int fitting = Math.min(size, bytes.length - length);
        System.arraycopy(bytes, at, bytes, at + fitting, length - at);
        length += fitting;
    }
}
