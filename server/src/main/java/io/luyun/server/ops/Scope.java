package io.luyun.server.ops;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What somebody may do; each one includes those before it. */
public enum Scope {
    /** Look at everything that goes on. */
    READ,
    /** Acknowledge alerts, configure and ask roadside units, freeze evidence. */
    OPERATE,
    /** See who did what. */
    ADMIN;

    /** Whether who has this scope may do what needs the other. */
    public boolean includes(final Scope needed) {
        return compareTo(needed) >= 0;
    }

    /** The name in settings and answers: {@code read}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** This one and all that it includes. */
    public List<Scope> all() {
        return Arrays.stream(values()).filter(this::includes).toList();
    }

    /** The scope of a name as settings have it; null for none. */
    public static @Nullable Scope of(final String label) {
        return Arrays.stream(values())
                .filter(scope -> scope.label().equals(label))
                .findFirst()
                .orElse(null);
    }
}
