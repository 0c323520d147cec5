package io.luyun.benchmarks.torture.simulation;

import io.luyun.server.journal.JournalGround;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A disk whose files are real ones, in memory where the machine has such a directory, and which knows what of them has been
 * forced. When the server dies what survives is copied into the directory of the next one: after a kill all that was written,
 * after a power cut what was forced and of the rest what {@link PowerLoss} leaves.
 *
 * <p>Small files are written beside, forced and renamed by the server: they count as forced as soon as they are there.
 */
final class SimulatedDisk implements AutoCloseable {
    static final String CYCLE = ".cq4";

    private final Path base;
    private final Sabotage sabotage;
    private final SimulatedTime time;
    /** How far each file, by its path below the directory of the server, is safe. */
    private Map<String, Long> safe = new HashMap<>();

    /** By file, where begins what a failed sync has left in memory only and the system takes for written. */
    private Map<String, Long> forgotten = new HashMap<>();

    private Path current;
    private Path following;
    private Map<String, Long> followingSafe = Map.of();
    private Map<String, Long> followingForgotten = Map.of();
    private boolean failing;
    private int number;
    private boolean low;
    private boolean frozen;

    SimulatedDisk(final Path base, final SimulatedTime time, final Sabotage sabotage) throws IOException {
        this.base = base;
        this.time = time;
        this.sabotage = sabotage;
        current = Files.createDirectory(base.resolve("disk-0"));
        following = current;
    }

    /** Where the server that lives now has its files. */
    Path directory() {
        return current;
    }

    /** Whether there is little room. */
    void low(final boolean isLow) {
        low = isLow;
    }

    /** Whether syncs fail, until the server dies. */
    void failing(final boolean isFailing) {
        failing = isFailing;
    }

    JournalGround ground() {
        final Path mine = current;
        return new JournalGround(
                new JournalGround.Force() {
                    @Override
                    public void force(final Path file, final long end) throws IOException {
                        if (!frozen && current.equals(mine) && !sabotage.losesSyncs()) {
                            sync(key(mine, file), end);
                        }
                    }

                    @Override
                    public void renew(final Path file, final long from, final long end) {
                        if (!frozen && current.equals(mine) && sabotage.renews()) {
                            forgotten.computeIfPresent(key(mine, file), (key, begin) -> from <= begin ? null : begin);
                        }
                    }

                    @Override
                    public void done(final Path file) {
                        // nothing is held open
                    }
                },
                () -> low ? 0 : Long.MAX_VALUE,
                time.ticks());
    }

    private void sync(final String key, final long end) throws IOException {
        if (failing) {
            forgotten.putIfAbsent(key, safe.getOrDefault(key, 0L));
            throw new IOException("the disk fails");
        }
        if (!forgotten.containsKey(key)) {
            safe.merge(key, end, Math::max);
        }
    }

    /**
     * The server dies: makes the directory of the next one. What it writes from now on goes nowhere.
     *
     * @param loss what a loss of power leaves; null for a kill
     */
    void die(final @Nullable PowerLoss loss) {
        final Path next = base.resolve("disk-" + ++number);
        final Map<String, Long> nextSafe = new HashMap<>();
        try {
            Files.createDirectory(next);
            for (final Path path : tree(current)) {
                final Path target = next.resolve(current.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                    continue;
                }
                final String key = key(current, path);
                if (!key.endsWith(CYCLE)) {
                    Files.copy(path, target);
                } else if (loss == null) {
                    SparseFile.copy(path, target);
                    nextSafe.put(key, safe.getOrDefault(key, PowerLoss.NEVER));
                } else if (loss.leave(key, path, target, safe.getOrDefault(key, PowerLoss.NEVER))) {
                    nextSafe.put(key, Long.MAX_VALUE);
                    sabotage.onPowerCut(target);
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        frozen = true;
        following = next;
        followingSafe = nextSafe;
        // What a loss of power has left is on the disk.
        followingForgotten = loss == null ? new HashMap<>(forgotten) : Map.of();
    }

    /** The next server finds what the last one left; returns the directory of the last one, which the caller removes. */
    Path next() {
        final Path old = current;
        current = following;
        safe = new HashMap<>(followingSafe);
        forgotten = new HashMap<>(followingForgotten);
        failing = false;
        frozen = false;
        return old;
    }

    static void remove(final Path directory) throws IOException {
        final List<Path> all = tree(directory);
        for (final Path path : all.reversed()) {
            Files.delete(path);
        }
        Files.deleteIfExists(directory);
    }

    @Override
    public void close() throws IOException {
        remove(base);
    }

    /** A seed for what happens to one file alone, so that nothing else depends on how many there are. */
    static SplittableRandom random(final long seed, final String name) {
        return new SplittableRandom(seed * 31 + name.hashCode());
    }

    private static String key(final Path directory, final Path file) {
        return directory.relativize(file).toString();
    }

    private static List<Path> tree(final Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return new ArrayList<>(paths.filter(path -> !path.equals(directory))
                    .sorted(Comparator.naturalOrder())
                    .toList());
        }
    }
}
