package io.luyun.server.tools;

import io.luyun.server.research.TextBytes;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Standard output as bytes, in large pieces. Whoever reads a pipe may go: then it is {@link #gone} and takes no more. One thread.
 */
final class StandardOut {
    private static final int PIECE = 1 << 18;
    private static final Path SELF = Path.of("/proc/self/fd/1");

    private final OutputStream stream;
    private final boolean pipe;
    private final TextBytes text = new TextBytes();
    private boolean gone;

    /**
     * Output to a stream.
     *
     * @param pipe whether its reader may go
     */
    StandardOut(final OutputStream stream, final boolean pipe) {
        this.stream = stream;
        this.pipe = pipe;
    }

    /** That of the process. */
    static StandardOut ofProcess() {
        return new StandardOut(new FileOutputStream(FileDescriptor.out), isPipe());
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
            if (!pipe) {
                throw new UncheckedIOException("cannot write to standard output: " + e.getMessage(), e);
            }
        }
        text.shorten(0);
    }

    /** Whether standard output is a pipe or a socket, whose reader may go; what an error says of it is in the user's language. */
    static boolean isPipe() {
        try {
            final String target = Files.readSymbolicLink(SELF).toString();
            return target.startsWith("pipe:") || target.startsWith("socket:");
        } catch (final IOException _) {
            // no Linux: an error that cannot be told from that of a full disk is told
            return false;
        }
    }

    /** Whether whoever reads has gone. */
    boolean gone() {
        return gone;
    }
}
