package io.luyun.benchmarks.torture.fuzz;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.audit.AuditLog;
import io.luyun.server.core.CoreConfig;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.live.LiveConfig;
import io.luyun.server.live.LiveHub;
import io.luyun.server.live.LivePipe;
import io.luyun.server.live.LiveRoads;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import io.luyun.server.ops.Answer;
import io.luyun.server.ops.BrowserSockets;
import io.luyun.server.ops.OpsConfig;
import io.luyun.server.ops.OpsEnvironment;
import io.luyun.server.ops.OpsServer;
import io.luyun.server.ops.Route;
import io.luyun.server.ops.Scope;
import io.luyun.server.site.SiteConfig;
import io.luyun.server.world.WorldConfig;
import io.luyun.server.world.ZoneMap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP face: request line, headers, body, routes, and the frames and texts of WebSockets. Each input is a connection. What is
 * answered on other threads is left out, since an input's cost is to be its own.
 */
final class HttpTarget implements Target {
    private static final List<byte[]> ELSEWHERE = Seeds.texts("/api/v1/session", "/api/v1/audit");
    private static final int STEP_MILLIS = 20;

    private final String name;
    private final byte @Nullable [] first;
    private final List<byte[]> seeds;
    private final OpsServer face;
    private final LiveHub hub;
    private @Nullable EmbeddedChannel channel;
    private @Nullable Throwable wrong;
    private Instant now = Instant.ofEpochSecond(0, Port.NOW_NS);

    private HttpTarget(
            final String name, final byte @Nullable [] first, final List<byte[]> seeds, final SmallJournal journal) {
        this.name = name;
        this.first = first;
        this.seeds = seeds;
        hub = hub(Journal.openReadOnly(journal.journal()));
        face = new OpsServer(
                new OpsConfig("127.0.0.1", 0, "", 60, 100_000, 1_024, 5_000, 5_000, List.of(), OpsConfig.Tls.off()),
                new NothingToTell(),
                new OpsEnvironment(
                        new Counters(),
                        new Latencies(),
                        this::onError,
                        new AuditLog(journal.data().resolve("audit.ndjson"), () -> now),
                        () -> now,
                        journal.data()),
                List.of(
                        Route.quick(
                                "/api/v1/things/{id}", Scope.READ, request -> Answer.json(List.of(request.part("id")))),
                        new Route(
                                "POST",
                                "/api/v1/things",
                                Scope.READ,
                                Route.Pace.QUICK,
                                "",
                                request -> Answer.json(
                                        List.of(request.json(List.of("a", "b")).toString())))),
                new BrowserSockets(hub, () -> Port.NOW_NS, this::onError));
    }

    static Target requests(final SmallJournal journal) {
        return new HttpTarget("http", null, HttpBytes.requests(), journal);
    }

    static Target socket(final SmallJournal journal) {
        return new HttpTarget("websocket", HttpBytes.handshake(), HttpBytes.frames(), journal);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<byte[]> seeds() {
        return seeds;
    }

    @Override
    public List<byte[]> tokens() {
        return HttpBytes.TOKENS;
    }

    /** A request may ask for the state of the whole server, and what is made for that counts. */
    @Override
    public Limits limits() {
        return first == null ? Limits.ANSWERED : Limits.WIRE;
    }

    @Override
    public boolean buffers() {
        return true;
    }

    @Override
    public void ready() {
        close(channel);
        now = now.plusMillis(STEP_MILLIS);
        final EmbeddedChannel fresh = new EmbeddedChannel();
        channel = fresh;
        face.fill(fresh.pipeline());
        fresh.pipeline().fireChannelActive();
        if (first != null) {
            send(fresh, first);
        }
    }

    @Override
    public void accept(final byte[] input) {
        final EmbeddedChannel to = channel;
        if (to != null && !goesElsewhere(input)) {
            send(to, input);
        }
    }

    private void send(final EmbeddedChannel to, final byte[] bytes) {
        final ByteBuf read = ByteBufAllocator.DEFAULT.directBuffer(Math.max(1, bytes.length));
        read.writeBytes(bytes);
        to.writeInbound(read);
        to.runPendingTasks();
        to.checkException();
        for (Object out = to.readOutbound(); out != null; out = to.readOutbound()) {
            ReferenceCountUtil.release(out);
        }
        if (wrong != null) {
            final Throwable told = wrong;
            wrong = null;
            throw new IllegalStateException("the server failed: " + told, told);
        }
    }

    private static boolean goesElsewhere(final byte[] input) {
        final String text = new String(input, StandardCharsets.ISO_8859_1);
        for (final byte[] path : ELSEWHERE) {
            if (text.contains(new String(path, StandardCharsets.ISO_8859_1))) {
                return true;
            }
        }
        return false;
    }

    private static void close(final @Nullable EmbeddedChannel before) {
        if (before != null) {
            before.finishAndReleaseAll();
        }
    }

    private LiveHub hub(final JournalArchive journal) {
        return new LiveHub(
                LiveConfig.defaults(),
                "fuzz",
                new LivePipe(),
                new LiveRoads(
                        new CoreConfig(
                                ZoneMap.empty(296_000_000, 1_063_000_000),
                                WorldConfig.DEFAULT,
                                SiteConfig.DEFAULT,
                                AlertConfig.DEFAULT),
                        () -> journal,
                        () -> journal,
                        () -> 0,
                        i -> "fuzz-" + i),
                alert -> JsonNodeFactory.instance.objectNode(),
                new Counters(),
                this::onError);
    }

    private void onError(final Throwable error) {
        wrong = error;
    }

    @Override
    public void close() {
        close(channel);
        hub.close();
        face.close();
    }
}
