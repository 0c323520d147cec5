package io.luyun.server.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.server.audit.FileHash;
import io.luyun.server.journal.SafeFile;
import io.luyun.server.research.RecordLines;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes sealed packages of incidents whose window is over. One thread. */
final class Sealer {
    static final String FORMAT = "luyun evidence 1";
    static final String ZONE = "zone.geojson";
    private static final String SUMMARY = "summary.txt";

    private final EvidenceSource source;
    private final PackageStore store;
    private final int lateMillis;
    private final InstantSource clock;
    private final Pace pace;

    Sealer(
            final EvidenceSource source,
            final PackageStore store,
            final int lateMillis,
            final InstantSource clock,
            final Pace pace) {
        this.source = source;
        this.store = store;
        this.lateMillis = lateMillis;
        this.clock = clock;
        this.pace = pace;
    }

    /** What a package says besides what it is made of. */
    record Remarks(List<String> refersTo, List<String> notes) {}

    /** Makes the package; does nothing when it is there already. */
    void seal(final Incident incident, final Remarks remarks) throws IOException {
        try (PackageStore.Making making = store.making()) {
            if (store.find(incident.id()) == null) {
                final Path made = making.begin(incident.id());
                boolean done = false;
                try {
                    make(incident, remarks, made);
                    done = true;
                } finally {
                    if (!done) {
                        // half a package must not take the room that the journal needs
                        making.discard(incident.id());
                    }
                }
            }
        }
    }

    private void make(final Incident incident, final Remarks remarks, final Path made) throws IOException {
        final Recording recording = Files.isDirectory(source.alerts())
                ? Recording.open(source.journal(), source.alerts())
                : Recording.open(source.journal());
        final WindowFiles window = new WindowFiles(incident, recording, lateMillis, pace);
        final ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("format", FORMAT);
        manifest.set("incident", incident.json());
        final WindowFiles.Account journal = window.journal(made);
        final ObjectNode alerts = window.alerts(made);
        final Path zone = source.zone();
        if (zone != null) {
            Files.copy(zone, made.resolve(ZONE));
        }
        new DerivedFiles(made, window.devices(), pace)
                .write(
                        zone == null ? null : made.resolve(ZONE),
                        Map.of("luyun.evidence", incident.id(), "luyun.version", source.version()));
        manifest.put("version", source.version());
        manifest.put("sealedAt", clock.instant().toString());
        manifest.put("sealedBy", System.getProperty("user.name", "unknown"));
        final Facts facts = facts(made, window.devices());
        manifest.set("zone", zone(made, facts));
        manifest.set("journal", journal.window());
        manifest.set("standing", journal.standing());
        manifest.set("alerts", alerts);
        final ObjectNode devices = manifest.putObject("devices");
        window.devices().forEach((index, id) -> devices.put(index.toString(), id));
        final ArrayNode refers = manifest.putArray("refersTo");
        remarks.refersTo().forEach(refers::add);
        final ArrayNode notes = manifest.putArray("notes");
        remarks.notes().forEach(notes::add);
        final long lastNs = recording.journal().lastTimeNs();
        if (lastNs < incident.untilNs()) {
            notes.add("the journal ends at " + Incident.time(lastNs) + ", before the window does");
        }
        if (manifest.path("zone").has("toldByServerSha256")
                && !manifest.path("zone")
                        .path("toldByServerSha256")
                        .equals(manifest.path("zone").path("fileSha256"))) {
            notes.add("the zone file is not the one that the server had when it started within the window");
        }
        finish(incident.id(), made, manifest, facts.kinds());
    }

    private void finish(
            final String id, final Path made, final ObjectNode manifest, final SortedMap<String, Long> kinds)
            throws IOException {
        Files.write(made.resolve(SUMMARY), SummaryText.of(manifest, kinds).getBytes(StandardCharsets.UTF_8));
        manifest.set("files", files(made));
        store.seal(id, made, (number, before) -> {
            manifest.put("number", number);
            if (before == null) {
                manifest.putNull("before");
            } else {
                manifest.putObject("before")
                        .put("number", before.number())
                        .put("id", before.id())
                        .put("manifestSha256", before.sha256());
            }
            Files.write(
                    made.resolve(PackageStore.MANIFEST),
                    manifest.toPrettyString().getBytes(StandardCharsets.UTF_8));
        });
    }

    /**
     * What the records tell of themselves.
     *
     * @param kinds how many of each kind
     * @param zone name of the zone as the server told it when it started within the window; empty when it did not
     * @param zoneSha256 the same of its file
     */
    private record Facts(SortedMap<String, Long> kinds, String zone, ByteString zoneSha256) {}

    private Facts facts(final Path made, final Map<Integer, String> devices) throws IOException {
        final SortedMap<String, Long> kinds = new TreeMap<>();
        String name = "";
        ByteString sha256 = ByteString.EMPTY;
        try (Records records = DerivedFiles.merged(made, devices)) {
            while (records.next()) {
                kinds.merge(RecordLines.kind(records.kind()), 1L, Long::sum);
                if (records.kind() == RecordKind.RECORD_KIND_SERVER_STARTED_VALUE) {
                    final ServerStarted started = ServerStarted.parseFrom(records.payload());
                    name = started.getZone();
                    sha256 = started.getZoneSha256();
                }
            }
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException("a start of the server is not what its checksum says", e);
        }
        return new Facts(kinds, name, sha256);
    }

    private static ObjectNode zone(final Path made, final Facts facts) throws IOException {
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        final Path file = made.resolve(ZONE);
        String name = facts.zone();
        if (Files.exists(file)) {
            name = name.isEmpty()
                    ? PackageStore.read(file).path("luyun").path("name").asText("")
                    : name;
            node.put("fileSha256", FileHash.of(file));
        }
        if (!facts.zoneSha256().isEmpty()) {
            node.put(
                    "toldByServerSha256",
                    java.util.HexFormat.of().formatHex(facts.zoneSha256().toByteArray()));
        }
        return node.put("name", name);
    }

    private static ArrayNode files(final Path made) throws IOException {
        final List<Path> all;
        try (Stream<Path> entries = Files.list(made)) {
            all = entries.sorted().toList();
        }
        final ArrayNode files = JsonNodeFactory.instance.arrayNode();
        for (final Path file : all) {
            SafeFile.force(file);
            files.addObject()
                    .put("name", String.valueOf(file.getFileName()))
                    .put("bytes", Files.size(file))
                    .put("sha256", FileHash.of(file));
        }
        return files;
    }
}
