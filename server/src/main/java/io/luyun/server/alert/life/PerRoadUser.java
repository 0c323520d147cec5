package io.luyun.server.alert.life;

import io.luyun.server.world.Participant;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a rule remembers of each road user. One for each rule; allocates when a place of the world's pool is first asked for. */
public final class PerRoadUser<T extends PerRoadUser.Memory> {
    private final Supplier<T> make;
    private @Nullable Memory[] bySlot = new Memory[64];

    /** What is remembered of one. */
    public abstract static class Memory {
        private long participantId;

        /** It is somebody else's now: nothing is remembered. */
        protected abstract void forget();
    }

    /** Nothing is remembered of anybody. */
    public PerRoadUser(final Supplier<T> make) {
        this.make = make;
    }

    /** Memory of a road user; null when there is none. */
    @SuppressWarnings("unchecked") // only what make gives is put in
    public @Nullable T find(final Participant participant) {
        final int slot = participant.slot();
        final Memory memory = slot < bySlot.length ? bySlot[slot] : null;
        return memory == null || memory.participantId != participant.id() ? null : (T) memory;
    }

    /** Memory of a road user, empty the first time. */
    @SuppressWarnings("unchecked") // only what make gives is put in
    public T of(final Participant participant) {
        final int slot = participant.slot();
        if (slot >= bySlot.length) {
            bySlot = Arrays.copyOf(bySlot, Math.max(slot + 1, bySlot.length * 2));
        }
        Memory memory = bySlot[slot];
        if (memory == null) {
            memory = make.get();
            bySlot[slot] = memory;
        }
        if (memory.participantId != participant.id()) {
            memory.participantId = participant.id();
            memory.forget();
        }
        return (T) memory;
    }

    /** Forgets everybody. */
    public void clear() {
        Arrays.fill(bySlot, null);
    }
}
