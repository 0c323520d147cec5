package io.luyun.server.exchange.place;

import java.io.IOException;
import java.io.InputStream;

/** Counts what is read, and lets no more through than has been allowed. One thread. */
final class MeteredInput extends InputStream {
    private final InputStream in;
    private long count;
    private long most = Long.MAX_VALUE;

    MeteredInput(final InputStream in) {
        this.in = in;
    }

    /** Octets read so far. */
    long count() {
        return count;
    }

    /** From here on so many octets may be read, until more are allowed. */
    void allow(final long octets) {
        most = count + octets;
    }

    @Override
    public int read() throws IOException {
        check();
        final int octet = in.read();
        count += octet < 0 ? 0 : 1;
        return octet;
    }

    @Override
    public int read(final byte[] into, final int offset, final int length) throws IOException {
        check();
        final int read = in.read(into, offset, length);
        count += Math.max(0, read);
        return read;
    }

    private void check() throws IOException {
        if (count >= most) {
            throw new IOException("an element, text or comment is longer than can be read");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
