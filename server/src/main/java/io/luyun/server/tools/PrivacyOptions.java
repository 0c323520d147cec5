package io.luyun.server.tools;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.audit.FileHash;
import io.luyun.server.privacy.Coarsening;
import io.luyun.server.privacy.OptIn;
import io.luyun.server.privacy.PrivacyPolicy;
import io.luyun.server.privacy.PseudonymKey;
import io.luyun.server.privacy.RedactedArea;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what of a journal leaves; a mixin of commands that let it out. */
final class PrivacyOptions {
    private static final String PSEUDONYMISE = "--pseudonymise";
    private static final String COARSEN = "--coarsen";
    private static final String REDACT = "--redact";
    private static final String WITH = "--with";
    private static final String REASON = "--reason";

    @Option(
            names = PSEUDONYMISE,
            paramLabel = "KEYFILE",
            description =
                    "Pseudonyms for all ids, the same for the same key: a file of at least 32 random bytes that only"
                            + " its owner may read.")
    private @Nullable Path keyFile;

    @Option(
            names = COARSEN,
            paramLabel = "METRES[,SECONDS]",
            description =
                    "Places of road users become the middle of a cell of this size, times the beginning of a step.")
    private @Nullable String coarsen;

    @Option(
            names = REDACT,
            paramLabel = "FILE",
            description = "Nothing of road users within the polygons of a GeoJSON file.")
    private @Nullable Path redact;

    @Option(
            names = WITH,
            split = ",",
            paramLabel = "WHAT",
            description = "Not to leave out: elevation, plate, vin, text, raw.")
    private List<String> with = List.of();

    @Option(
            names = REASON,
            paramLabel = "TEXT",
            description = "Why, for the audit log; must be given without --pseudonymise, and with --with.")
    private @Nullable String reason;

    /**
     * What may leave.
     *
     * @throws IllegalArgumentException with option, value and rule
     */
    PrivacyPolicy policy() {
        PrivacyPolicy policy = PrivacyPolicy.DEFAULT;
        final Path key = keyFile;
        final String coarse = coarsen;
        final Path area = redact;
        if (key != null) {
            policy = policy.withKey(named(PSEUDONYMISE, () -> PseudonymKey.read(key)));
        }
        if (coarse != null) {
            policy = policy.withCoarsening(named(COARSEN, () -> Coarsening.of(coarse)));
        }
        if (area != null) {
            policy = policy.withRedacted(named(REDACT, () -> RedactedArea.read(area)));
        }
        for (final String wanted : with) {
            final PrivacyPolicy before = policy;
            policy = named(WITH, () -> before.with(optIn(wanted)));
        }
        return policy;
    }

    /**
     * Why; empty when nothing was said and nothing has to be.
     *
     * @throws IllegalArgumentException when it has to be
     */
    String reason(final PrivacyPolicy policy) {
        final String given = reason == null ? "" : reason.strip();
        if (given.isEmpty() && !policy.with().isEmpty()) {
            throw new IllegalArgumentException(REASON + ": must be given with " + WITH);
        }
        if (given.isEmpty() && !policy.pseudonymises()) {
            throw new IllegalArgumentException(REASON + ": must be given without " + PSEUDONYMISE + " KEYFILE");
        }
        return given;
    }

    /** What was chosen, with fingerprints in place of key and area. */
    ObjectNode summary(final PrivacyPolicy policy) {
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        final PseudonymKey key = policy.key();
        if (key != null) {
            node.put("key", key.fingerprint());
        }
        final Coarsening coarsening = policy.coarsening();
        if (coarsening != null) {
            node.put("coarseMetres", coarsening.metres());
            node.put("coarseMillis", coarsening.stepMillis());
        }
        final Path area = redact;
        if (area != null) {
            try {
                node.put("redactedSha256", FileHash.of(area));
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        policy.with().stream().sorted().forEach(wanted -> node.withArray("with").add(name(wanted)));
        return node;
    }

    private static OptIn optIn(final String given) {
        return Arrays.stream(OptIn.values())
                .filter(one -> name(one).equalsIgnoreCase(given))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(given + ": must be one of "
                        + Arrays.stream(OptIn.values())
                                .map(PrivacyOptions::name)
                                .collect(Collectors.joining(", "))));
    }

    private static String name(final OptIn one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    private static <T> T named(final String option, final Supplier<T> value) {
        try {
            return value.get();
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(option + " " + e.getMessage(), e);
        }
    }
}
