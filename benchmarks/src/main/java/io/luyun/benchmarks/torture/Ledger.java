package io.luyun.benchmarks.torture;

import java.util.Arrays;
import java.util.BitSet;
import java.util.zip.CRC32C;

/**
 * What one device has sent and what of it was answered, kept outside of the server. Numbers begin at 1. One thread writes it;
 * whoever reads more of it than {@link #sent} and {@link #acknowledged} has joined that thread.
 */
public final class Ledger {
    private final String device;
    private int[] checksums = new int[1 << 4];
    private final BitSet refused;
    private volatile int sent;
    private volatile int acknowledged;
    private long again;

    public Ledger(final String device) {
        this(device, new BitSet());
    }

    private Ledger(final String device, final BitSet refused) {
        this.device = device;
        this.refused = refused;
    }

    /**
     * The same device as it was when that much had been answered; what it has sent since may be anywhere.
     *
     * @param upTo what {@link #acknowledged} was then
     */
    public Ledger asOf(final int upTo) {
        final Ledger then = new Ledger(device, refused);
        then.checksums = checksums;
        then.sent = sent;
        then.acknowledged = upTo;
        return then;
    }

    public String device() {
        return device;
    }

    /** Highest number that was sent; any thread. */
    public int sent() {
        return sent;
    }

    /** Highest number up to which everything was answered; any thread. */
    public int acknowledged() {
        return acknowledged;
    }

    /** Messages sent more than once, each time counted. */
    public long again() {
        return again;
    }

    /** How many messages the server has promised to keep. */
    public long promised() {
        return (long) acknowledged - refused.get(0, acknowledged + 1).cardinality();
    }

    /** How many it would not have. */
    public int refusals() {
        return refused.cardinality();
    }

    /** A message is about to be written, for the first time or once more. */
    public void onSending(final int number, final byte[] payload) {
        if (number <= sent) {
            again++;
            return;
        }
        if (number >= checksums.length) {
            checksums = Arrays.copyOf(checksums, 2 * checksums.length);
        }
        checksums[number] = checksum(payload);
        sent = number;
    }

    /**
     * The server has answered for everything up to this number.
     *
     * @throws IllegalStateException when it goes back, or beyond what was sent
     */
    public void onAcknowledged(final long upTo) {
        if (upTo < acknowledged || upTo > sent) {
            throw new IllegalStateException(
                    device + ": acknowledged up to " + upTo + " after " + acknowledged + ", sent " + sent);
        }
        acknowledged = (int) upTo;
    }

    /** The server will not have this message. */
    public void onRefused(final long number) {
        refused.set((int) number);
    }

    /** Whether the server must have this message. */
    public boolean promised(final int number) {
        return number <= acknowledged && !refused.get(number);
    }

    /** Whether this is what was sent under the number. */
    public boolean matches(final int number, final byte[] payload) {
        return checksums[number] == checksum(payload);
    }

    private static int checksum(final byte[] payload) {
        final CRC32C crc = new CRC32C();
        crc.update(payload);
        return (int) crc.getValue();
    }
}
