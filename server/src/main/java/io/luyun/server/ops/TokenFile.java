package io.luyun.server.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may log in: a file with a line for each token, {@code name:scope[,scope]:sha256-hex-of-the-token}. Read again when it changes; a
 * file that has become wrong leaves nobody out who was in, and nobody in who was not. Any thread.
 */
final class TokenFile {
    /** What names of tokens look like; they go into the audit log and to the page. */
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

    private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

    private final Path file;
    private String stamp;
    private Map<String, Holder> holders;

    /** Whose a token is. */
    record Holder(String name, Scope scope) {}

    private TokenFile(final Path file, final String stamp, final Map<String, Holder> holders) {
        this.file = file;
        this.stamp = stamp;
        this.holders = holders;
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException when it is not right; one line
     */
    static TokenFile load(final Path file) {
        final String stamp = stampOf(file);
        return new TokenFile(file, stamp, read(file));
    }

    /** Whose token has this SHA-256; null for nobody's. */
    synchronized @Nullable Holder holder(final String sha256) {
        return holders.get(sha256);
    }

    /** Reads the file again when it has changed. */
    synchronized void look() {
        final String now = stampOf(file);
        if (!now.equals(stamp)) {
            stamp = now;
            try {
                holders = read(file);
                LOG.info("{} tokens in {}", holders.size(), file);
            } catch (final IllegalArgumentException e) {
                LOG.warn("ops.tokens = {}: {}; the tokens known before go on", file, e.getMessage());
            }
        }
    }

    private static Map<String, Holder> read(final Path file) {
        final List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (final IOException e) {
            throw new IllegalArgumentException("must be a readable file (" + e + ")", e);
        }
        final Map<String, Holder> holders = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            final String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(holders, "line " + (i + 1), line);
            }
        }
        return holders;
    }

    private static void add(final Map<String, Holder> holders, final String where, final String line) {
        final String[] parts = line.split(":", -1);
        if (parts.length != 3
                || !NAME.matcher(parts[0]).matches()
                || !HASH.matcher(parts[2]).matches()) {
            throw new IllegalArgumentException(
                    where + " must be name:scope[,scope]:SHA-256 of the token in 64 hexadecimal digits");
        }
        Scope highest = null;
        for (final String label : parts[1].split(",", -1)) {
            final Scope scope = Scope.of(label);
            if (scope == null) {
                throw new IllegalArgumentException(where + " has a scope that is none of read, operate and admin");
            }
            highest = highest == null || scope.includes(highest) ? scope : highest;
        }
        if (highest != null && holders.put(parts[2].toLowerCase(Locale.ROOT), new Holder(parts[0], highest)) != null) {
            throw new IllegalArgumentException(where + " has the same token as a line before");
        }
    }

    private static String stampOf(final Path file) {
        try {
            final BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
        } catch (final IOException e) {
            return "unreadable: " + e;
        }
    }
}
