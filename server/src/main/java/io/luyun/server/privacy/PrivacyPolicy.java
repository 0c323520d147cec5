package io.luyun.server.privacy;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may leave, and how. Immutable.
 *
 * @param key whose pseudonyms stand for ids; null to leave ids as they are
 * @param coarsening how coarse places and times become; null to leave them
 * @param redacted where nothing is told of any road user; null for nowhere
 * @param with what is not left out
 */
public record PrivacyPolicy(
        @Nullable PseudonymKey key,
        @Nullable Coarsening coarsening,
        @Nullable RedactedArea redacted,
        Set<OptIn> with) {
    /** Without anything asked for: ids as they are; no heights, plates, identification numbers, texts or raw octets. */
    public static final PrivacyPolicy DEFAULT = new PrivacyPolicy(null, null, null, Set.of());

    public PrivacyPolicy {
        with = Set.copyOf(with);
        if (with.contains(OptIn.RAW) && (key != null || coarsening != null || redacted != null)) {
            throw new IllegalArgumentException(
                    "raw: cannot go with pseudonyms, coarse or redacted places: raw messages hold ids and places that nobody can find");
        }
    }

    /** The same with the pseudonyms of a key. */
    public PrivacyPolicy withKey(final PseudonymKey pseudonymKey) {
        return new PrivacyPolicy(pseudonymKey, coarsening, redacted, with);
    }

    /** The same with places and times this coarse. */
    public PrivacyPolicy withCoarsening(final Coarsening coarse) {
        return new PrivacyPolicy(key, coarse, redacted, with);
    }

    /** The same without road users there. */
    public PrivacyPolicy withRedacted(final RedactedArea area) {
        return new PrivacyPolicy(key, coarsening, area, with);
    }

    /** The same with this besides. */
    public PrivacyPolicy with(final OptIn wanted) {
        final Set<OptIn> more = EnumSet.of(wanted);
        more.addAll(with);
        return new PrivacyPolicy(key, coarsening, redacted, more);
    }

    /** Whether something is not left out. */
    public boolean has(final OptIn wanted) {
        return with.contains(wanted);
    }

    /** Whether pseudonyms stand for all ids. */
    public boolean pseudonymises() {
        return key != null;
    }
}
