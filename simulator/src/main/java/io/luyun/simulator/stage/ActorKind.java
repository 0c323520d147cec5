package io.luyun.simulator.stage;

import io.luyun.proto.v1.ParticipantType;

/** What moves on a stage, with its outer measures and its code in the message set; chosen here. */
public enum ActorKind {
    CAR(ParticipantType.PARTICIPANT_MOTOR, 4.6, 1.85, 1.5, 10),
    TRUCK(ParticipantType.PARTICIPANT_MOTOR, 9, 2.5, 3.4, 25),
    BUS(ParticipantType.PARTICIPANT_MOTOR, 12, 2.55, 3.1, 54),
    MOTORCYCLE(ParticipantType.PARTICIPANT_MOTOR, 2.1, 0.8, 1.4, 40),
    AMBULANCE(ParticipantType.PARTICIPANT_MOTOR, 6, 2.1, 2.7, 69),
    FIRE_ENGINE(ParticipantType.PARTICIPANT_MOTOR, 8.5, 2.5, 3.2, 62),
    POLICE(ParticipantType.PARTICIPANT_MOTOR, 4.8, 1.9, 1.6, 66),
    CYCLIST(ParticipantType.PARTICIPANT_NON_MOTOR, 1.8, 0.7, 1.7, 0),
    PEDESTRIAN(ParticipantType.PARTICIPANT_PEDESTRIAN, 0.5, 0.5, 1.7, 0),
    /** Goods that have fallen off; told of by units as an obstacle, with that type in place of a class. */
    CARGO(ParticipantType.PARTICIPANT_UNKNOWN, 1, 1, 0.8, 5),
    /** A rock. */
    ROCK(ParticipantType.PARTICIPANT_UNKNOWN, 2, 2, 1.5, 1);

    private final ParticipantType type;
    private final double lengthMetres;
    private final double widthMetres;
    private final double heightMetres;
    private final int classification;

    ActorKind(
            final ParticipantType type,
            final double lengthMetres,
            final double widthMetres,
            final double heightMetres,
            final int classification) {
        this.type = type;
        this.lengthMetres = lengthMetres;
        this.widthMetres = widthMetres;
        this.heightMetres = heightMetres;
        this.classification = classification;
    }

    /** What a roadside unit calls it. */
    public ParticipantType type() {
        return type;
    }

    /** Whether it is a motor vehicle. */
    public boolean vehicle() {
        return type == ParticipantType.PARTICIPANT_MOTOR;
    }

    /** Whether it is no road user. */
    public boolean obstacle() {
        return type == ParticipantType.PARTICIPANT_UNKNOWN;
    }

    /** From end to end. */
    public double lengthMetres() {
        return lengthMetres;
    }

    /** From side to side. */
    public double widthMetres() {
        return widthMetres;
    }

    /** Whether it may be on emergency duty. */
    public boolean emergency() {
        return this == AMBULANCE || this == FIRE_ENGINE || this == POLICE;
    }

    double heightMetres() {
        return heightMetres;
    }

    /** Vehicle class of the message set, 0 for none. */
    int classification() {
        return classification;
    }
}
