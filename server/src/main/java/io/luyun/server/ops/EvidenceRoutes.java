package io.luyun.server.ops;

import io.luyun.server.evidence.EvidenceFace;
import io.luyun.server.evidence.RefusedRequestException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Frozen incidents: what there is, what is in it, whether it is whole, and freezing by hand. Whoever looks into a package stands in the
 * audit log. Any thread.
 */
public final class EvidenceRoutes {
    private static final String PATH = "/api/v1/evidence";
    private static final String OCTETS = "application/octet-stream";
    private static final Map<String, String> TYPES = Map.of(
            "json",
            Answer.JSON,
            "ndjson",
            "application/x-ndjson",
            "geojson",
            "application/geo+json",
            "txt",
            Answer.TEXT);

    private final Supplier<EvidenceFace> source;

    /** Those of a server's evidence, which may refuse with a {@link Problem} while there is none. */
    public EvidenceRoutes(final Supplier<EvidenceFace> source) {
        this.source = source;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.slow(PATH, Scope.READ, _ -> json(200, source.get().list())),
                Route.slow(PATH + "/{id}", Scope.READ, this::one),
                Route.slow(PATH + "/{id}/file/{name}", Scope.READ, this::file),
                Route.change(PATH, Scope.OPERATE, "evidence-request", this::freeze),
                // changes nothing, and takes long: all of a package is read
                new Route("POST", PATH + "/{id}/verification", Scope.OPERATE, Route.Pace.SLOW, "", this::verify));
    }

    private Answer one(final Request request) {
        return found(request, source.get().get(request.part("id"), actor(request)));
    }

    private Answer file(final Request request) {
        final String id = request.part("id");
        final String name = request.part("name");
        final Path file = source.get().file(id, name, actor(request));
        if (file == null) {
            throw Problem.notFound("id", id + "/file/" + name);
        }
        return Answer.file(TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), OCTETS), file)
                .with("content-disposition", "attachment; filename=\"" + name + '"');
    }

    private Answer freeze(final Request request) {
        try {
            return json(202, source.get().freeze(request.body(), actor(request)));
        } catch (final RefusedRequestException e) {
            throw Problem.badRequest(e.field(), e.value(), e.rule());
        }
    }

    private Answer verify(final Request request) {
        return found(request, source.get().verify(request.part("id"), actor(request)));
    }

    private static Answer found(final Request request, final byte @Nullable [] told) {
        if (told == null) {
            throw Problem.notFound("id", request.part("id"));
        }
        return json(200, told);
    }

    private static Answer json(final int status, final byte[] told) {
        return Answer.of(status, Answer.JSON, told);
    }

    private static String actor(final Request request) {
        return request.caller().name();
    }
}
