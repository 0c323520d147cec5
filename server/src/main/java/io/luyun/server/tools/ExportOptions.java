package io.luyun.server.tools;

import io.luyun.proto.uper.Dialect;
import io.luyun.server.exchange.mcap.McapOptions;
import io.luyun.server.exchange.pcap.PcapOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * The options that only some formats of export have. Each stands here once, with its check in its accessor; a format names those it
 * reads, and one that is given to another format is bad input.
 */
final class ExportOptions {
    static final String GAP = "--gap";
    static final String STEP = "--step";
    static final String SEQUENCE = "--sequence";
    static final String ZONE = "--zone";
    static final String FOLLOW = "--follow";
    static final String DIALECT = "--dialect";
    static final String ENVELOPE = "--envelope";

    private static final Pattern PSEUDONYM = Pattern.compile("p[0-9a-f]{15}");
    private static final long NANOS_A_SECOND = 1_000_000_000L;
    private static final long NANOS_A_MILLI = 1_000_000L;

    @Option(
            names = GAP,
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "geojson-tracks, gpx: a road user that is silent for longer begins a new line.")
    private double gapSeconds;

    @Option(names = STEP, paramLabel = "SECONDS", defaultValue = "0.1", description = "fcd: length of a time step.")
    private double stepSeconds;

    @Option(
            names = SEQUENCE,
            description = "geojson, geojson-tracks: a feature a line instead of one collection (GeoJSONSeq).")
    private boolean sequence;

    @Option(
            names = ZONE,
            paramLabel = "FILE",
            description = "mcap: a zone file, shown as map and as roads of the scene.")
    private @Nullable Path zone;

    @Option(
            names = FOLLOW,
            split = ",",
            paramLabel = "ID",
            description =
                    "mcap: devices that get a topic and a frame of their own, so that a panel can stay with them.")
    private List<String> follow = List.of();

    @Option(
            names = DIALECT,
            paramLabel = "2019|phase2",
            defaultValue = "phase2",
            description = "pcap: message set that frames are encoded in (default: ${DEFAULT-VALUE}).")
    private String dialect = "";

    @Option(names = ENVELOPE, description = "pcap: frames in the envelope of roadside units, in place of bare ones.")
    private boolean envelope;

    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec command;

    /**
     * Refuses options of other formats.
     *
     * @throws IllegalArgumentException with option, value and rule
     */
    void check(final ExportFormat format) {
        for (final String option : given()) {
            if (!format.options().contains(option)) {
                throw new IllegalArgumentException(
                        option + ": is not an option of --format " + format.name() + ExportFormat.takersOf(option));
            }
        }
    }

    /**
     * Refuses devices to follow that no record of the file is of, since all ids in it are pseudonyms.
     *
     * @throws IllegalArgumentException with option, value and rule
     */
    void checkPseudonyms() {
        for (final String id : follow) {
            if (!PSEUDONYM.matcher(id).matches()) {
                throw new IllegalArgumentException(FOLLOW + " " + id
                        + ": must be the pseudonym of the device (p and 15 hex digits), since --pseudonymise is given");
            }
        }
    }

    /** Names of those of this class that stand on the command line. */
    private Set<String> given() {
        final Set<String> own = new HashSet<>();
        for (final OptionSpec option :
                CommandSpec.forAnnotatedObject(new ExportOptions()).options()) {
            own.add(option.longestName());
        }
        final Set<String> given = new TreeSet<>();
        command.commandLine().getParseResult().matchedOptions().forEach(option -> given.add(option.longestName()));
        given.retainAll(own);
        return given;
    }

    /** How long a road user may be silent within a line, ns. */
    long gapNs() {
        return nanos(GAP, gapSeconds, 0.1, 86_400);
    }

    /** Length of a time step, ns; whole milliseconds. */
    long stepNs() {
        return nanos(STEP, stepSeconds, 0.001, 3_600);
    }

    /** Whether a feature stands in a line of its own. */
    boolean sequence() {
        return sequence;
    }

    /** What an MCAP file shows besides the records. */
    McapOptions mcap() {
        final Path file = zone;
        if (file != null && !Files.isRegularFile(file)) {
            throw new IllegalArgumentException(ZONE + " " + file + ": must be a file");
        }
        return new McapOptions(file, Set.copyOf(follow));
    }

    /** How messages are written into a capture. */
    PcapOptions pcap() {
        return new PcapOptions(dialect(dialect), envelope);
    }

    /**
     * The one of that name.
     *
     * @throws IllegalArgumentException with option, value and rule
     */
    static Dialect dialect(final String name) {
        final Dialect known = Dialect.of(name);
        if (known == null) {
            throw new IllegalArgumentException(DIALECT + " " + name + ": must be 2019 or phase2");
        }
        return known;
    }

    private static long nanos(final String option, final double seconds, final double least, final double most) {
        if (!(seconds >= least && seconds <= most)) {
            throw new IllegalArgumentException(option + " " + seconds + ": must be " + least + " to " + most + " s");
        }
        return Math.round(seconds * NANOS_A_SECOND / NANOS_A_MILLI) * NANOS_A_MILLI;
    }
}
