package io.luyun.server.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.proto.v1.MessageKind;
import io.luyun.server.session.DeviceView;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Who is there, how each one does, and requests to roadside units. Any thread. */
public final class DeviceRoutes {
    private static final String PATH = "/api/v1/devices";
    private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);

    /** Requests that wait for units at once: silent units must not take the threads that answer everybody else. */
    private static final int WAITING = 16;

    private final DeviceSource source;
    private final InstantSource clock;
    private final DeviceRates rates;
    private final Duration patience;
    private final Semaphore free = new Semaphore(WAITING);

    /**
     * Those of a source.
     *
     * @param patience how long a unit may take to acknowledge
     */
    public DeviceRoutes(final DeviceSource source, final InstantSource clock, final Duration patience) {
        this.source = source;
        this.clock = clock;
        this.patience = patience;
        this.rates = new DeviceRates(clock);
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.slow(PATH, Scope.READ, _ -> list()),
                Route.slow(PATH + "/{id}", Scope.READ, this::one),
                Route.change(
                        PATH + "/{id}/configuration",
                        Scope.OPERATE,
                        "device-configuration",
                        request -> ask(request, "CONFIG")),
                Route.change(PATH + "/{id}/query", Scope.OPERATE, "device-query", request -> ask(request, "QUERY")));
    }

    private Answer list() {
        final ObjectNode page = JsonNodeFactory.instance.objectNode();
        final ArrayNode devices = page.putArray("devices");
        source.devices().forEach(view -> devices.add(json(view)));
        return Answer.json(page);
    }

    private Answer one(final Request request) {
        final String id = request.part("id");
        final ObjectNode page = JsonNodeFactory.instance.objectNode();
        final ArrayNode devices = page.putArray("sessions");
        source.devices().stream().filter(view -> view.id().equals(id)).forEach(view -> devices.add(json(view)));
        if (devices.isEmpty()) {
            throw Problem.notFound("id", id);
        }
        page.put("id", id);
        return Answer.json(page);
    }

    private ObjectNode json(final DeviceView view) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", view.id());
        json.put("role", Names.of(view.role()));
        json.put("online", view.online());
        if (view.online()) {
            json.put("since", AlertJson.time(view.sinceNs()));
            json.put("remote", view.remote());
            json.put("protocol", view.protocol());
            final double[] perSecond = rates.perSecond(view);
            final ObjectNode messages = json.putObject("messages");
            final ObjectNode rate = json.putObject("messagesPerSecond");
            for (final MessageKind kind : Names.MESSAGES) {
                if (view.messages()[kind.getNumber()] > 0) {
                    messages.put(Names.of(kind), view.messages()[kind.getNumber()]);
                    rate.put(Names.of(kind), Math.rint(perSecond[kind.getNumber()] * 100) / 100);
                }
            }
            json.put("gaps", view.gaps());
            final ObjectNode refused = json.putObject("refused");
            view.refused().forEach(refused::put);
        }
        if (view.lastAtNs() > 0) {
            json.put("lastMessageAt", AlertJson.time(view.lastAtNs()));
            json.put("clockOffsetMs", view.clockAheadMillis());
        } else {
            json.putNull("clockOffsetMs");
        }
        if (view.certificateUntilMillis() > 0) {
            json.put("certificateDaysLeft", Math.floorDiv(view.certificateUntilMillis() - clock.millis(), DAY_MILLIS));
        } else {
            json.putNull("certificateDaysLeft");
        }
        return json;
    }

    private Answer ask(final Request request, final String what) throws IOException {
        final ObjectNode body = request.json(List.of("content", "management"));
        if (!(body.path("content") instanceof final ObjectNode content)) {
            throw Problem.badRequest("content", body.path("content").toString(), "must be an object");
        }
        final String topic = management(body, what.equals("CONFIG")) ? "OM_CONFIG" : what;
        if (!free.tryAcquire()) {
            throw Problem.of(503, "busy", "as many requests wait for units as may; try again")
                    .with("retry-after", "1");
        }
        try {
            return answer(source.request(request.part("id"), topic, content));
        } finally {
            free.release();
        }
    }

    private Answer answer(final CompletableFuture<DeviceSource.Reply> reply) throws IOException {
        try {
            final DeviceSource.Reply said = reply.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            final ObjectNode answer = JsonNodeFactory.instance.objectNode();
            answer.put("errorCode", said.errorCode());
            answer.put("description", said.description());
            return Answer.json(answer);
        } catch (final TimeoutException e) {
            reply.cancel(false);
            throw Problem.of(504, "no-answer", "the unit did not acknowledge within " + patience.toMillis() + " ms");
        } catch (final ExecutionException e) {
            throw new IOException("the request to the unit failed", e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(503, "closing", "the server goes down");
        }
    }

    private static boolean management(final ObjectNode body, final boolean possible) {
        final JsonNode value = body.path("management");
        if (value.isMissingNode()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw Problem.badRequest("management", value.toString(), "must be true or false");
        }
        if (value.booleanValue() && !possible) {
            throw Problem.badRequest("management", "true", "is for a configuration only");
        }
        return value.booleanValue();
    }
}
