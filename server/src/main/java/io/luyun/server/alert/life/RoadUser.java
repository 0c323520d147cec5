package io.luyun.server.alert.life;

import io.luyun.server.world.Participant;

/** A road user cases are about. There is one for each place in the world's pool that ever had a case. */
final class RoadUser extends Subject {
    final Participant participant;

    RoadUser(final Participant participant) {
        this.participant = participant;
    }

    @Override
    int device() {
        return participant.device();
    }

    @Override
    long lastSequence() {
        return participant.lastSequence();
    }
}
