package io.luyun.server.tools;

import io.luyun.server.evidence.EvidenceConfig;
import io.luyun.server.evidence.EvidenceSource;
import io.luyun.server.evidence.ManualFreeze;
import io.luyun.server.evidence.PackageStore;
import io.luyun.server.evidence.Place;
import io.luyun.server.evidence.Trigger;
import io.luyun.server.journal.Journal;
import io.luyun.server.monitor.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a package by hand. */
@Command(
        name = "freeze",
        description =
                "Freezes what happened around a time and place. Where a server runs and the window is not over, the"
                        + " server does it when it is.",
        mixinStandardHelpOptions = true)
final class EvidenceFreezeCommand implements Callable<Integer> {
    private static final long NANOS = 1_000_000_000L;
    private static final int LONGEST_WINDOW = 14_400;
    private static final int LONGEST_SIDE = 3_600;
    private static final int LONGEST_RADIUS = 20_000;

    @Parameters(paramLabel = "DIR", description = "The data directory of a server.")
    private Path directory = Path.of("");

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for people.")
    private String reason = "";

    @Option(names = "--by", paramLabel = "NAME", description = "Who asks for it; else who runs this.")
    private @Nullable String by;

    @Option(names = "--at", paramLabel = "TIME", description = "When it happened, RFC 3339; else now.")
    private @Nullable String at;

    @Option(names = "--place", paramLabel = "LAT,LON", description = "Where, degrees; else everywhere.")
    private @Nullable String place;

    @Option(names = "--device", paramLabel = "ID", description = "The device concerned.")
    private String device = "";

    @Option(names = "--alert", paramLabel = "ID", description = "An alert, whose time, place and device it is.")
    private @Nullable String alert;

    @Option(
            names = "--before",
            paramLabel = "S",
            defaultValue = "90",
            description = "Seconds before; ${DEFAULT-VALUE}.")
    private int before;

    @Option(names = "--after", paramLabel = "S", defaultValue = "90", description = "Seconds after; ${DEFAULT-VALUE}.")
    private int after;

    @Option(names = "--radius", paramLabel = "M", defaultValue = "300", description = "Metres; ${DEFAULT-VALUE}.")
    private int radius;

    @Option(names = "--zone", paramLabel = "FILE", description = "The zone file, to be in the package.")
    private @Nullable Path zone;

    @Option(names = "--audit", paramLabel = "FILE", description = "Audit log in place of that of DIR.")
    private @Nullable Path audit;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() {
        return EvidenceCommand.on(spec, () -> {
            if (zone != null && !Files.isRegularFile(zone)) {
                throw new IllegalArgumentException("--zone " + zone + ": must be a zone file");
            }
            final String version = EvidenceFreezeCommand.class.getPackage().getImplementationVersion();
            final EvidenceSource source = new EvidenceSource(
                    directory.resolve("journal"),
                    directory.resolve("alerts"),
                    zone,
                    version == null ? "(unpackaged)" : version);
            // fails when there is none
            Journal.openReadOnly(source.journal());
            final PackageStore store = new PackageStore(directory.resolve("evidence"), InstantSource.system());
            final ManualFreeze freeze = new ManualFreeze(
                    store,
                    source,
                    new SystemEpochNanoClock(),
                    failure -> spec.commandLine().getErr().println("luyun: " + failure.getMessage()));
            Settings.inRange("--before", before, 1, LONGEST_SIDE);
            Settings.inRange("--after", after, 1, LONGEST_SIDE);
            Settings.inRange("--radius", radius, 1, LONGEST_RADIUS);
            final Trigger trigger = trigger(freeze);
            final EvidenceConfig.Extent extent = new EvidenceConfig.Extent(before, after, radius, 0, LONGEST_WINDOW);
            EvidenceCommand.log(directory, audit, "evidence-freeze", trigger.id(), reason);
            final boolean made = freeze.freeze(trigger, extent);
            spec.commandLine()
                    .getOut()
                    .println(trigger.id() + (made ? "" : "  (the server makes it when its window is over)"));
            return EvidenceCommand.DONE;
        });
    }

    private Trigger trigger(final ManualFreeze freeze) {
        final String who = by == null ? ExportAudit.actor() : by;
        if (alert != null) {
            if (at != null || place != null) {
                throw new IllegalArgumentException(
                        "--alert " + alert + ": has its time and place, without --at and --place");
            }
            try {
                return freeze.alert(Long.parseUnsignedLong(alert), who, reason);
            } catch (final NumberFormatException e) {
                throw new IllegalArgumentException("--alert " + alert + ": must be the id of an alert", e);
            }
        }
        final Instant now = Instant.now();
        final Instant when = at == null ? now : JournalHoldCommand.time("--at", at);
        Settings.require(
                when.isAfter(Instant.EPOCH) && !when.isAfter(now),
                "--at",
                String.valueOf(at),
                "must not be in the future, nor before 1970");
        return new Trigger(
                Trigger.Kind.MANUAL,
                when.getEpochSecond() * NANOS + when.getNano(),
                place == null ? null : place(place),
                new Trigger.Cause(device, 0, who, reason));
    }

    private static Place place(final String given) {
        final String[] parts = given.split(",", -1);
        try {
            if (parts.length == 2) {
                final double lat = Double.parseDouble(parts[0]);
                final double lon = Double.parseDouble(parts[1]);
                if (Math.abs(lat) <= 90 && Math.abs(lon) <= 180) {
                    return Place.of(lat, lon);
                }
            }
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("--place " + given + ": must be LAT,LON in degrees", e);
        }
        throw new IllegalArgumentException("--place " + given + ": must be LAT,LON in degrees");
    }
}
