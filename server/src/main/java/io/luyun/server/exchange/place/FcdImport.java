package io.luyun.server.exchange.place;

import io.luyun.proto.v1.MessageKind;
import io.luyun.server.exchange.intake.ImportAccount;
import io.luyun.server.exchange.intake.ImportSource;
import io.luyun.server.exchange.intake.NewRecording;
import io.luyun.server.research.RoadUserClass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The road users of a file of FCD, as SUMO writes it with {@code --fcd-output.geo} and {@link FcdExporter} does, each a device that says
 * in every step where it is: vehicles by BSM, persons and who is on a cycle by PSM. A value that is not as it must be is counted and left
 * out, with the road user of that step where nothing can be said without it. One thread.
 */
public final class FcdImport implements ImportSource {
    private static final String STEP = "timestep";
    private static final String VEHICLE = "vehicle";
    private static final String PERSON = "person";
    private static final String TIME = "time";
    private static final String ID = "id";
    private static final int STEP_DEPTH = 2;
    private static final int USER_DEPTH = 3;
    private static final int LONGEST_ID = 64;
    private static final long NANOS_A_MILLI = 1_000_000L;
    private static final long NANOS_A_SECOND = 1_000_000_000L;
    private static final double MILLIS_A_SECOND = 1_000;
    private static final Instant LAST = Instant.ofEpochSecond(LAST_NS / NANOS_A_SECOND);
    private static final long NO_TIME = -1;

    private final Path path;
    private final FcdFile file;
    private final long startNs;
    private final FcdAccount account = new FcdAccount();
    private final FcdMessages messages = new FcdMessages();
    private final FcdUser user = new FcdUser();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private boolean inStep;
    private boolean anyPlace;
    private boolean ahead;
    private long timeNs = NO_TIME;
    private int kind;

    /**
     * Opens a file and looks at the first in it.
     *
     * @param start when time 0 is; null where the file itself says so, as those of {@link FcdExporter} do
     * @throws FcdException when it is no FCD, says not when time 0 is, or has its first road user at no place on the earth
     */
    public FcdImport(final Path path, final @Nullable Instant start) throws IOException {
        this.path = path;
        file = new FcdFile(path);
        try {
            startNs = nanos(path, start == null ? file.start() : start);
            ahead = find();
        } catch (final IOException e) {
            file.close();
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
        while (file.next()) {
            if (file.depth() == STEP_DEPTH) {
                inStep = file.name().equals(STEP);
                if (inStep) {
                    step();
                } else {
                    account.leaveOut(file.name());
                }
            } else if (file.depth() == USER_DEPTH && inStep) {
                final boolean vehicle = file.name().equals(VEHICLE);
                if (!vehicle && !file.name().equals(PERSON)) {
                    account.leaveOut(file.name());
                } else if (read(vehicle)) {
                    make();
                    return true;
                }
            }
        }
        return false;
    }

    private void step() {
        timeNs = NO_TIME;
        final String text = file.attribute(TIME);
        if (text == null) {
            account.miss(STEP, TIME, file.line());
            return;
        }
        // NaN is not in a range either
        final double millis = FcdNumber.value(text) * MILLIS_A_SECOND;
        if (millis >= 0 && millis <= (LAST_NS - startNs) / (double) NANOS_A_MILLI) {
            timeNs = startNs + Math.round(millis) * NANOS_A_MILLI;
        } else {
            account.refuse(STEP, TIME, text, "seconds, 0 or more, up to " + LAST, file.line());
        }
    }

    /** Reads whom the file stands at; false when that cannot become a record. */
    private boolean read(final boolean vehicle) throws FcdException {
        if (timeNs == NO_TIME) {
            account.lose("in a timestep that has no time", file.line());
            return false;
        }
        boolean whole = id();
        for (final FcdNumber number : FcdNumber.values()) {
            whole &= number(number) || !number.required();
        }
        anyPlace |= user.has(FcdNumber.X) && user.has(FcdNumber.Y);
        final String type = file.attribute("type");
        if (!vehicle) {
            user.type = RoadUserClass.PEDESTRIAN;
        } else {
            user.type = type == null ? RoadUserClass.VEHICLE : SumoType.of(type);
        }
        return whole;
    }

    private boolean id() {
        final String id = file.attribute(ID);
        if (id == null) {
            account.miss(file.name(), ID, file.line());
            return false;
        }
        if (id.isEmpty() || id.getBytes(StandardCharsets.UTF_8).length > LONGEST_ID) {
            account.refuse(file.name(), ID, id, "1 to " + LONGEST_ID + " octets of UTF-8", file.line());
            return false;
        }
        user.id = id;
        return true;
    }

    /** Reads an attribute; whether it is there and as it must be. */
    private boolean number(final FcdNumber of) throws FcdException {
        user.put(of, FcdNumber.ABSENT);
        final String text = file.attribute(of.attribute);
        if (text == null) {
            if (of.required()) {
                account.miss(file.name(), of.attribute, file.line());
            }
            return false;
        }
        final int steps = of.steps(text);
        user.put(of, steps);
        if (steps != FcdNumber.ABSENT) {
            return true;
        }
        if (of.required() && !anyPlace && !Double.isNaN(FcdNumber.value(text))) {
            throw new FcdException(path + ": line " + file.line() + ", " + file.name() + ' ' + of.attribute + " \""
                    + FcdAccount.shown(text) + "\": must be " + of.rule);
        }
        account.refuse(file.name(), of.attribute, text, of.rule, file.line());
        return false;
    }

    private void make() {
        final boolean alone = user.type == RoadUserClass.PEDESTRIAN || user.type == RoadUserClass.BICYCLE;
        kind = alone ? MessageKind.MESSAGE_KIND_PSM_VALUE : MessageKind.MESSAGE_KIND_BSM_VALUE;
        buffer.wrap(alone ? messages.psm(user, timeNs) : messages.bsm(user, timeNs));
    }

    @Override
    public long timeNs() {
        return timeNs;
    }

    @Override
    public void give(final NewRecording to) {
        to.message(kind, user.id, timeNs, buffer, buffer.capacity());
        account.record();
    }

    @Override
    public long octetsRead() {
        return file.octetsRead();
    }

    @Override
    public ImportAccount account() {
        final String damage = file.damage();
        return account.with(damage == null ? List.of() : List.of(damage));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
