package io.luyun.server.tools;

import io.luyun.server.research.TextBytes;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Standard output as bytes, in large pieces. Whoever reads a pipe may go: then it is {@link #gone} and takes no more. One thread.
 */
final class StandardOut {
    private static final int PIECE = 1 << 18;
    private static final String PIPE_CLOSED = "Broken pipe";

    private final OutputStream stream;
    private final TextBytes text = new TextBytes();
    private boolean gone;

    StandardOut(final OutputStream stream) {
        this.stream = stream;
    }

    /** That of the process. */
    static StandardOut ofProcess() {
        return new StandardOut(new FileOutputStream(FileDescriptor.out));
    }

    /** What is to be written next; appended to by whoever prints. */
    TextBytes text() {
        return text;
    }

    /** Something was appended. */
    void appended() {
        if (text.length() >= PIECE) {
            flush();
        }
    }

    /**
     * Writes what has been appended.
     *
     * @throws UncheckedIOException when it cannot, though somebody reads
     */
    void flush() {
        try {
            if (!gone) {
                text.moveTo(stream);
                stream.flush();
            }
        } catch (final IOException e) {
            gone = true;
            if (!PIPE_CLOSED.equals(e.getMessage())) {
                throw new UncheckedIOException("cannot write to standard output: " + e.getMessage(), e);
            }
        }
        text.shorten(0);
    }

    /** Whether whoever reads has gone. */
    boolean gone() {
        return gone;
    }
}
