package io.luyun.server.ops;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path, what may be done with it and who does it.
 *
 * @param method of HTTP; a route of GET answers HEAD as well
 * @param pattern the path, with names in braces for segments of any kind: {@code /api/v1/alerts/{id}}
 * @param scope what one must have; null for nothing
 * @param pace where the handler runs
 * @param change what the audit log calls it, for a route that changes something; empty for one that does not
 * @param handler answers
 */
public record Route(String method, String pattern, @Nullable Scope scope, Pace pace, String change, Handler handler) {
    /** Where a handler runs. */
    public enum Pace {
        /** On the face's thread: it answers out of memory, within a millisecond. */
        QUICK,
        /** On a thread of its own: it may read files and wait. */
        SLOW
    }

    /** Answers requests. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Answers one.
         *
         * @throws Problem when it cannot be answered as asked
         */
        Answer answer(Request request) throws IOException;
    }

    /** One that is answered out of memory. */
    public static Route quick(final String pattern, final @Nullable Scope scope, final Handler handler) {
        return new Route("GET", pattern, scope, Pace.QUICK, "", handler);
    }

    /** One that is answered out of files. */
    public static Route slow(final String pattern, final @Nullable Scope scope, final Handler handler) {
        return new Route("GET", pattern, scope, Pace.SLOW, "", handler);
    }

    /** A POST that changes something. What it was asked, and how it ended, goes into the audit log. */
    public static Route change(final String pattern, final Scope scope, final String event, final Handler handler) {
        return new Route("POST", pattern, scope, Pace.SLOW, event, handler);
    }

    /** The segments of the pattern. */
    List<String> segments() {
        return List.of(pattern.substring(1).split("/", -1));
    }
}
