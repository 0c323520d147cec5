package io.luyun.server.exchange.place;

import io.luyun.proto.v1.MessageKind;
import io.luyun.server.exchange.intake.ImportAccount;
import io.luyun.server.exchange.intake.ImportSource;
import io.luyun.server.exchange.intake.NewRecording;
import io.luyun.server.research.RoadUserClass;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The road users of a file of FCD, as SUMO writes it with {@code --fcd-output.geo} and {@link FcdExporter} does, each a device that says
 * in every step where it is: vehicles by BSM, persons and who is on a cycle by PSM. One thread.
 */
public final class FcdImport implements ImportSource {
    private static final long NANOS_A_MILLI = 1_000_000L;
    private static final long NANOS_A_SECOND = 1_000_000_000L;
    private static final Instant LAST = Instant.ofEpochSecond(LAST_NS / NANOS_A_SECOND);

    private final FcdUsers users;
    private final long startNs;
    private final FcdMessages messages = new FcdMessages();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private boolean ahead;
    private int kind;

    /**
     * Opens a file and looks at the first in it.
     *
     * @param start when time 0 is; null where the file itself says so, as those of {@link FcdExporter} do
     * @throws FcdException when it is no FCD, says not when time 0 is, or has its first road user at no place on the earth
     */
    public FcdImport(final Path path, final @Nullable Instant start) throws IOException {
        users = FcdUsers.open(path, null);
        try {
            startNs = nanos(path, start == null ? users.start() : start);
            users.upTo((LAST_NS - startNs) / (double) NANOS_A_MILLI, "seconds, 0 or more, up to " + LAST);
            ahead = find();
        } catch (final IOException e) {
            users.close();
            throw e;
        }
    }

    /** Whether a file looks like one, packed or not, by what it begins with. */
    public static boolean looksLike(final Path path) throws IOException {
        return FcdFile.isXml(path);
    }

    private static long nanos(final Path path, final @Nullable Instant start) throws FcdException {
        if (start == null) {
            throw new FcdException(
                    path + ": does not say when its time 0 is; --start must, as in" + " --start 2026-11-24T06:00:00Z");
        }
        if (!start.isAfter(Instant.EPOCH) || start.isAfter(LAST)) {
            throw new FcdException(
                    path + ": time 0 at " + start + ": must be after 1970-01-01T00:00:00Z, up to " + LAST);
        }
        return start.getEpochSecond() * NANOS_A_SECOND + start.getNano();
    }

    @Override
    public boolean next() throws IOException {
        if (ahead) {
            ahead = false;
            return true;
        }
        return find();
    }

    /** Goes to the next one of whom a record can be made. */
    private boolean find() throws FcdException {
        while (!users.nextUser()) {
            if (!users.nextStep()) {
                return false;
            }
        }
        final RoadUserClass type = users.user().type();
        final boolean alone = type == RoadUserClass.PEDESTRIAN || type == RoadUserClass.BICYCLE;
        kind = alone ? MessageKind.MESSAGE_KIND_PSM_VALUE : MessageKind.MESSAGE_KIND_BSM_VALUE;
        buffer.wrap(alone ? messages.psm(users.user(), timeNs()) : messages.bsm(users.user(), timeNs()));
        return true;
    }

    @Override
    public long timeNs() {
        return startNs + users.timeMillis() * NANOS_A_MILLI;
    }

    @Override
    public void give(final NewRecording to) {
        to.message(kind, users.user().id(), timeNs(), buffer, buffer.capacity());
        users.record();
    }

    @Override
    public long octetsRead() {
        return users.octetsRead();
    }

    @Override
    public ImportAccount account() {
        return users.account();
    }

    @Override
    public void close() throws IOException {
        users.close();
    }
}
