package io.luyun.server.exchange.place;

import io.luyun.server.exchange.intake.ImportAccount;
import io.luyun.server.research.RoadUserClass;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The time steps of a file of FCD and the road users in each, in constant memory. A value that is not as it must be is counted and left
 * out, with the road user of that step where nothing can be said without it. One thread.
 */
public final class FcdUsers implements AutoCloseable {
    private static final String STEP = "timestep";
    private static final String VEHICLE = "vehicle";
    private static final String PERSON = "person";
    private static final String TIME = "time";
    private static final String ID = "id";
    private static final int STEP_DEPTH = 2;
    private static final int USER_DEPTH = 3;
    private static final int LONGEST_ID = 64;
    private static final double MILLIS_A_SECOND = 1_000;
    private static final long NO_TIME = -1;
    /** Some 30 years: what a clock of seconds since 1970 would say is none of a simulation. */
    private static final double LAST_MILLIS = 1e12;

    private final String name;
    private final FcdFile file;
    private final @Nullable FcdGround ground;
    private final FcdAccount account = new FcdAccount();
    private final FcdUser user = new FcdUser();
    private double mostMillis = LAST_MILLIS;
    private String timeRule = "seconds, 0 to 1000000000";
    private boolean atStep;
    private boolean inStep;
    private boolean anyPlace;
    private long timeMillis = NO_TIME;

    private FcdUsers(final String name, final FcdFile file, final @Nullable FcdGround ground) {
        this.name = name;
        this.file = file;
        this.ground = ground;
    }

    /**
     * Opens a file, packed or not.
     *
     * @param ground where its places are; null when they are longitude and latitude
     * @throws FcdException when it is no FCD
     */
    public static FcdUsers open(final Path path, final @Nullable FcdGround ground) throws IOException {
        return new FcdUsers(path.toString(), new FcdFile(path), ground);
    }

    /**
     * Reads what somebody writes.
     *
     * @param name what it is called in errors
     * @throws FcdException when it is no FCD
     */
    public static FcdUsers of(final InputStream in, final String name, final @Nullable FcdGround ground)
            throws IOException {
        return new FcdUsers(name, new FcdFile(in, name), ground);
    }

    /** The latest a step may be, and how that is called. */
    void upTo(final double millis, final String rule) {
        mostMillis = millis;
        timeRule = rule;
    }

    /** Goes to the next time step that has a time; false at the end, and where the file cannot be read on. */
    public boolean nextStep() throws FcdException {
        do {
            while (nextUser()) {
                // whom nobody has asked for
            }
            if (!atStep) {
                return false;
            }
            atStep = false;
            inStep = true;
            readTime();
        } while (timeMillis == NO_TIME);
        return true;
    }

    /**
     * Goes to the next road user of this time step of whom something can be said.
     *
     * @throws FcdException when the first in the file is at no place on the earth
     */
    public boolean nextUser() throws FcdException {
        while (!atStep && file.next()) {
            if (file.depth() == STEP_DEPTH) {
                inStep = false;
                atStep = file.name().equals(STEP);
                if (!atStep) {
                    account.leaveOut(file.name());
                }
            } else if (file.depth() == USER_DEPTH && inStep) {
                final boolean vehicle = file.name().equals(VEHICLE);
                if (!vehicle && !file.name().equals(PERSON)) {
                    account.leaveOut(file.name());
                } else if (read(vehicle)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void readTime() {
        timeMillis = NO_TIME;
        final String text = file.attribute(TIME);
        if (text == null) {
            account.miss(STEP, TIME, file.line());
            return;
        }
        // NaN is not in a range either
        final double millis = FcdNumber.value(text) * MILLIS_A_SECOND;
        if (millis >= 0 && millis <= mostMillis) {
            timeMillis = Math.round(millis);
        } else {
            account.refuse(STEP, TIME, text, timeRule, file.line());
        }
    }

    /** Reads whom the file stands at; false when that cannot become anything. */
    private boolean read(final boolean vehicle) throws FcdException {
        if (timeMillis == NO_TIME) {
            account.lose("in a timestep that has no time", file.line());
            return false;
        }
        boolean whole = id();
        for (final FcdNumber number : FcdNumber.values()) {
            if (ground == null || !number.required()) {
                whole &= number(number) || !number.required();
            }
        }
        if (ground != null) {
            whole &= placed(ground);
        }
        anyPlace |= user.has(FcdNumber.X) && user.has(FcdNumber.Y);
        final String type = file.attribute("type");
        user.typeName = type == null ? "" : type;
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
            throw new FcdException(name + ": line " + file.line() + ", " + file.name() + ' ' + of.attribute + " \""
                    + FcdAccount.shown(text) + "\": must be " + of.rule);
        }
        account.refuse(file.name(), of.attribute, text, of.rule, file.line());
        return false;
    }

    /** Reads x and y as metres; whether they are somewhere. */
    private boolean placed(final FcdGround on) {
        user.put(FcdNumber.X, FcdNumber.ABSENT);
        user.put(FcdNumber.Y, FcdNumber.ABSENT);
        final double x = metres(FcdNumber.X);
        final double y = metres(FcdNumber.Y);
        if (Double.isNaN(x) || Double.isNaN(y)) {
            return false;
        }
        final int[] place = on.place(x, y);
        if (place == null) {
            account.lose(file.name() + " x, y: must be a place of the projection", file.line());
            return false;
        }
        user.put(FcdNumber.Y, place[0]);
        user.put(FcdNumber.X, place[1]);
        return true;
    }

    private double metres(final FcdNumber of) {
        final String text = file.attribute(of.attribute);
        if (text == null) {
            account.miss(file.name(), of.attribute, file.line());
            return Double.NaN;
        }
        final double value = FcdNumber.value(text);
        if (Double.isNaN(value)) {
            account.refuse(file.name(), of.attribute, text, "metres", file.line());
        }
        return value;
    }

    /** Time of the step, ms after time 0; whole. */
    public long timeMillis() {
        return timeMillis;
    }

    /** Whom the reader stands at, the same object for all. */
    public FcdUser user() {
        return user;
    }

    /** When time 0 is, as files that we write say in their head; null when it says nothing. */
    public @Nullable Instant start() {
        return file.start();
    }

    /** Where and why it cannot be read on; null as long as it can. */
    public @Nullable String damage() {
        return file.damage();
    }

    /** Something has become of whom the reader stands at. */
    void record() {
        account.record();
    }

    /** Octets of the file, packed or not, that have been read. */
    long octetsRead() {
        return file.octetsRead();
    }

    /** What was left out and lost so far. */
    public ImportAccount account() {
        final String damage = file.damage();
        return account.with(damage == null ? List.of() : List.of(damage));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
