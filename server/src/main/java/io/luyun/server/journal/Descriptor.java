package io.luyun.server.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.Charset;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A file opened for reading beside Java's own channels, by the system's calls, for what Java does not give: where a sparse
 * file has data, and a lock that belongs to this opening alone. (Java's locks belong to the whole process and go when it
 * closes any other opening of the file.) Linux; elsewhere there is none, see {@link #supported}. One thread at a time.
 */
final class Descriptor implements AutoCloseable {
    private static final int READ_ONLY_CLOSE_ON_EXEC = 0x80000;
    private static final int NO_ENTRY = 2;
    private static final int NO_SUCH_OFFSET = 6;
    private static final int WOULD_BLOCK = 11;
    private static final int SEEK_DATA = 3;
    private static final int LOCK_SHARED = 1;
    private static final int LOCK_EXCLUSIVE_NOW = 2 | 4;
    private static final int WILL_NEED = 3;
    private static final long READ_AHEAD = 128 << 10;
    private static final int CLOSED = -1;

    private static final @Nullable Calls CALLS = Calls.link();

    private final Calls calls;
    private final Path path;
    private final MemorySegment state = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
    private int number;

    private Descriptor(final Calls calls, final Path path) throws IOException {
        this.calls = calls;
        this.path = path;
        final Charset names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment name = arena.allocateFrom(path.toString(), names);
            number = (int) calls.open.invokeExact(state, name, READ_ONLY_CLOSE_ON_EXEC);
        } catch (final Throwable e) {
            throw new IllegalStateException("open", e);
        }
        if (number < 0) {
            throw errno() == NO_ENTRY
                    ? new NoSuchFileException(path.toString())
                    : new IOException("cannot open " + path + ": error " + errno());
        }
    }

    /** Whether there are descriptors here. */
    static boolean supported() {
        return CALLS != null;
    }

    /** Opens a file; null when there are no descriptors here. */
    static @Nullable Descriptor open(final Path path) throws IOException {
        return CALLS == null ? null : new Descriptor(CALLS, path);
    }

    /** Where, from here on, the file next has data: its end when only holes follow, here when the file system cannot tell. */
    long nextData(final long from, final long end) {
        final long found;
        try {
            found = (long) calls.seek.invokeExact(state, number, from, SEEK_DATA);
        } catch (final Throwable e) {
            throw new IllegalStateException("lseek", e);
        }
        if (found >= 0) {
            return found;
        }
        return errno() == NO_SUCH_OFFSET ? Math.max(from, end) : from;
    }

    /** Asks the system to begin to read these bytes; it takes no more at a time than it would read ahead by itself. */
    void readAhead(final long from, final long end) {
        for (long at = from; at < end; at += READ_AHEAD) {
            try {
                final int ignored = (int) calls.advise.invokeExact(state, number, at, READ_AHEAD, WILL_NEED);
            } catch (final Throwable e) {
                throw new IllegalStateException("posix_fadvise", e);
            }
        }
    }

    /** Waits until no other opening of the file has its lock alone, and shares it until this one is closed. */
    void lockShared() throws IOException {
        if (flock(LOCK_SHARED) != 0) {
            throw new IOException("cannot lock " + path + ": error " + errno());
        }
    }

    /** Takes the lock alone until this opening is closed; false when another opening of the file has it. */
    boolean tryLock() throws IOException {
        if (flock(LOCK_EXCLUSIVE_NOW) == 0) {
            return true;
        }
        if (errno() == WOULD_BLOCK) {
            return false;
        }
        throw new IOException("cannot lock " + path + ": error " + errno());
    }

    @Override
    public void close() {
        if (number != CLOSED) {
            try {
                final int ignored = (int) calls.close.invokeExact(state, number);
            } catch (final Throwable e) {
                throw new IllegalStateException("close", e);
            }
            number = CLOSED;
        }
    }

    private int flock(final int operation) {
        try {
            return (int) calls.flock.invokeExact(state, number, operation);
        } catch (final Throwable e) {
            throw new IllegalStateException("flock", e);
        }
    }

    private int errno() {
        return (int) calls.errno.get(state, 0L);
    }

    /** The system's calls; each takes first where to leave its error. */
    private record Calls(
            MethodHandle open,
            MethodHandle close,
            MethodHandle seek,
            MethodHandle flock,
            MethodHandle advise,
            VarHandle errno) {
        static @Nullable Calls link() {
            if (!System.getProperty("os.name", "").equals("Linux")) {
                return null;
            }
            try {
                final ValueLayout.OfInt number = ValueLayout.JAVA_INT;
                final ValueLayout.OfLong offset = ValueLayout.JAVA_LONG;
                return new Calls(
                        call("open", FunctionDescriptor.of(number, ValueLayout.ADDRESS, number)),
                        call("close", FunctionDescriptor.of(number, number)),
                        call("lseek", FunctionDescriptor.of(offset, number, offset, number)),
                        call("flock", FunctionDescriptor.of(number, number, number)),
                        call("posix_fadvise", FunctionDescriptor.of(number, number, offset, offset, number)),
                        Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno")));
            } catch (final UnsupportedOperationException | IllegalCallerException | NoSuchElementException e) {
                // A system without these calls, or one that forbids them: supported() says so.
                return null;
            }
        }

        @SuppressWarnings("restricted") // --enable-native-access says that it may
        private static MethodHandle call(final String name, final FunctionDescriptor form) {
            final Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow(name), form, Linker.Option.captureCallState("errno"));
        }
    }
}
