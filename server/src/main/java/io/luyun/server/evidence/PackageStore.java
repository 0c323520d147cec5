package io.luyun.server.evidence;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.audit.FileHash;
import io.luyun.server.journal.SafeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a zone's evidence.
 *
 * <pre>
 *   evidence/
 *     chain.ndjson      all packages ever sealed, see {@link Chain}
 *     making            whoever makes one has it, so that no two processes make the same
 *     suppressed.json   incidents that were only counted, see {@link SuppressedIncidents}
 *     lock              whoever puts or removes a package has it, in whatever process
 *     pending/ID.json   incidents that are not sealed yet
 *     packages/ID/      sealed ones
 *     packages/.ID      one in the making; of no worth when its writer is gone
 * </pre>
 *
 * A package gets its name when all of it is on the disk, then its line in the chain. Any thread; changes are one at a time.
 */
public final class PackageStore {
    static final String MANIFEST = "manifest.json";
    private static final String PACKAGES = "packages";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final Chain chain;
    /** A sealed package does not change, so what a list tells of it is read once. */
    private final Map<String, ObjectNode> briefs = new ConcurrentHashMap<>();

    /** One in a directory, which is made when something is put into it. */
    public PackageStore(final Path directory, final InstantSource clock) {
        this.directory = directory;
        chain = new Chain(directory, clock);
    }

    Path directory() {
        return directory;
    }

    Path pending() {
        return directory.resolve("pending");
    }

    private Path packages() {
        return directory.resolve(PACKAGES);
    }

