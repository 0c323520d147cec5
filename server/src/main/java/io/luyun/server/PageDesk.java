package io.luyun.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.proto.v1.AlertAcknowledged;
import io.luyun.proto.v1.AlertAcknowledgement;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.SessionClosed;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalReader;
import io.luyun.server.net.MqttEndpoint;
import io.luyun.server.ops.DeviceSource;
import io.luyun.server.ops.OperatorRecords;
import io.luyun.server.ops.ParticipantSource;
import io.luyun.server.ops.Problem;
import io.luyun.server.session.DeviceView;
import io.luyun.server.session.Sessions;
import io.luyun.server.world.Participant;
import io.luyun.server.world.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the operations page asks of the running line: questions go to the line's thread, what people do goes into the journal as the
 * records of a session of their own. Any thread but the face's and the line's, since it waits.
 */
final class PageDesk implements DeviceSource, OperatorRecords, ParticipantSource {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final String MQTT = "mqtt";
    private static final String AGENT = "operations page";

    private final EpochNanoClock clock;
    private volatile @Nullable ServerLine line;

    PageDesk(final EpochNanoClock clock) {
        this.clock = clock;
    }

    /** Everything runs. */
    void running(final ServerLine running) {
        line = running;
    }

    @Override
    public List<DeviceView> devices() {
        return line().devices().devices();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // hands a cancelling on and lets nothing through
    public CompletableFuture<Reply> request(final String device, final String what, final ObjectNode content) {
        final MqttEndpoint mqtt = line().mqtt();
        if (mqtt == null) {
            throw Problem.of(409, "no-mqtt", "requests to units go over MQTT, which is not enabled here");
        }
        final List<DeviceView> there = devices().stream()
                .filter(view -> view.online() && view.id().equals(device))
                .toList();
        if (there.isEmpty()) {
            throw Problem.notFound("id", device);
        }
        if (there.stream().noneMatch(view -> view.protocol().equals(MQTT))) {
            throw Problem.of(409, "no-mqtt", "requests to units go over MQTT, which this device does not speak");
        }
        final var asked = mqtt.request(
                device,
                what,
                number -> content.deepCopy()
                        .put("seqNum", number)
                        .put("ack", true)
                        .toString());
        final CompletableFuture<Reply> reply = asked.thenApply(ack -> new Reply(ack.errorCode(), ack.description()));
        reply.whenComplete((_, _) -> {
            if (reply.isCancelled()) {
                asked.cancel(false);
            }
        });
        return reply;
    }

    @Override
    public long acknowledge(final String device, final AlertAcknowledgement acknowledgement) {
        final Journal journal = line().journal();
        final String refusal = journal.writer().refusal();
        if (refusal != null) {
            throw Problem.of(503, "not-ready", refusal);
        }
        final int index = journal.devices().indexOf(device);
        final long session = journal.devices().newSessionId() << Sessions.LOOP_BITS;
        final long before = journal.writer().appendedSequence();
        final long nowNs = clock.nanoTime();
        final SessionOpened opened = SessionOpened.newBuilder()
                .setSessionId(session)
                .setDeviceId(device)
                .setRole(Role.ROLE_OPERATOR)
                .setBootEpoch(nowNs)
                .setAgent(AGENT)
                .setBeside(true)
                .build();
        final AlertAcknowledged said = AlertAcknowledged.newBuilder()
                .setSessionId(session)
                .setAcknowledgement(acknowledgement)
                .build();
        final SessionClosed closed = SessionClosed.newBuilder()
                .setSessionId(session)
                .setReason("said")
                .build();
        offer(journal, RecordKind.RECORD_KIND_SESSION_OPENED_VALUE, index, session, nowNs, opened.toByteArray());
        offer(journal, RecordKind.RECORD_KIND_ALERT_ACKNOWLEDGED_VALUE, index, session, nowNs, said.toByteArray());
        offer(journal, RecordKind.RECORD_KIND_SESSION_CLOSED_VALUE, index, session, nowNs, closed.toByteArray());
        return awaitSynced(journal, before + 1, index);
    }

    @Override
    public @Nullable Trace find(final long id) {
        final ServerLine running = line();
        final CompletableFuture<@Nullable Trace> found = new CompletableFuture<>();
        if (!running.ask((world, name) -> {
            final Participant[] one = new Participant[1];
            world.forEach(participant -> {
                if (participant.id() == id) {
                    one[0] = participant;
                }
            });
            found.complete(one[0] == null ? null : trace(world, one[0], name));
        })) {
            throw Problem.of(503, "busy", "too many questions to the line; try again");
        }
        try {
            return found.get(PATIENCE_NS, TimeUnit.NANOSECONDS);
        } catch (final TimeoutException | ExecutionException e) {
            throw Problem.of(503, "not-ready", "the line does not answer");
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(503, "closing", "the server goes down");
        }
    }

    @Override
    public Origin origin(final long id) {
        return new Origin(World.sequenceOf(id), World.ordinalOf(id));
    }

    private static Trace trace(final World world, final Participant one, final ServerLine.DeviceNames names) {
        final List<Sighting> sightings = new ArrayList<>();
        world.forEachSighting(
                one, (unit, ptcId, lastAtNs) -> sightings.add(new Sighting(names.of(unit), ptcId, lastAtNs)));
        sightings.sort(Comparator.comparing(Sighting::unit).thenComparingInt(Sighting::ptcId));
        return new Trace(
                one.id(),
                one.device() < 0 ? "" : names.of(one.device()),
                one.seenBy() < 0 ? "" : names.of(one.seenBy()),
                one.ptcId(),
                List.copyOf(sightings),
                one.lastSequence(),
                one.firstAtNs(),
                one.lastAtNs(),
                one.latE7(),
                one.lonE7(),
                one.speed() == Participant.ABSENT ? Double.NaN : one.speedMps(),
                one.heading() == Participant.ABSENT ? Double.NaN : one.headingDeg());
    }

    /** They stay in order: each waits until the one before is in the intake. */
    private static void offer(
            final Journal journal,
            final int kind,
            final int device,
            final long session,
            final long nowNs,
            final byte[] payload) {
        final long startNs = System.nanoTime();
        while (!journal.writer().offer(kind, device, 0, session, nowNs, new UnsafeBuffer(payload), 0, payload.length)) {
            if (System.nanoTime() - startNs > PATIENCE_NS) {
                throw Problem.of(503, "busy", "the journal takes nothing more for now; try again");
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    /** Reads on until the acknowledgement of this device is there and on the disk. */
    private static long awaitSynced(final Journal journal, final long from, final int device) {
        final long startNs = System.nanoTime();
        long sequence = 0;
        long atNs = 0;
        try (JournalReader reader = journal.reader(from)) {
            while (System.nanoTime() - startNs < PATIENCE_NS) {
                while (sequence == 0 && reader.next()) {
                    if (reader.kind() == RecordKind.RECORD_KIND_ALERT_ACKNOWLEDGED_VALUE
                            && reader.deviceIndex() == device) {
                        sequence = reader.sequence();
                        atNs = reader.receivedAtNs();
                    }
                }
                if (sequence != 0 && journal.writer().syncedSequence() >= sequence) {
                    return atNs;
                }
                LockSupport.parkNanos(LOOK_NS);
            }
        }
        throw Problem.of(
                503, "not-safe", "the journal did not bring it to the disk in time; it may be there all the same");
    }

    private ServerLine line() {
        final ServerLine running = line;
        if (running == null) {
            throw Problem.of(503, "not-ready", "the server is starting");
        }
        return running;
    }
}
