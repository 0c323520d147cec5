package io.luyun.server.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Appends to an audit log. Several processes and threads may write the same file: each line is written under a lock of the process and one
 * on the file, and is on the disk when {@link #append} returns. Any thread. A process must not read the file while it writes it: closing
 * it lets go of the lock that other processes heed.
 */
public final class AuditLog {
    /** Name of the file in its directory. */
    public static final String FILE_NAME = "audit.ndjson";

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int BLOCK = 8_192;

    /**
     * In front of the lock on the file, for all logs of this process: the system lets go of that as soon as the process closes any channel
     * of the file, so that a thread may not open one while another has it.
     */
    private static final ReentrantLock IN_PROCESS = new ReentrantLock();

    private final Path file;
    private final InstantSource clock;

    /**
     * One in a file, which is made when it is first written.
     *
     * @param clock tells when things happen
     */
    public AuditLog(final Path file, final InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Where it is. */
    public Path file() {
        return file;
    }

    /**
     * Writes that something happened and waits until it is on the disk.
     *
     * @return hash of the line, by which later lines can name it
     * @throws AuditException when it cannot be written
     */
    public String append(final AuditEvent event) {
        if (!inProcess()) {
            throw new AuditException("the audit log " + file + " cannot be written: another thread has written one for "
                    + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NS) + " s");
        }
        try {
            return appendAlone(event);
        } finally {
            IN_PROCESS.unlock();
        }
    }

    /**
     * The last lines, in order; none while there is no log. Waits for writers of this process.
     *
     * @param most at most so many
     * @throws AuditException when it cannot be read
     */
    public List<AuditChain.Line> last(final int most) {
        if (!inProcess()) {
            throw new AuditException("the audit log " + file + " cannot be read: it is being written");
        }
        try {
            final ArrayDeque<AuditChain.Line> lines = new ArrayDeque<>();
            if (Files.exists(file)) {
                AuditChain.read(file, line -> {
                    lines.addLast(line);
                    if (lines.size() > most) {
                        lines.removeFirst();
                    }
                });
            }
            return List.copyOf(lines);
        } finally {
            IN_PROCESS.unlock();
        }
    }

    /** An interrupt is kept for whoever waits next: what is asked for must be in the log. */
    private static boolean inProcess() {
        boolean interrupted = false;
        try {
            final long startedNs = System.nanoTime();
            while (true) {
                try {
                    return IN_PROCESS.tryLock(PATIENCE_NS - (System.nanoTime() - startedNs), TimeUnit.NANOSECONDS);
                } catch (final InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String appendAlone(final AuditEvent event) {
        try {
            final boolean made = make();
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock _ = lock(channel)) {
                final String hash = write(channel, event);
                channel.force(true);
                if (made) {
                    forceDirectory();
                }
                return hash;
            }
        } catch (final IOException e) {
            throw new AuditException("the audit log " + file + " cannot be written: " + e, e);
        }
    }

    private String write(final FileChannel channel, final AuditEvent event) throws IOException {
        final long size = channel.size();
        final byte[] last = lastLine(channel, size);
        final boolean torn = size > 0 && !endsLine(channel, size);
        final ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("at", clock.instant().toString());
        line.put("event", event.event());
        line.put("actor", event.actor());
        line.set("details", event.details());
        line.put("before", size == 0 ? AuditChain.BEGINNING : AuditChain.hash(last));
        final byte[] text = line.toString().getBytes(StandardCharsets.UTF_8);
        // what a writer that died has begun stays as it is, a line of its own
        final ByteBuffer bytes = ByteBuffer.allocate(text.length + 2);
        if (torn) {
            bytes.put((byte) '\n');
        }
        bytes.put(text).put((byte) '\n').flip();
        long at = size;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
        return AuditChain.hash(text);
    }

    private static boolean endsLine(final FileChannel channel, final long size) throws IOException {
        final ByteBuffer one = ByteBuffer.allocate(1);
        channel.read(one, size - 1);
        return one.get(0) == '\n';
    }

    /** The bytes behind the last line feed but one at the end. */
    private static byte[] lastLine(final FileChannel channel, final long size) throws IOException {
        final long end = size > 0 && endsLine(channel, size) ? size - 1 : size;
        long start = end;
        while (start > 0) {
            final int wanted = (int) Math.min(BLOCK, start);
            final byte[] block = read(channel, start - wanted, wanted);
            int i = wanted;
            while (i > 0 && block[i - 1] != '\n') {
                i--;
            }
            start -= wanted - i;
            if (i > 0) {
                break;
            }
        }
        return read(channel, start, Math.toIntExact(end - start));
    }

    private static byte[] read(final FileChannel channel, final long at, final int length) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new IOException("became shorter while it was read");
            }
        }
        return bytes.array();
    }

    private boolean make() throws IOException {
        final Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        if (Files.exists(file)) {
            return false;
        }
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        } catch (final FileAlreadyExistsException e) {
            return false;
        }
        return true;
    }

    private void forceDirectory() throws IOException {
        final Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Waits for other processes. */
    private static FileLock lock(final FileChannel channel) throws IOException {
        final long startedNs = System.nanoTime();
        while (System.nanoTime() - startedNs < PATIENCE_NS) {
            final FileLock lock = tryLock(channel);
            if (lock != null) {
                return lock;
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        throw new IOException(
                "somebody else has held its lock for " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NS) + " s");
    }

    private static @Nullable FileLock tryLock(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (final OverlappingFileLockException e) {
            return null;
        }
    }
}
