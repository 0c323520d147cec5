package io.luyun.simulator.source;

import io.luyun.server.exchange.place.FcdUser;
import io.luyun.server.exchange.place.FcdUsers;
import io.luyun.server.research.RoadUserClass;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Floating car data, two time steps of them: that behind a moment and that ahead of it, with who is in either. One thread. */
final class FcdWindow implements AutoCloseable {
    private static final long END = Long.MAX_VALUE;

    private final FcdInput input;
    private final FcdTypes types;
    private final Consumer<RoadUser> gone;
    private final Map<String, RoadUser> users = new LinkedHashMap<>();
    /** In the step behind, and somebody else under the same id in that ahead. */
    private final List<RoadUser> parted = new ArrayList<>();

    private FcdUsers reader;
    private long firstMillis;
    private long behindMillis;
    private long aheadMillis;

    /**
     * Opens the input at its first time step.
     *
     * @param gone hears of those who are in no time step any more
     * @throws IOException when it cannot be read, or is no FCD
     */
    FcdWindow(final FcdInput input, final FcdTypes types, final Consumer<RoadUser> gone) throws IOException {
        this.input = input;
        this.types = types;
        this.gone = gone;
        reader = input.open();
        begin();
    }

    /** Begins anew. */
    void rewind() throws IOException {
        reader.close();
        users.values().forEach(gone);
        users.clear();
        parted.forEach(gone);
        parted.clear();
        reader = input.open();
        begin();
    }

    private void begin() throws IOException {
        try {
            read();
            if (aheadMillis == END) {
                throw new IOException(input.name() + ": has no timestep");
            }
            firstMillis = aheadMillis;
            step();
        } catch (final IOException e) {
            reader.close();
            throw e;
        }
    }

    /** Goes on until the moment lies between both steps, or behind the last one. */
    void to(final long us) throws IOException {
        while (aheadMillis != END && us >= aheadMillis * 1_000) {
            step();
        }
    }

    /** Goes on by one step. */
    void step() throws IOException {
        behindMillis = aheadMillis;
        parted.forEach(gone);
        parted.clear();
        users.values().forEach(RoadUser::step);
        read();
        users.values().removeIf(user -> {
            if (user.gone()) {
                gone.accept(user);
            }
            return user.gone();
        });
    }

    private void read() throws IOException {
        final long before = aheadMillis;
        if (!reader.nextStep()) {
            check();
            aheadMillis = END;
            return;
        }
        aheadMillis = reader.timeMillis();
        if (!users.isEmpty() && aheadMillis <= before) {
            throw new IOException(input.name() + ": timestep time " + aheadMillis / 1e3
                    + ": must be after the one before, " + before / 1e3);
        }
        while (reader.nextUser()) {
            see(reader.user());
        }
        check();
    }

    private void check() throws IOException {
        final @Nullable String damage = reader.damage();
        if (damage != null) {
            throw new IOException(input.name() + ": " + damage);
        }
    }

    private void see(final FcdUser user) {
        final Fix fix = Fix.of(user, aheadMillis);
        final RoadUser known = users.get(user.id());
        if (known != null && known.ahead(fix)) {
            return;
        }
        if (known != null) {
            parted.add(known);
            users.remove(user.id());
        }
        final RoadUserClass type = types.type(user);
        final boolean drives = type != RoadUserClass.PEDESTRIAN && type != RoadUserClass.BICYCLE;
        users.put(user.id(), new RoadUser(types.shape(user), drives, fix));
    }

    /** Visits who is in either step, in the order they came. */
    void forEach(final Consumer<RoadUser> visitor) {
        parted.forEach(visitor);
        users.values().forEach(visitor);
    }

    /** Time of the first step. */
    long firstMillis() {
        return firstMillis;
    }

    /** Time of the step behind, the last one at the end. */
    long behindMillis() {
        return behindMillis;
    }

    /** Whether there is no step ahead. */
    boolean atEnd() {
        return aheadMillis == END;
    }

    /** What could not be read as it stands there, and how often. */
    Map<String, Long> lost() {
        return reader.account().lost();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
