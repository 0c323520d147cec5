package io.luyun.simulator.source;

import io.luyun.proto.v1.Role;
import io.luyun.server.journal.Damage;
import io.luyun.server.research.Recording;
import io.luyun.simulator.script.Device;
import io.luyun.simulator.script.Script;
import io.luyun.simulator.script.StepFrames;
import io.luyun.simulator.script.ZoneScript;
import io.luyun.simulator.traffic.Traffic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A journal as traffic: what its vehicles told, and on request what its roadside units saw, in the steps by the times it was received,
 * round and round and as often as wanted side by side. Times in messages keep their distance to that of receipt, temporary ids are others
 * in each copy and round, the same in all messages of it. Vehicles come first, copy by copy, units after them. Closed when no more steps
 * are wanted.
 */
public final class JournalScript implements Script, AutoCloseable {
    private final JournalOptions options;
    private final JournalCast cast;
    private final List<JournalTape> tapes = new ArrayList<>();
    private final List<Device> devices = new ArrayList<>();
    private final List<List<Told>> told = new ArrayList<>();

    /** A message for a step. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Told(int kind, byte[] message) {}

    /**
     * Reads the journal once, to know who is in it.
     *
     * @param directory a server's data, or a journal alone
     * @throws io.luyun.server.journal.JournalException when there is no journal
     * @throws IllegalArgumentException when no vehicle is in it
     */
    public JournalScript(final Path directory, final JournalOptions options) {
        this.options = options;
        final Recording recording = Recording.open(directory);
        cast = JournalCast.of(recording, options.roadside());
        if (cast.vehicles().isEmpty()) {
            throw new IllegalArgumentException(directory + ": has no BSM of any device");
        }
        final int vehicles = options.copies() * cast.vehicles().size();
        for (int i = 0; i < vehicles; i++) {
            devices.add(new Device(Traffic.nameOf(i), Role.ROLE_OBU));
        }
        for (int i = 0; i < options.copies() * cast.units().size(); i++) {
            devices.add(new Device(ZoneScript.rsuId(i), Role.ROLE_RSU));
        }
        devices.forEach(_ -> told.add(new ArrayList<>(2)));
        for (int copy = 0; copy < options.copies(); copy++) {
            tapes.add(new JournalTape(recording, cast, options, copy));
        }
    }

    @Override
    public List<Device> devices() {
        return List.copyOf(devices);
    }

    /** What could not be read of the journal. */
    public List<Damage> damage() {
        return cast.damage();
    }

    @Override
    public void write(final long step, final double seconds, final long utcMs, final StepFrames out) {
        for (int i = 0; i < tapes.size(); i++) {
            final int copy = i;
            tapes.get(i).to(seconds, utcMs, (device, kind, message) -> {
                final int place = place(copy, device, kind);
                if (place >= 0) {
                    told.get(place).add(new Told(kind, message));
                }
            });
        }
        for (final List<Told> messages : told) {
            out.nextDevice();
            messages.forEach(message -> out.add(message.kind(), message.message()));
            messages.clear();
        }
    }

    /** Place of a device of a copy; negative for one that the journal did not have when it was read, since it may still be written. */
    private int place(final int copy, final String device, final int kind) {
        final boolean unit = kind == JournalCast.RSM;
        final @Nullable Integer index = (unit ? cast.units() : cast.vehicles()).get(device);
        if (index == null) {
            return -1;
        }
        return unit
                ? options.copies() * cast.vehicles().size()
                        + copy * cast.units().size()
                        + index
                : copy * cast.vehicles().size() + index;
    }

    @Override
    public void close() {
        tapes.forEach(JournalTape::close);
    }
}
