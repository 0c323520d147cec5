package io.luyun.server.journal;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Appends frames to the Chronicle files of one run. One thread at a time. The frame is made in a buffer of its own first,
 * so that inside Chronicle's document nothing happens but a copy. The roll cycle follows the records' time, which never
 * goes back.
 */
final class CycleAppender implements AutoCloseable {
    private final CopyOnWriteArrayList<JournalFile> files;
    private final long run;
    private final ByteBuffer frameBytes = BufferUtil.allocateDirectAligned(Frame.FRAME_MAX, 64);
    private final UnsafeBuffer frame = new UnsafeBuffer(frameBytes);
    private final PointerBytesStore frameStore = new PointerBytesStore();
    private final CRC32C crc = new CRC32C();
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final boolean rolling;
    private long timeNs;
    private int cycle = -1;
    private @Nullable JournalFile current;
    private long position;

    /**
     * Opens a run in its directory. New files are added to the list before a record in them is published.
     *
     * @param rolling whether a new file begins as the records' time goes on; otherwise all go into the file of the start
     */
    CycleAppender(
            final JournalConfig config,
            final Path directory,
            final long run,
            final long startNs,
            final CopyOnWriteArrayList<JournalFile> files,
            final boolean rolling) {
        this.files = files;
        this.run = run;
        this.timeNs = startNs;
        this.rolling = rolling;
        frameStore.set(frame.addressOffset(), Frame.FRAME_MAX);
        queue = SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(config.cycle())
                .blockSize((long) config.blockMiB() << 20)
                .timeProvider(() -> TimeUnit.NANOSECONDS.toMillis(timeNs))
                .build();
        appender = queue.createAppender();
        // The journal hands the appender over once, from the opening to the line thread, and back when it closes.
        appender.singleThreadedCheckDisabled(true);
    }

    /** Appends one record; returns its length in bytes. */
    int append(
            final long sequence,
            final long recordTimeNs,
            final long number,
            final long bootEpoch,
            final int device,
            final int kind,
            final int lag,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (rolling) {
            timeNs = recordTimeNs;
        }
        Frame.header(frame, length, sequence, recordTimeNs, number, bootEpoch, device, kind, lag);
        Frame.payload(frame, buffer, offset, length);
        final int frameLength = Frame.frameLength(length);
        long newEnd = 0;
        final DocumentContext document = appender.writingDocument();
        try {
            final Bytes<?> bytes = document.wire().bytes();
            final long place = bytes.writePosition();
            frame.putInt(frameLength - Frame.CRC_LENGTH, Frame.checksum(crc, frameBytes, 0, length, place));
            bytes.write(frameStore, 0L, frameLength);
            newEnd = place + frameLength;
            position = place;
        } catch (final Throwable e) {
            document.rollbackOnClose();
            throw e;
        } finally {
            document.close();
        }
        JournalFile file = current;
        if (file == null || appender.cycle() != cycle) {
            file = new JournalFile(appender.currentFile().toPath(), run, sequence);
            files.add(file);
            cycle = appender.cycle();
            current = file;
        }
        file.end(newEnd);
        return frameLength;
    }

    /** The file appended to last; null when nothing has been appended. */
    @Nullable
    JournalFile current() {
        return current;
    }

    /** Where the last frame lies in it. */
    long position() {
        return position;
    }

    @Override
    public void close() {
        appender.close();
        queue.close();
    }
}
