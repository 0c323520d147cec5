package io.luyun.simulator.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What devices prove themselves with, by the ids they are played as.
 *
 * @param byId tokens of devices
 * @param others token of all others; null for none
 */
public record Tokens(Map<String, String> byId, @Nullable String others) {
    /** No device has one. */
    public static final Tokens NONE = new Tokens(Map.of(), null);

    public Tokens {
        byId = Map.copyOf(byId);
    }

    /**
     * Reads a file with an id and a token a line; empty lines and those that begin with # are passed over.
     *
     * @throws IllegalArgumentException with the line that is none of these
     */
    public static Tokens read(final Path file, final @Nullable String others) throws IOException {
        final List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        final Map<String, String> tokens = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            final String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            final String[] words = line.split("\\s+");
            if (words.length != 2) {
                throw new IllegalArgumentException(
                        "--tokens " + file + " line " + (i + 1) + ": must be a device id and its token");
            }
            if (tokens.put(words[0], words[1]) != null) {
                throw new IllegalArgumentException(
                        "--tokens " + file + " line " + (i + 1) + ": " + words[0] + " has a token already");
            }
        }
        return new Tokens(tokens, others);
    }

    @Nullable
    String of(final String id) {
        return byId.getOrDefault(id, others);
    }

    @Override
    public String toString() {
        return byId.size() + " tokens";
    }
}
