package io.luyun.server.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file of a journal that is written no more, as retention sees it. One thread. */
final class Cycle {
    private final JournalFile file;
    private final FrameFinder.Place first;
    private final FrameFinder.Place last;
    private final Set<MessageClass> gone = EnumSet.noneOf(MessageClass.class);
    private final Set<MessageClass> planned = EnumSet.noneOf(MessageClass.class);
    private long bytes;
    private @Nullable CycleReading reading;

    private Cycle(final JournalFile file, final FrameFinder.Place first, final FrameFinder.Place last) {
        this.file = file;
        this.first = first;
        this.last = last;
        this.bytes = last.end();
    }

    /** The files of a journal that are written no more, oldest first; those without a sound record are left out. */
    static List<Cycle> closed(final List<JournalFile> files, final MissingFile missing) throws IOException {
        final List<Cycle> cycles = new ArrayList<>();
        for (final JournalFile file : files.subList(0, Math.max(0, files.size() - 1))) {
            final Cycle cycle = of(file, missing);
            if (cycle != null) {
                cycles.add(cycle);
            }
        }
        return cycles;
    }

    private static @Nullable Cycle of(final JournalFile file, final MissingFile missing) throws IOException {
        final FrameFinder.Place first = FrameFinder.first(file);
        final FrameFinder.Place last = first == null ? null : Seek.last(file);
        if (first == null || last == null) {
            return null;
        }
        final Cycle cycle = new Cycle(file, first, last);
        cycle.goneBefore(missing.retired(file.name()));
        return cycle;
    }

    /** As it stands there after it has been written anew. */
    Cycle again(final MissingFile missing) throws IOException {
        final Cycle cycle = of(new JournalFile(file.path(), file.run(), 0), missing);
        if (cycle == null) {
            throw new JournalException("the file " + file.path() + " cannot be read as it was written");
        }
        return cycle;
    }

    JournalFile file() {
        return file;
    }

    FrameFinder.Place first() {
        return first;
    }

    FrameFinder.Place last() {
        return last;
    }

    /** How much room its records take, or would after what has been planned. */
    long bytes() {
        return bytes;
    }

    /** Classes of which nothing is left, as far as is known without reading. */
    Set<MessageClass> gone() {
        return gone;
    }

    /** It is planned that these classes go: they count no longer, though they are there. */
    void plan(final Set<MessageClass> classes, final long freed) {
        gone.addAll(classes);
        planned.addAll(classes);
        bytes -= freed;
    }

    /** Those of the classes that would still be there after what has been planned. */
    Set<MessageClass> left(final Set<MessageClass> classes) {
        final Set<MessageClass> left = EnumSet.noneOf(MessageClass.class);
        left.addAll(classes);
        left.removeAll(planned);
        return left;
    }

    /** What stands in it, whatever has been planned; read once. */
    CycleReading reading(final MissingFile missing) throws IOException {
        CycleReading known = reading;
        if (known == null) {
            known = CycleReading.of(missing, this, Set.of(), null, null);
            reading = known;
        }
        return known;
    }

    /**
     * A retirement that was written down but not done, since the process was killed in between, does not count: the records end
     * where they did. The length of the file says nothing, it goes in blocks.
     */
    private void goneBefore(final @Nullable Missing entry) {
        if (entry != null && entry.cause() instanceof final Missing.Retired retired && retired.end() == last.end()) {
            for (final MessageClass each : MessageClass.values()) {
                if (retired.classes().contains(each.label())) {
                    gone.add(each);
                }
            }
        }
    }
}
