package io.luyun.server.ops;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the route of a method and path. Immutable. */
final class Router {
    private final List<Candidate> candidates;

    private record Candidate(Route route, List<String> segments) {}

    /**
     * What was found.
     *
     * @param route null where the path has none for the method
     * @param parts what stands in place of the names of its pattern
     * @param allowed methods of the path; empty for a path that is not known
     */
    record Match(@Nullable Route route, Map<String, String> parts, Set<String> allowed) {}

    Router(final List<Route> routes) {
        candidates = routes.stream()
                .map(route -> new Candidate(route, route.segments()))
                .toList();
    }

    List<Route> routes() {
        return candidates.stream().map(Candidate::route).toList();
    }

    Match find(final String method, final String path) {
        final List<String> segments = List.of(path.substring(1).split("/", -1));
        final String wanted = method.equals("HEAD") ? "GET" : method;
        final Set<String> allowed = new TreeSet<>();
        for (final Candidate candidate : candidates) {
            final Map<String, String> parts = parts(candidate.segments, segments);
            if (parts != null) {
                final Route route = candidate.route;
                if (route.method().equals(wanted)) {
                    return new Match(route, parts, Set.of());
                }
                allowed.add(route.method());
                if (route.method().equals("GET")) {
                    allowed.add("HEAD");
                }
            }
        }
        return new Match(null, Map.of(), allowed);
    }

    private static @Nullable Map<String, String> parts(final List<String> pattern, final List<String> segments) {
        if (pattern.size() != segments.size()) {
            return null;
        }
        final Map<String, String> parts = new LinkedHashMap<>();
        for (int i = 0; i < pattern.size(); i++) {
            final String wanted = pattern.get(i);
            final String segment = segments.get(i);
            if (wanted.startsWith("{")) {
                if (segment.isEmpty()) {
                    return null;
                }
                parts.put(wanted.substring(1, wanted.length() - 1), decoded(segment));
            } else if (!wanted.equals(segment)) {
                return null;
            }
        }
        return parts;
    }

    private static String decoded(final String segment) {
        try {
            // as a path: a plus sign is a plus sign there
            return new QueryStringDecoder(segment).path();
        } catch (final IllegalArgumentException e) {
            throw Problem.badRequest("path", segment, "must be well-formed where it has percent signs");
        }
    }
}