    /** Ids of the sealed packages, oldest incident first. */
    public List<String> ids() {
        if (!Files.isDirectory(packages())) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(packages())) {
            return all.map(each -> String.valueOf(each.getFileName()))
                    .filter(name -> NAME.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (final IOException e) {
            throw new EvidenceException("cannot list " + packages() + ": " + e.getMessage(), e);
        }
    }

    /** The directory of a package; null when there is none of that id. */
    public @Nullable Path find(final String id) {
        if (!NAME.matcher(id).matches()) {
            return null;
        }
        final Path there = packages().resolve(id);
        return Files.isDirectory(there) ? there : null;
    }

    /** A file of a package; null when there is none. */
    public @Nullable Path file(final String id, final String name) {
        final Path there = find(id);
        if (there == null || !NAME.matcher(name).matches()) {
            return null;
        }
        final Path file = there.resolve(name);
        return Files.isRegularFile(file) ? file : null;
    }

    /**
     * What a package says of itself; null when there is none.
     *
     * @throws EvidenceException when it cannot be read
     */
    public @Nullable ObjectNode manifest(final String id) {
        final Path file = file(id, MANIFEST);
        return file == null ? null : read(file);
    }

    /** What a list tells of a package; null when there is none. */
    @Nullable
    ObjectNode brief(final String id) {
        final ObjectNode known = briefs.get(id);
        if (known != null) {
            return find(id) == null ? null : known.deepCopy();
        }
        final ObjectNode manifest = manifest(id);
        if (manifest == null) {
            return null;
        }
        final ObjectNode made = EvidenceList.brief(id, manifest);
        briefs.put(id, made);
        return made.deepCopy();
    }

    static ObjectNode read(final Path file) {
        try {
            final JsonNode node = JSON.readTree(Files.readAllBytes(file));
            if (node instanceof final ObjectNode object) {
                return object;
            }
            throw new EvidenceException(file + ": is no JSON object");
        } catch (final JacksonException e) {
            throw new EvidenceException(file + ": is no JSON: " + e.getOriginalMessage(), e);
        } catch (final IOException e) {
            throw new EvidenceException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Bytes of all packages that can be read. */
    long bytes() {
        long bytes = 0;
        for (final JsonNode each : EvidenceList.of(this, List.of()).path("packages")) {
            bytes += each.path("bytes").asLong();
        }
        return bytes;
    }

    /** Hash of the manifest that was sealed last; empty for none. */
    public String head() {
        final Chain.Link last = chain().last();
        return last == null ? "" : last.sha256();
    }

    synchronized Chain.Content chain() {
        return chain.read();
    }

    /** Waits until no other process makes a package, and keeps others from it until it is closed. */
    Making making() throws IOException {
        final Making making = tryMaking(true);
        if (making == null) {
            throw new EvidenceException("another package is being made in " + directory);
        }
        return making;
    }

    private @Nullable Making tryMaking(final boolean wait) throws IOException {
        Files.createDirectories(packages());
        final FileChannel channel =
                FileChannel.open(directory.resolve("making"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean had = false;
        try {
            had = (wait ? channel.lock() : channel.tryLock()) != null;
        } catch (final OverlappingFileLockException e) {
            // by this process, in another room
            had = false;
        } finally {
            if (!had) {
                channel.close();
            }
        }
        return had ? new Making(channel) : null;
    }

    /** The right to make a package; its lock is its channel's. One thread. */
    final class Making implements AutoCloseable {
        private final FileChannel channel;

        private Making(final FileChannel channel) {
            this.channel = channel;
        }

        /** An empty directory in which a package is made. */
        Path begin(final String id) throws IOException {
            discard(id);
            return Files.createDirectories(packages().resolve("." + id));
        }

        /** Throws away what was made and has not got its name. */
        void discard(final String id) throws IOException {
            delete(packages().resolve("." + id));
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** Writes what goes before the end of a package: its place in the chain. */
    interface Manifest {
        void write(long number, Chain.@Nullable Link before) throws IOException;
    }

    /** Gives a package that is on the disk its place in the chain, its manifest, its name. */
    synchronized void seal(final String id, final Path made, final Manifest manifest) throws IOException {
        try (FileChannel channel = lockFile();
                FileLock _ = channel.lock()) {
            recover();
            final Chain.Link last = chain.read().last();
            final long number = highest() + 1;
            manifest.write(number, last);
            SafeFile.force(made.resolve(MANIFEST));
            SafeFile.force(made);
            final String sha256 = FileHash.of(made.resolve(MANIFEST));
            Files.move(made, packages().resolve(id), StandardCopyOption.ATOMIC_MOVE);
            SafeFile.force(packages());
            chain.sealed(number, id, sha256);
        }
    }

    private long highest() {
        return chain.read().links().values().stream()
                .mapToLong(Chain.Link::number)
                .max()
                .orElse(0);
    }

    /** Enters into the chain what got its name and not its line, since its writer was gone in between. */
    private void recover() throws IOException {
        final Chain.Content content = chain.read();
        for (final String id : ids()) {
            if (!content.links().containsKey(id)) {
                final ObjectNode manifest = manifest(id);
                final long number =
                        manifest == null ? 0 : manifest.path("number").asLong();
                if (number == highest() + 1) {
                    chain.sealed(number, id, FileHash.of(packages().resolve(id).resolve(MANIFEST)));
                }
            }
        }
    }

    /** What a writer has left that is gone: finishes what is whole, throws away what is not. */
    synchronized void cleanUp() throws IOException {
        if (!Files.isDirectory(packages())) {
            return;
        }
        try (FileChannel channel = lockFile();
                FileLock _ = channel.lock()) {
            recover();
        }
        try (Making making = tryMaking(false)) {
            if (making == null) {
                return; // what is unfinished is being made
            }
            final List<Path> unfinished;
            try (Stream<Path> all = Files.list(packages())) {
                unfinished = all.filter(
                                each -> String.valueOf(each.getFileName()).startsWith("."))
                        .toList();
            }
            for (final Path each : unfinished) {
                delete(each);
            }
        }
    }

    /** Lets go of packages whose window ended before this time; answers their ids. */
    synchronized List<String> removeBefore(final long timeNs) throws IOException {
        final List<String> removed = new ArrayList<>();
        try (FileChannel channel = lockFile();
                FileLock _ = channel.lock()) {
            for (final String id : ids()) {
                final ObjectNode brief = brief(id);
                final Chain.Link link = chain.read().links().get(id);
                if (brief != null && link != null && Incident.of(brief).untilNs() < timeNs) {
                    chain.removed(link);
                    delete(packages().resolve(id));
                    briefs.remove(id);
                    removed.add(id);
                }
            }
        }
        return removed;
    }

    private FileChannel lockFile() throws IOException {
        Files.createDirectories(packages());
        return FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void delete(final Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(final Path visited, final @Nullable IOException failed)
                    throws IOException {
                if (failed != null) {
                    throw failed;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
