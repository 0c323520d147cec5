package io.luyun.simulator.source;

import io.luyun.server.exchange.place.FcdGround;
import io.luyun.server.exchange.place.FcdUsers;
import io.luyun.server.zone.ImportException;
import io.luyun.server.zone.SumoGround;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where floating car data come from. */
public interface FcdInput {
    /** What it is called in errors. */
    String name();

    /** Opens it at its beginning; closed by the caller. */
    FcdUsers open() throws IOException;

    /** Whether it can be opened more than once. */
    boolean again();

    /**
     * A file in metres of a SUMO network.
     *
     * @throws IOException when the network cannot be read, or has no projection
     */
    static FcdInput ofNetwork(final Path path, final Path net) throws IOException {
        try {
            return file(path, SumoGround.of(net, null)::place);
        } catch (final ImportException e) {
            throw new IOException(net + ": " + e.getMessage(), e);
        }
    }

    /**
     * A file, plain or packed by gzip.
     *
     * @param ground where its places are; null when it has longitudes and latitudes
     */
    static FcdInput file(final Path path, final @Nullable FcdGround ground) {
        return new FcdInput() {
            @Override
            public String name() {
                return path.toString();
            }

            @Override
            public FcdUsers open() throws IOException {
                return FcdUsers.open(path, ground);
            }

            @Override
            public boolean again() {
                return true;
            }
        };
    }
}
