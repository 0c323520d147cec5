package io.luyun.server.world;

/** Takes road users out of a search. Must not change the world. */
@FunctionalInterface
public interface ParticipantVisitor {
    /** One found. */
    void visit(Participant participant);
}
