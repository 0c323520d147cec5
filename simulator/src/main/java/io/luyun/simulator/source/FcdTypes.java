package io.luyun.simulator.source;

import io.luyun.server.exchange.place.FcdUser;
import io.luyun.server.research.RoadUserClass;
import java.util.Map;

/**
 * What the types that floating car data name are: as definitions say, or by their names alone. Immutable.
 *
 * @param known by the name of the type
 */
public record FcdTypes(Map<String, Type> known) {
    /** Types tell what they are by their names. */
    public static final FcdTypes BY_NAME = new FcdTypes(Map.of());

    /**
     * A definition.
     *
     * @param type what it is
     * @param classification basic vehicle class; 0 for none
     * @param lengthM length, NaN for that of its class, as below
     */
    public record Type(RoadUserClass type, int classification, double lengthM, double widthM, double heightM) {
        Shape shape() {
            final Shape usual = Shape.of(type, classification);
            return new Shape(
                    Fix.told(lengthM, usual.length()),
                    Fix.told(widthM, usual.width()),
                    Fix.told(heightM, usual.height()),
                    classification);
        }
    }

    public FcdTypes {
        known = Map.copyOf(known);
    }

    RoadUserClass type(final FcdUser user) {
        final Type type = known.get(name(user));
        return type == null || user.type() == RoadUserClass.PEDESTRIAN ? user.type() : type.type();
    }

    Shape shape(final FcdUser user) {
        final Type type = known.get(name(user));
        return type == null ? Shape.of(user.type(), user.classification()) : type.shape();
    }

    /** Of a type out of a distribution, what stands before the at sign. */
    private static String name(final FcdUser user) {
        final int at = user.typeName().indexOf('@');
        return at < 0 ? user.typeName() : user.typeName().substring(0, at);
    }
}
