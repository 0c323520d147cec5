package io.luyun.simulator.source;

import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Role;
import io.luyun.simulator.script.Device;
import io.luyun.simulator.script.Script;
import io.luyun.simulator.script.StepFrames;
import io.luyun.simulator.traffic.BsmWriter;
import io.luyun.simulator.traffic.Rng;
import io.luyun.simulator.traffic.Traffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Floating car data of SUMO as traffic: a BSM in each step of every vehicle that is there, a PSM of everybody on foot or on a cycle. A
 * road user keeps its device as long as it is there; who finds none is left out until one is free. Vehicles come first, the others after
 * them. Read as it is needed, never whole; closed when no more steps are wanted.
 */
public final class FcdScript implements Script, AutoCloseable {
    private static final long MICROS_A_MILLI = 1_000;

    private final FcdOptions options;
    private final Slots vehicles;
    private final Slots persons;
    private final FcdWindow window;
    private final List<Device> devices;
    private final @Nullable RoadUser[] present;
    private final BsmWriter writer = new BsmWriter();
    private final AtomicLong served = new AtomicLong();
    private final AtomicLong leftOut = new AtomicLong();
    /** Time of the file at which the first step of the script would be, were it all one round. */
    private long beganUs;

    /**
     * Opens the input, and reads it once before to count who is there at once, when the options ask for that.
     *
     * @throws IOException when it cannot be read, or is no FCD; the message is a line that says which and why
     * @throws IllegalArgumentException when an input that can be read only once is to be counted or to begin anew
     */
    public FcdScript(final FcdInput input, final FcdTypes types, final FcdOptions options) throws IOException {
        this.options = options;
        if (!input.again() && (options.counts() || options.loop())) {
            throw new IllegalArgumentException(input.name() + ": can be read only once: "
                    + (options.loop() ? "it cannot be looped" : "vehicles and persons must be given"));
        }
        int ofVehicles = options.vehicles();
        int ofPersons = options.persons();
        if (options.counts()) {
            final FcdCensus census = FcdCensus.of(input, types, options.quietMillis());
            ofVehicles = ofVehicles == FcdOptions.AS_MANY ? census.vehicles() : ofVehicles;
            ofPersons = ofPersons == FcdOptions.AS_MANY ? census.persons() : ofPersons;
        }
        vehicles = new Slots(ofVehicles, options.quietMillis());
        persons = new Slots(ofPersons, options.quietMillis());
        devices = devices(ofVehicles, ofPersons);
        present = new @Nullable RoadUser[devices.size()];
        window = new FcdWindow(input, types, this::gone);
        beganUs = window.firstMillis() * MICROS_A_MILLI;
    }

    private static List<Device> devices(final int vehicles, final int persons) {
        final List<Device> all = new ArrayList<>();
        for (int i = 0; i < vehicles; i++) {
            all.add(new Device(Traffic.nameOf(i), Role.ROLE_OBU));
        }
        for (int i = 0; i < persons; i++) {
            all.add(new Device(String.format(Locale.ROOT, "ped-%04d", i + 1), Role.ROLE_OBU));
        }
        return List.copyOf(all);
    }

    @Override
    public List<Device> devices() {
        return devices;
    }

    @Override
    public void write(final long step, final double seconds, final long utcMs, final StepFrames out) {
        try {
            find(Math.round(seconds * 1e6));
        } catch (final IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        final int msgCnt = (int) (step & 127);
        for (final RoadUser user : present) {
            out.nextDevice();
            if (user != null && user.drives()) {
                out.add(MessageKind.MESSAGE_KIND_BSM_VALUE, writer.bsm(user, utcMs, msgCnt));
            } else if (user != null) {
                out.add(MessageKind.MESSAGE_KIND_PSM_VALUE, PersonWriter.psm(user, utcMs, msgCnt));
            }
        }
    }

    /** Finds who is there so long after the first step. */
    private void find(final long sinceUs) throws IOException {
        Arrays.fill(present, null);
        window.to(beganUs + sinceUs);
        while (options.loop() && window.atEnd() && beganUs + sinceUs >= nextRoundUs()) {
            final long wholeUs = nextRoundUs() - window.firstMillis() * MICROS_A_MILLI;
            window.rewind();
            beganUs -= wholeUs;
            window.to(beganUs + sinceUs);
        }
        window.forEach(user -> {
            if (user.at(beganUs + sinceUs) && (user.hasDevice() || take(user, sinceUs))) {
                present[user.index()] = user;
            }
        });
    }

    /** Never at once, also in a file of one step. */
    private long nextRoundUs() {
        return window.behindMillis() * MICROS_A_MILLI
                + Math.max(MICROS_A_MILLI, options.quietMillis() * MICROS_A_MILLI);
    }

    private boolean take(final RoadUser user, final long sinceUs) {
        final int slot = (user.drives() ? vehicles : persons).take(sinceUs);
        if (slot == Slots.NONE) {
            return false;
        }
        served.incrementAndGet();
        user.takes(user.drives() ? slot : vehicles.size() + slot, Rng.mix(options.seed() ^ Rng.mix(served.get())));
        return true;
    }

    private void gone(final RoadUser user) {
        if (!user.hasDevice()) {
            if (user.seen()) {
                leftOut.incrementAndGet();
            }
        } else if (user.drives()) {
            vehicles.giveBack(user.index(), user.lastUs() - beganUs);
        } else {
            persons.giveBack(user.index() - vehicles.size(), user.lastUs() - beganUs);
        }
    }

    /** Road users that had a device so far. */
    public long served() {
        return served.get();
    }

    /** Road users that have gone without a device. */
    public long leftOut() {
        return leftOut.get();
    }

    @Override
    public void close() throws IOException {
        window.close();
    }
}
