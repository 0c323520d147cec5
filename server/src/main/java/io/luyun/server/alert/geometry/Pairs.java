package io.luyun.server.alert.geometry;

import io.luyun.proto.v1.ParticipantType;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of a vehicle that tells something of itself and one it may concern: looked for when the first reports, and looked at
 * again when the other does. One object for each rule; allocates nothing.
 */
public final class Pairs {
    /** What a rule makes of a pair. */
    @FunctionalInterface
    public interface Look {
        /** Looks at a motor vehicle whose speed and heading are known, and the one that may concern it. */
        void at(Participant subject, Participant target);
    }

    private final World world;
    private final AlertBook book;
    private final int kind;
    private final Look look;
    private final ParticipantVisitor others = this::visitOther;
    private final ParticipantVisitor targets = this::visitTarget;
    private @Nullable Participant subject;
    private @Nullable Participant target;

    public Pairs(final World world, final AlertBook book, final int kind, final Look look) {
        this.world = world;
        this.book = book;
        this.kind = kind;
        this.look = look;
    }

    /** Looks again at the cases of a subject. */
    public void again(final Participant of) {
        subject = of;
        book.forEachTarget(kind, of, targets);
        subject = null;
    }

    /** Looks at whoever is along the straight way of a target; see {@link Boxes#visit}. */
    public void along(final Participant of, final double reachMetres, final double besideMetres) {
        target = of;
        Boxes.visit(world, of, reachMetres, besideMetres, others);
        target = null;
    }

    /** Looks at whoever is around a target. */
    public void around(final Participant of, final double metres) {
        along(of, 0, metres);
    }

    private void visitOther(final Participant other) {
        final Participant about = target;
        if (about != null
                && other != about
                && other.ptcType() == ParticipantType.PARTICIPANT_MOTOR_VALUE
                && other.speedMps() >= 0
                && (other.dirX() != 0 || other.dirY() != 0)) {
            look.at(other, about);
        }
    }

    private void visitTarget(final Participant about) {
        final Participant of = subject;
        if (of != null) {
            look.at(of, about);
        }
    }
}
