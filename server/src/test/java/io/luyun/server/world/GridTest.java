package io.luyun.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.ParticipantType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That the grid shows those within a box, whatever has come, moved and gone. */
final class GridTest {
    private static final long SEED = 20261124;
    /** Far more cells than buckets. */
    private static final double ZONE_METRES = 20_000;

    private final Random random = new Random(SEED);
    private final Grid grid = new Grid(100);
    private final List<Participant> there = new ArrayList<>();

    @Test
    void showsExactlyThoseWithinABox() {
        int shown = 0;
        for (int slot = 0; slot < 3_000; slot++) {
            final Participant p = new Participant(slot);
            place(p);
            grid.add(p);
            there.add(p);
        }
        for (int step = 0; step < 5_000; step++) {
            final Participant p = there.get(random.nextInt(there.size()));
            switch (random.nextInt(4)) {
                case 0 -> {
                    grid.remove(p);
                    place(p);
                    grid.add(p);
                }
                case 1 -> {
                    place(p);
                    grid.moved(p);
                }
                case 2 -> {
                    p.x += random.nextGaussian() * 20;
                    p.y += random.nextGaussian() * 20;
                    grid.moved(p);
                }
                default -> {
                    grid.remove(p);
                    there.remove(p);
                }
            }
            if (step % 10 == 0) {
                shown += check(step);
            }
        }
        assertThat(shown).isGreaterThan(1_000);
    }

    private void place(final Participant p) {
        // half of them in a crowd
        final double span = random.nextBoolean() ? ZONE_METRES : 300;
        p.x = (random.nextDouble() - 0.5) * span;
        p.y = (random.nextDouble() - 0.5) * span;
        p.ptcType = random.nextInt(ParticipantType.PARTICIPANT_RSU_VALUE);
    }

    private int check(final int step) {
        final double span = random.nextBoolean() ? ZONE_METRES : 200;
        final double west = (random.nextDouble() - 0.6) * span;
        final double south = (random.nextDouble() - 0.6) * span;
        final double east = west + random.nextDouble() * 400;
        final double north = south + random.nextDouble() * 400;
        final Set<Participant> all = new HashSet<>();
        final Set<Participant> people = new HashSet<>();
        for (final Participant p : there) {
            if (p.x >= west && p.x <= east && p.y >= south && p.y <= north) {
                all.add(p);
                if (p.ptcType == ParticipantType.PARTICIPANT_PEDESTRIAN_VALUE
                        || p.ptcType == ParticipantType.PARTICIPANT_NON_MOTOR_VALUE) {
                    people.add(p);
                }
            }
        }
        final List<Participant> found = new ArrayList<>();
        grid.visit(west, south, east, north, found::add);
        assertThat(found).as("seed %d step %d", SEED, step).containsExactlyInAnyOrderElementsOf(all);
        final List<Participant> foundPeople = new ArrayList<>();
        grid.visitPeople(west, south, east, north, foundPeople::add);
        assertThat(foundPeople).as("seed %d step %d", SEED, step).containsExactlyInAnyOrderElementsOf(people);
        return all.size();
    }
}
