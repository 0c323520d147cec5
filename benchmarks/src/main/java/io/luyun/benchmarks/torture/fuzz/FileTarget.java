package io.luyun.benchmarks.torture.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A file that whoever runs the server names: read, or refused in one line. */
final class FileTarget implements Target {
    private final String name;
    private final Path file;
    private final List<byte[]> seeds;
    private final Set<Class<? extends Exception>> refusals;
    private final Reader reader;

    /** Reads a file. */
    interface Reader {
        void read(Path file) throws Exception;
    }

    /**
     * One.
     *
     * @param file to be written with each input
     * @param refusals what the reader throws when the file is not right
     */
    FileTarget(
            final String name,
            final Path file,
            final List<byte[]> seeds,
            final Set<Class<? extends Exception>> refusals,
            final Reader reader) {
        this.name = name;
        this.file = file;
        this.seeds = seeds;
        this.refusals = refusals;
        this.reader = reader;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<byte[]> seeds() {
        return seeds;
    }

    @Override
    public List<byte[]> tokens() {
        return FileTargets.TOKENS;
    }

    @Override
    public int maxLength() {
        return 16_384;
    }

    @Override
    public Limits limits() {
        return Limits.FILE;
    }

    @Override
    public void accept(final byte[] input) {
        try {
            Files.write(file, input);
            reader.read(file);
        } catch (final IOException e) {
            expectOneLine(e);
        } catch (final Exception e) {
            if (refusals.stream().noneMatch(refusal -> refusal.isInstance(e))) {
                throw new IllegalStateException(name + ": " + e + " at " + e.getStackTrace()[0], e);
            }
            expectOneLine(e);
        }
    }

    private void expectOneLine(final Exception e) {
        if (e.getMessage() == null || e.getMessage().indexOf('\n') >= 0) {
            throw new IllegalStateException(name + ": not one line: " + e, e);
        }
    }
}
