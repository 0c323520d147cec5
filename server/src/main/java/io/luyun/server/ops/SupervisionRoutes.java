package io.luyun.server.ops;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The test vehicles as they are now. Any thread. */
public final class SupervisionRoutes {
    private static final byte[] NONE = "{\"vehicles\":[]}".getBytes(StandardCharsets.UTF_8);

    private final Supplier<byte @Nullable []> source;

    /**
     * Those of a source.
     *
     * @param source the table as JSON; null where there are no test vehicles
     */
    public SupervisionRoutes(final Supplier<byte @Nullable []> source) {
        this.source = source;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.quick("/api/v1/supervision", Scope.READ, _ -> {
            final byte[] table = source.get();
            return Answer.of(200, Answer.JSON, table == null ? NONE : table);
        }));
    }
}
