package io.luyun.simulator.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** Frames as units on the road sent them, from the tests of the codec. */
final class RoadFrames {
    private static final Path VECTORS = Path.of("../proto/src/test/resources/io/luyun/proto/uper/vectors.txt");

    private RoadFrames() {}

    static String hex(final String name) {
        try {
            final List<String> lines = Files.readAllLines(VECTORS);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).startsWith(name + ' ')) {
                    return lines.get(i + 1);
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalArgumentException(name);
    }

    static byte[] octets(final String name) {
        return HexFormat.of().parseHex(hex(name));
    }
}
