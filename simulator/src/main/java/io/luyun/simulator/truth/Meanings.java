package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Fields;

/** Reads what an application means from its scenario file. */
public final class Meanings {
    /** The meanings there are. */
    private enum Kind {
        COLLISION,
        OTHER,
        SIDEWAYS,
        OBSTACLE,
        PASS,
        ANY,
        QUEUE,
        GREEN_SPEED,
        SIGNAL_CLASH,
        MAP_FIT,
        UNIT_RATE,
        ASKED,
        LANE_WISH,
        LANE_WORD,
        PRIORITY,
        PLATOONING,
        PLACE,
        LIMIT,
        AGAINST,
        STANDING,
        MANNER,
        OFF_ROAD,
        PEOPLE,
        RED_LIGHT
    }

    private Meanings() {}

    /**
     * The meaning of an application.
     *
     * @throws IllegalArgumentException naming file, key, value and rule
     */
    public static Meaning of(final Fields fields) {
        final Meaning meaning = switch (fields.word("is", Kind.class)) {
            case COLLISION -> new Collision(fields);
            case OTHER -> new Other(fields);
            case SIDEWAYS -> new Sideways(fields);
            case OBSTACLE -> new Obstacle(fields);
            case PASS -> new Pass(fields);
            case ANY -> new Any(fields);
            case QUEUE -> new Queue(fields);
            case GREEN_SPEED -> new GreenSpeed(fields);
            case SIGNAL_CLASH -> new SignalClash(fields);
            case MAP_FIT -> new MapFit(fields);
            case UNIT_RATE -> new UnitRate(fields);
            case ASKED -> new Asked(fields);
            case LANE_WISH -> new LaneWish(fields);
            case LANE_WORD -> new LaneWord(fields);
            case PRIORITY -> new Priority(fields);
            case PLATOONING -> new Platooning(fields);
            case PLACE -> new Place(fields);
            case LIMIT -> new Limit(fields);
            case AGAINST -> new Against(fields);
            case STANDING -> new Standing(fields);
            case MANNER -> new Manner(fields);
            case OFF_ROAD -> new OffRoad(fields);
            case PEOPLE -> new People(fields);
            case RED_LIGHT -> new RedLight(fields);
        };
        fields.end();
        return meaning;
    }
}
