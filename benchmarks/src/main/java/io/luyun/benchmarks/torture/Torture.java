package io.luyun.benchmarks.torture;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fault matrix: runs what is asked for, one after the other, and prints a table. */
public final class Torture {
    private final List<Fault> faults;
    private final PrintWriter out;
    private final long seed;
    private final int cycles;
    private final boolean brief;
    private final @Nullable Path directory;

    /**
     * Over these faults.
     *
     * @param faults all there are, in the order of the table
     * @param seed of random decisions
     * @param cycles how often each is done
     * @param brief whether some of what takes minutes is enough
     * @param directory where servers live; null for a temporary one
     */
    public Torture(
            final List<Fault> faults,
            final PrintWriter out,
            final long seed,
            final int cycles,
            final boolean brief,
            final @Nullable Path directory) {
        this.faults = List.copyOf(faults);
        this.out = out;
        this.seed = seed;
        this.cycles = cycles;
        this.brief = brief;
        this.directory = directory;
    }

    /** Prints which faults there are. */
    public void list() {
        for (final Fault fault : faults) {
            out.printf("%-4s %s%n     promised: %s%n", fault.id(), fault.what(), fault.promise());
        }
        out.flush();
    }

    /**
     * Runs those of these ids, or all when there is none.
     *
     * @return whether everything held; what was left out does not count
     * @throws IllegalArgumentException when there is no such fault
     */
    public boolean run(final List<String> ids, final boolean json) throws IOException, InterruptedException {
        final List<Fault> chosen = chosen(ids);
        out.printf("seed %d, %d cycles%s%n", seed, cycles, brief ? ", short" : "");
        out.flush();
        final Map<Fault, Outcome> outcomes = new LinkedHashMap<>();
        for (final Fault fault : chosen) {
            final Outcome outcome = run(fault);
            outcomes.put(fault, outcome);
            print(fault, outcome);
        }
        if (json) {
            out.println(json(outcomes));
            out.flush();
        }
        return outcomes.values().stream().noneMatch(one -> one.verdict() == Outcome.Verdict.BROKEN);
    }

    private List<Fault> chosen(final List<String> ids) {
        final List<Fault> chosen = new ArrayList<>();
        for (final String id : ids) {
            chosen.add(faults.stream()
                    .filter(fault -> fault.id().equalsIgnoreCase(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("--only = " + id + ": must be one of "
                            + String.join(", ", faults.stream().map(Fault::id).toList()))));
        }
        return ids.isEmpty() ? faults : chosen;
    }

    private Outcome run(final Fault fault) throws IOException, InterruptedException {
        final Path home = directory == null
                ? Files.createTempDirectory("luyun-torture-")
                : Files.createDirectories(directory.resolve(fault.id().toLowerCase(Locale.ROOT)));
        Outcome outcome;
        try {
            outcome = fault.run(new Trial(home, seed, cycles, brief, line -> {
                out.println("     " + line);
                out.flush();
            }));
        } catch (final IOException | IllegalStateException e) {
            outcome =
                    new Outcome.Notes().trouble(String.valueOf(e.getMessage())).outcome();
        }
        if (outcome.verdict() == Outcome.Verdict.BROKEN) {
            out.println("     what it left is in " + home);
        } else {
            delete(home);
        }
        return outcome;
    }

    private void print(final Fault fault, final Outcome outcome) {
        final List<String> figures = new ArrayList<>();
        outcome.figures().forEach((name, value) -> figures.add(name + " " + value));
        out.printf(
                "%-4s %-10s %s%n",
                fault.id(), outcome.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '), fault.what());
        if (!figures.isEmpty()) {
            out.println("     " + String.join(", ", figures));
        }
        outcome.troubles().forEach(line -> out.println("     " + line));
        out.flush();
    }

    private String json(final Map<Fault, Outcome> outcomes) throws IOException {
        final ObjectMapper mapper = new ObjectMapper();
        final ObjectNode root = mapper.createObjectNode().put("seed", seed).put("cycles", cycles);
        final ArrayNode rows = root.putArray("faults");
        outcomes.forEach((fault, outcome) -> {
            final ObjectNode row = rows.addObject()
                    .put("id", fault.id())
                    .put("what", fault.what())
                    .put("promise", fault.promise())
                    .put("verdict", outcome.verdict().name());
            outcome.figures().forEach(row.putObject("figures")::put);
            outcome.troubles().forEach(row.putArray("troubles")::add);
        });
        return mapper.writeValueAsString(root);
    }

    private static void delete(final Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
