package io.luyun.server.tools;

import io.luyun.server.zone.ImportException;
import io.luyun.server.zone.ImportOptions;
import io.luyun.server.zone.ImportOptions.Reference;
import io.luyun.server.zone.ImportedZone;
import io.luyun.server.zone.ZoneImport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Road networks of other tools into zone files. */
@Command(
        name = "import",
        description = "Makes a zone file of a road network in another format.",
        mixinStandardHelpOptions = true)
final class ZoneImportCommand implements Runnable {
    private static final int DONE = 0;
    private static final int BAD_INPUT = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    /** What all formats have. */
    static final class Output {
        @Option(names = "-o", required = true, paramLabel = "ZONE", description = "The GeoJSON to write.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private Path zone;

        @Option(
                names = "--ref",
                paramLabel = "LAT,LON",
                description = "Where x and y are 0, in degrees; for files without a projection.")
        private @Nullable String reference;

        @Option(names = "--name", description = "Name of the zone; that of the file unless given.")
        private @Nullable String name;

        @Option(
                names = "--region",
                defaultValue = "1",
                description = "Road regulator of all nodes (default: ${DEFAULT-VALUE}).")
        private int region;

        @Option(names = "--rsus", description = "Put a roadside unit at every node with signals.")
        private boolean rsus;

        private ImportOptions options() {
            return new ImportOptions(name, region, reference == null ? null : point(reference), rsus);
        }

        private static Reference point(final String text) {
            final String[] parts = text.split(",");
            try {
                if (parts.length == 2) {
                    return new Reference(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
                }
            } catch (final NumberFormatException e) {
                throw new IllegalArgumentException("--ref " + text + " must be LAT,LON in degrees", e);
            }
            throw new IllegalArgumentException("--ref " + text + " must be LAT,LON in degrees");
        }
    }

    /** One of the imports. */
    private interface Import {
        ImportedZone with(ImportOptions options) throws IOException, ImportException;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "sumo", description = "A network of SUMO.", mixinStandardHelpOptions = true)
    int sumo(
            @Parameters(paramLabel = "FILE.net.xml", description = "The network.") final Path file,
            @Option(
                            names = "--additional",
                            paramLabel = "FILE",
                            description = "Bus stops and programs of traffic lights; may be given more than once.")
                    final @Nullable List<Path> additional,
            @Mixin final Output output) {
        return write(
                output, file, options -> ZoneImport.sumo(file, additional == null ? List.of() : additional, options));
    }

    @Command(name = "opendrive", description = "A network of OpenDRIVE.", mixinStandardHelpOptions = true)
    int opendrive(
            @Parameters(paramLabel = "FILE.xodr", description = "The network.") final Path file,
            @Mixin final Output output) {
        return write(output, file, options -> ZoneImport.openDrive(file, options));
    }

    private int write(final Output output, final Path file, final Import work) {
        try {
            final ImportedZone zone = work.with(output.options());
            Files.writeString(output.zone, zone.text());
            for (final String note : zone.notes().lines()) {
                spec.commandLine().getErr().println(file + ": " + note);
            }
            return DONE;
        } catch (final ImportException | IllegalArgumentException e) {
            return fail(String.valueOf(e.getMessage()));
        } catch (final IOException e) {
            return fail(ZoneCommand.unreadable(Path.of(String.valueOf(e.getMessage())), e));
        }
    }

    private int fail(final String why) {
        spec.commandLine().getErr().println("luyun: " + why);
        return BAD_INPUT;
    }
}
