package io.luyun.simulator.score;

import io.luyun.proto.v1.AlertKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The scenario files that come with the simulator, one for each application. */
public final class Applications {
    private Applications() {}

    /**
     * Those of these names, or all for an empty list.
     *
     * @throws IllegalArgumentException for a name without scenarios
     */
    public static List<Application> named(final List<String> names) throws IOException {
        final List<Application> all = new ArrayList<>();
        final Set<String> known = new TreeSet<>();
        for (final AlertKind kind : AlertKind.values()) {
            final Application application = read(kind);
            if (application != null) {
                all.add(application);
                known.add(application.name());
            }
        }
        for (final String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("app " + name + " has no scenarios; there are " + known);
            }
        }
        return names.isEmpty()
                ? all
                : all.stream().filter(one -> names.contains(one.name())).toList();
    }

    private static @Nullable Application read(final AlertKind kind) throws IOException {
        final String file = kind.name().substring("ALERT_KIND_".length()).toLowerCase(Locale.ROOT) + ".yaml";
        try (InputStream in = Applications.class.getResourceAsStream(file)) {
            return in == null ? null : Application.read(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
