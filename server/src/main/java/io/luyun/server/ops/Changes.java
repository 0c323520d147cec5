package io.luyun.server.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.audit.AuditEvent;
import io.luyun.server.audit.AuditLog;
import java.io.IOException;

/**
 * Writes down who changes what, before it is done and how it ended. What cannot be written down is not done. Waits for the disk: not
 * on the face's thread. Any other thread.
 */
final class Changes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AuditLog log;

    Changes(final AuditLog log) {
        this.log = log;
    }

    /** Has the change made, and writes down both. */
    Answer make(final Route route, final Request request) throws IOException {
        final ObjectNode asked = details(request);
        asked.set("body", body(request.body()));
        final String line = write(route.change(), request.caller().name(), asked);
        int status = 500;
        try {
            final Answer answer = route.handler().answer(request);
            status = answer.status();
            return answer;
        } catch (final Problem problem) {
            status = problem.answer().status();
            throw problem;
        } finally {
            final ObjectNode done = JsonNodeFactory.instance.objectNode();
            done.put("status", status);
            done.put("of", line);
            write(route.change() + "-done", request.caller().name(), done);
        }
    }

    /** Writes down what has been done without being asked through a route for changes. */
    void note(final String event, final String actor, final Request request) {
        write(event, actor, details(request));
    }

    /** Writes down what was refused, or done without a request that could be told of. */
    void note(final String event, final String actor, final String path, final String address) {
        write(event, actor, details(path, address));
    }

    private String write(final String event, final String actor, final ObjectNode details) {
        return log.append(new AuditEvent(event, actor, details));
    }

    private static ObjectNode details(final Request request) {
        return details(request.path(), request.address());
    }

    private static ObjectNode details(final String path, final String address) {
        final ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.put("path", path);
        details.put("address", address);
        return details;
    }

    private static JsonNode body(final byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (final IOException e) {
            return JsonNodeFactory.instance.textNode("not JSON, " + body.length + " bytes");
        }
    }
}
