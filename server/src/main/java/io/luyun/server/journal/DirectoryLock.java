package io.luyun.server.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds a journal's directory for one writer; the kernel lets go of it when the process ends, however it ends. */
final class DirectoryLock implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final String FORMAT = "format";
    private static final String FORMAT_LINE = "luyun journal 1\n";
    private static final Pattern NAMES_FORMAT = Pattern.compile("luyun journal \\d+\\s*");

    private static final Path LOCKS = Path.of("/proc/locks");

    private final FileChannel channel;

    private DirectoryLock(final FileChannel channel) {
        this.channel = channel;
    }

    /** Whether a journal has ever been opened here. */
    static boolean marks(final Path directory) {
        return Files.exists(directory.resolve(FORMAT));
    }

    /**
     * Whether a process holds it now; false where the system does not tell, as on btrfs, which has devices of its own. Asks the
     * kernel's list of locks, since trying to take it could keep a writer out, and to open and close its file, even for reading,
     * would let go of the lock of this process.
     */
    static boolean held(final Path directory) throws IOException {
        final Path path = directory.resolve(LOCK);
        if (!Files.isReadable(LOCKS) || !Files.exists(path)) {
            return false;
        }
        // 1: POSIX  ADVISORY  WRITE 4711 fe:01:1234567 0 EOF
        final long device = ((Number) Files.getAttribute(path, "unix:dev")).longValue();
        final String place =
                String.format("%02x:%02x:%s", major(device), minor(device), Files.getAttribute(path, "unix:ino"));
        for (final String line : Files.readAllLines(LOCKS)) {
            if (List.of(line.split("\\s+")).contains(place)) {
                return true;
            }
        }
        return false;
    }

    private static long major(final long device) {
        return ((device >>> 8) & 0xFFF) | ((device >>> 32) & ~0xFFFL);
    }

    private static long minor(final long device) {
        return (device & 0xFF) | ((device >>> 12) & ~0xFFL);
    }

    /** Says that here is a journal. */
    static void mark(final Path directory) throws IOException {
        writeFormat(directory.resolve(FORMAT));
    }

    static DirectoryLock take(final Path directory) throws IOException {
        final Path path = directory.resolve(LOCK);
        final FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new JournalException("the journal " + directory + " is in use by process "
                    + Files.readString(path).strip());
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
        final DirectoryLock lock = new DirectoryLock(channel);
        lock.checkFormat(directory);
        return lock;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new JournalException("cannot release the journal: " + e.getMessage(), e);
        }
    }

    private void checkFormat(final Path directory) throws IOException {
        final Path path = directory.resolve(FORMAT);
        // Empty: the power went between the creation of the file and its first force.
        if (!Files.exists(path) || Files.size(path) == 0) {
            writeFormat(path);
            GroupCommit.ChannelForce.forceDirectory(directory);
            GroupCommit.ChannelForce.forceDirectory(directory.toAbsolutePath().getParent());
        } else if (!known(directory)) {
            close();
            throw anotherFormat(directory);
        }
    }

    /** Whether the journal says of itself that it is as this release writes it; also when it says nothing. */
    static boolean known(final Path directory) throws IOException {
        final String format = format(directory);
        return format.isEmpty() || format.equals(FORMAT_LINE);
    }

    /**
     * For who only reads: refuses a journal of another format. A file that names none, since it is damaged, is no reason not to read
     * records that tell what they are.
     *
     * @throws JournalException one line that names the format
     */
    static void refuseOther(final Path directory) throws IOException {
        if (!known(directory) && NAMES_FORMAT.matcher(format(directory)).matches()) {
            throw anotherFormat(directory);
        }
    }

    private static String format(final Path directory) throws IOException {
        final Path path = directory.resolve(FORMAT);
        return Files.exists(path) ? Files.readString(path, StandardCharsets.ISO_8859_1) : "";
    }

    private static JournalException anotherFormat(final Path directory) throws IOException {
        return new JournalException("the journal " + directory + " has another format: "
                + format(directory).strip());
    }

    private static void writeFormat(final Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(FORMAT_LINE.getBytes(StandardCharsets.US_ASCII)));
            file.force(true);
        }
    }

    private static @Nullable FileLock tryLock(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (final OverlappingFileLockException e) {
            return null;
        }
    }
}
