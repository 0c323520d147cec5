package io.luyun.server.alert.roadside;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.SpeedLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Reads limits from signs as the configuration says; each sign once. */
final class SignLimits {
    private static final double MAX_KMH = 300;

    private record Reading(Sign sign, @Nullable Pattern pattern) {}

    private final List<Reading> readings = new ArrayList<>();
    private final Long2ObjectHashMap<SpeedLimits> known = new Long2ObjectHashMap<>();

    SignLimits(final List<Sign> signs) {
        for (final Sign sign : signs) {
            readings.add(new Reading(sign, sign.pattern().isEmpty() ? null : Pattern.compile(sign.pattern())));
        }
    }

    /** The limits a sign says; NONE when it says none. */
    SpeedLimits of(final RoadEventState sign) {
        SpeedLimits limits = known.get(sign.id());
        if (limits == null) {
            limits = read(sign);
            known.put(sign.id(), limits);
        }
        return limits;
    }

    private SpeedLimits read(final RoadEventState state) {
        for (final Reading reading : readings) {
            if (reading.sign().code() != state.code()) {
                continue;
            }
            double kmh = reading.sign().limitKmh();
            if (reading.pattern() != null) {
                final Matcher matcher = reading.pattern().matcher(state.description());
                if (matcher.find()) {
                    kmh = parse(matcher.group(1), kmh);
                }
            }
            if (kmh > 0 && kmh <= MAX_KMH) {
                final SpeedLimits limits = SpeedLimits.ofKmh(kmh);
                return reading.sign().vehicles().equals("trucks")
                        ? new SpeedLimits(ABSENT, ABSENT, limits.vehicle(), ABSENT)
                        : limits;
            }
        }
        return SpeedLimits.NONE;
    }

    private static double parse(final @Nullable String text, final double otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            return Double.parseDouble(text);
        } catch (final NumberFormatException notANumber) {
            // the operator's pattern took something else: the sign then says what the configuration says for it
            return otherwise;
        }
    }

    void forget(final RoadEventState sign) {
        known.remove(sign.id());
    }

    void clear() {
        known.clear();
    }
}
