package io.luyun.server.zone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The imports there are. */
public final class ZoneImport {
    private ZoneImport() {}

    /**
     * A zone from a SUMO network.
     *
     * @param net a {@code .net.xml}
     * @param additional files with bus stops and programs of traffic lights; may be none
     * @throws IOException when a file cannot be read
     * @throws ImportException when it does not make a zone
     */
    public static ImportedZone sumo(final Path net, final List<Path> additional, final ImportOptions options)
            throws IOException, ImportException {
        final ImportNotes notes = new ImportNotes();
        final SumoNet read = SumoReader.read(net, additional);
        final MapProjection projection = SumoReader.projection(read.root, read.location, options.reference());
        final ZoneDraft draft = SumoZone.of(read, notes);
        return new ImportedZone(ZoneWriter.text(draft, projection, name(net, options), options), notes);
    }

    /**
     * A zone from an OpenDRIVE file.
     *
     * @throws IOException when the file cannot be read
     * @throws ImportException when it does not make a zone
     */
    public static ImportedZone openDrive(final Path file, final ImportOptions options)
            throws IOException, ImportException {
        final ImportNotes notes = new ImportNotes();
        final OpenDriveNet read = OpenDriveReader.read(file);
        final MapProjection projection = OpenDriveReader.projection(read, options, notes);
        final ZoneDraft draft = OpenDriveZone.of(read, notes);
        return new ImportedZone(ZoneWriter.text(draft, projection, name(file, options), options), notes);
    }

    /** The name asked for, or that of the file up to its first dot. */
    private static String name(final Path file, final ImportOptions options) {
        if (options.name() != null) {
            return options.name();
        }
        final String whole = String.valueOf(file.getFileName());
        final int dot = whole.indexOf('.');
        return dot > 0 ? whole.substring(0, dot) : whole;
    }
}
