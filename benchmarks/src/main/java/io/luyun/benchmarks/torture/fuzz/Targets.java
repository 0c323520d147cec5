package io.luyun.benchmarks.torture.fuzz;

import io.luyun.proto.uper.Dialect;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** All decoders there are. */
public final class Targets implements AutoCloseable {
    private final List<Target> all;

    private Targets(final List<Target> all) {
        this.all = all;
    }

    /**
     * Makes them.
     *
     * @param directory for their files; empty, and the caller's to delete
     */
    public static Targets in(final Path directory) throws IOException {
        final List<Target> all = new ArrayList<>();
        for (final Dialect dialect : Dialect.values()) {
            all.add(new UperTarget(dialect));
        }
        all.add(new EnvelopeTarget());
        all.add(new FrameTarget());
        Seeds.json().forEach((content, texts) -> all.add(new JsonTarget(content, texts)));
        all.add(ConnectionTarget.tcpHello());
        all.add(ConnectionTarget.tcp());
        all.add(ConnectionTarget.mqttConnect());
        all.add(ConnectionTarget.mqtt(4));
        all.add(ConnectionTarget.mqtt(5));
        all.add(DatagramTarget.enveloped(directory));
        all.add(DatagramTarget.bare(directory));
        final SmallJournal journal = SmallJournal.write(directory.resolve("data"));
        all.add(HttpTarget.requests(journal));
        all.add(HttpTarget.socket(journal));
        all.addAll(FileTargets.all(directory, journal));
        all.add(new JournalFileTarget(SmallJournal.write(directory.resolve("mutated"))));
        return new Targets(all);
    }

    /** All of them. */
    public List<Target> all() {
        return List.copyOf(all);
    }

    /**
     * Those whose names begin with one of these.
     *
     * @throws IllegalArgumentException when one is no beginning of any
     */
    public List<Target> named(final List<String> names) {
        final List<Target> found = new ArrayList<>();
        for (final String name : names) {
            final Predicate<Target> named = target -> target.name().startsWith(name.toLowerCase(Locale.ROOT));
            if (all.stream().noneMatch(named)) {
                throw new IllegalArgumentException("target = " + name + ": must be the beginning of one of "
                        + String.join(", ", all.stream().map(Target::name).toList()));
            }
            all.stream().filter(named).filter(target -> !found.contains(target)).forEach(found::add);
        }
        return found;
    }

    @Override
    public void close() {
        all.forEach(Target::close);
    }
}
