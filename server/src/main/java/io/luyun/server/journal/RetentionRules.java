package io.luyun.server.journal;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.luyun.server.monitor.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long what is kept; read from YAML:
 *
 * <pre>
 * testVehicles: {days: 400}      # at least 365
 * bystanders: {days: 30}
 * infrastructure: {days: 120}
 * maxBytes: 500000000000         # of all files
 * </pre>
 *
 * A class that is not named is kept without end.
 *
 * @param testVehiclesDays 365 to 36,500; null: without end
 * @param bystandersDays 1 to 36,500; null: without end
 * @param infrastructureDays 1 to 36,500; null: without end
 * @param maxBytes of records in all files; null: without limit
 */
public record RetentionRules(
        @Nullable Integer testVehiclesDays,
        @Nullable Integer bystandersDays,
        @Nullable Integer infrastructureDays,
        @Nullable Long maxBytes) {
    /** Records of test vehicles stay at least so long, also when there is no room. */
    public static final int TEST_VEHICLES_DAYS = 365;

    private static final int MOST_DAYS = 36_500;
    private static final ObjectReader READER = new ObjectMapper(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .readerFor(Root.class);

    public RetentionRules {
        days(MessageClass.TEST_VEHICLES, testVehiclesDays, TEST_VEHICLES_DAYS);
        days(MessageClass.BYSTANDERS, bystandersDays, 1);
        days(MessageClass.INFRASTRUCTURE, infrastructureDays, 1);
        if (maxBytes != null) {
            Settings.inRange("maxBytes", maxBytes, 1, Long.MAX_VALUE);
        }
    }

    private record Root(
            @Nullable Age testVehicles,
            @Nullable Age bystanders,
            @Nullable Age infrastructure,
            @Nullable Long maxBytes) {}

    private record Age(@Nullable Integer days) {}

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException one line with file, key, value and rule
     */
    public static RetentionRules read(final Path file) {
        final @Nullable Root root;
        try {
            root = READER.readValue(file.toFile());
        } catch (final JacksonException e) {
            final String where =
                    e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
            throw new IllegalArgumentException(
                    "rules " + file + ": "
                            + e.getOriginalMessage().lines().findFirst().orElse("no YAML") + where,
                    e);
        } catch (final IOException e) {
            throw new IllegalArgumentException("rules " + file + ": cannot be read: " + e.getMessage(), e);
        }
        if (root == null || root.equals(new Root(null, null, null, null))) {
            throw new IllegalArgumentException("rules " + file + ": there is no rule");
        }
        try {
            return new RetentionRules(
                    days("testVehicles", root.testVehicles()),
                    days("bystanders", root.bystanders()),
                    days("infrastructure", root.infrastructure()),
                    root.maxBytes());
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("rules " + file + ": " + e.getMessage(), e);
        }
    }

    /** How long a class is kept, in days; null: without end. */
    @Nullable
    Integer days(final MessageClass of) {
        return switch (of) {
            case TEST_VEHICLES -> testVehiclesDays;
            case BYSTANDERS -> bystandersDays;
            case INFRASTRUCTURE -> infrastructureDays;
            case CONTROL -> null;
        };
    }

    /** Whether the time of a class is over for records of this time or before. */
    boolean over(final MessageClass of, final long timeNs, final long nowNs) {
        final Integer days = days(of);
        return days != null && timeNs < nowNs - Duration.ofDays(days).toNanos();
    }

    private static @Nullable Integer days(final String key, final @Nullable Age age) {
        if (age == null) {
            return null;
        }
        Settings.require(age.days() != null, key + ".days", "nothing", "must be a number of days");
        return age.days();
    }

    private static void days(final MessageClass of, final @Nullable Integer days, final int least) {
        if (days != null) {
            Settings.inRange(of.label() + ".days", days, least, MOST_DAYS);
        }
    }
}
