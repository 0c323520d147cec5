package io.luyun.server.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.audit.FileHash;
import io.luyun.server.exchange.SampleJournal;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages of a recording: what is in them, and that whatever is changed in them is found. */
final class PackageTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long SEED = 7;
    private static final Place PLACE = Place.of(29.6000500, 106.3000500);
    private static final Sealer.Remarks NOTHING = new Sealer.Remarks(List.of(), List.of());
    private static final EvidenceConfig.Extent EXTENT = new EvidenceConfig.Extent(2, 2, 30, 0, 600);

    /** What was recorded is not changed but by who says so. */
    @TempDir
    private static Path recorded;

    @TempDir
    private Path directory;

    private Path data;
    private PackageStore store;
    private Sealer sealer;

    @BeforeAll
    static void record() {
        SampleJournal.write(recorded, SEED);
    }

    @BeforeEach
    void open() throws IOException {
        data = recorded;
        store = new PackageStore(directory.resolve("evidence"), InstantSource.fixed(Instant.EPOCH));
        sealer = sealer(data);
    }

    private Sealer sealer(final Path from) throws IOException {
        return sealer(from, Pace.FULL);
    }

    private Sealer sealerOf(final PackageStore other) {
        final EvidenceSource source = new EvidenceSource(data.resolve("journal"), data.resolve("alerts"), null, "test");
        return new Sealer(source, other, 1_000, InstantSource.system(), Pace.FULL);
    }

    private Sealer sealer(final Path from, final Pace pace) throws IOException {
        final Path zone = directory.resolve("zone.geojson");
        Files.writeString(zone, """
                {"type":"FeatureCollection","luyun":{"format":1,"name":"Test zone","region":1,"ref":[106.3,29.6]},"features":[]}
                """);
        return new Sealer(
                new EvidenceSource(from.resolve("journal"), from.resolve("alerts"), zone, "test"),
                store,
                1_000,
                InstantSource.fixed(Instant.EPOCH),
                pace);
    }

    private static Incident incident(final long secondsBehind, final @Nullable Place place) {
        return Incident.of(
                new Trigger(
                        Trigger.Kind.MANUAL,
                        SampleJournal.TIME_NS + secondsBehind * SECOND_NS,
                        place,
                        new Trigger.Cause("car-1", 0, "somebody", "for the test")),
                EXTENT);
    }

    private String seal(final Incident incident) throws IOException {
        sealer.seal(incident, new Sealer.Remarks(List.of(), List.of()));
        return incident.id();
    }

    private List<Finding> check() {
        return new PackageCheck(store, data).all();
    }

    private Path of(final String id) {
        final Path there = store.find(id);
        if (there == null) {
            throw new AssertionError("no package " + id);
        }
        return there;
    }

    private ObjectNode manifest(final String id) {
        return PackageStore.read(of(id).resolve(PackageStore.MANIFEST));
    }

    @Test
    void aPackageHasWhatHappenedAroundAPlaceAndHolds() throws IOException {
        final String id = seal(incident(3, PLACE));
        assertThat(check()).isEmpty();
        final ObjectNode manifest = manifest(id);
        final long records = manifest.path("journal").path("records").asLong();
        final long taken = manifest.path("journal").path("inPackage").asLong();
        assertThat(taken).isBetween(20L, records - 20);
        assertThat(manifest.path("journal").path("sequencesNotThere").asLong()).isZero();
        assertThat(manifest.path("journal").path("numbersLeftOut").asLong()).isPositive();
        assertThat(manifest.path("zone").path("name").asText()).isNotEmpty();
        assertThat(manifest.path("devices").toString()).contains("car-1").contains("rsu-1");
        try (Stream<Path> files = Files.list(of(id))) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "journal.raw",
                            "journal.ndjson",
                            "alerts.raw",
                            "alerts.ndjson",
                            "window.mcap",
                            "zone.geojson",
                            "maps.geojson",
                            "summary.txt",
                            "manifest.json");
        }
        assertThat(Files.readString(of(id).resolve("summary.txt")))
                .contains("asked for by somebody")
                .contains(taken + " of the " + records + " records");
        // every BSM of the package is near, and every near one of the window is in it
        assertThat(Files.readAllLines(of(id).resolve("journal.ndjson"))).hasSize((int) taken);
    }

    @Test
    void everywhereIsAllOfTheWindow() throws IOException {
        final String id = seal(incident(3, null));
        final ObjectNode journal = (ObjectNode) manifest(id).path("journal");
        assertThat(journal.path("inPackage").asLong())
                .isEqualTo(journal.path("records").asLong())
                .isGreaterThan(100);
        assertThat(manifest(id).path("alerts").path("inPackage").asLong()).isPositive();
        assertThat(check()).isEmpty();
    }

    @Test
    void aChangedByteIsFoundInItsFile() throws IOException {
        seal(incident(2, null));
        final String id = seal(incident(3, null));
        seal(incident(4, null));
        for (final String name : List.of(
                "journal.raw",
                "journal.ndjson",
                "alerts.raw",
                "alerts.ndjson",
                "window.mcap",
                "zone.geojson",
                "maps.geojson",
                "summary.txt",
                "manifest.json")) {
            flip(of(id).resolve(name));
            assertThat(new PackageCheck(store, null).all())
                    .as(name)
                    .isNotEmpty()
                    .allMatch(each -> each.id().equals(id) && each.file().equals(name));
            flip(of(id).resolve(name));
        }
        assertThat(check()).isEmpty();
    }

    private static void flip(final Path file) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            final long at = access.length() / 2;
            access.seek(at);
            final int was = access.read();
            access.seek(at);
            access.write(was ^ 1);
        }
    }

    @Test
    void aPackageTakenOutIsFoundWhereverItStood() throws IOException {
        final List<String> ids = new ArrayList<>();
        for (int second = 2; second < 5; second++) {
            ids.add(seal(incident(second, null)));
        }
        for (final String id : ids) {
            final Path aside = directory.resolve("aside");
            Files.move(of(id), aside);
            assertThat(check())
                    .extracting(Finding::id, Finding::rule)
                    .contains(org.assertj.core.groups.Tuple.tuple(id, "chain"));
            Files.move(aside, directory.resolve("evidence/packages").resolve(id));
        }
        assertThat(check()).isEmpty();
    }

    @Test
    void aManifestThatWasMadeToFitDoesNotFitTheChain() throws IOException {
        final String id = seal(incident(3, null));
        seal(incident(4, null));
        forge(id, "summary.txt", "nothing happened");
        assertThat(check())
                .anyMatch(each -> each.id().equals(id) && each.rule().equals("chain"))
                .noneMatch(each -> each.rule().equals("file"));
    }

    /** Changes a file, and its length and hash in the manifest. */
    private void forge(final String id, final String name, final String content) throws IOException {
        final Path file = of(id).resolve(name);
        Files.writeString(file, content);
        final ObjectNode manifest = manifest(id);
        manifest.path("files").forEach(entry -> {
            if (entry.path("name").asText().equals(name)) {
                try {
                    ((ObjectNode) entry).put("bytes", Files.size(file)).put("sha256", FileHash.of(file));
                } catch (final IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        });
        Files.write(
                of(id).resolve(PackageStore.MANIFEST), manifest.toPrettyString().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void filesThatTellOtherRecordsAreFound() throws IOException {
        final String id = seal(incident(3, null));
        final String other = seal(incident(4, null));
        final String text = Files.readString(of(id).resolve("journal.ndjson"));
        forge(id, "journal.ndjson", text.replaceFirst("\"kind\":\"BSM\"", "\"kind\":\"RSM\""));
        assertThat(check())
                .anyMatch(each -> each.file().equals("journal.ndjson")
                        && each.rule().equals("records")
                        && each.detail().startsWith("does not tell record "));
        forge(id, "journal.ndjson", text + text.lines().findFirst().orElseThrow() + "\n");
        assertThat(check()).anyMatch(each -> each.detail().startsWith("tells more records"));
        forge(id, "journal.ndjson", text);
        Files.copy(
                of(other).resolve("window.mcap"), of(id).resolve("window.mcap"), StandardCopyOption.REPLACE_EXISTING);
        rehash(id, "window.mcap");
        assertThat(check())
                .anyMatch(
                        each -> each.file().equals("window.mcap") && each.rule().equals("records"));
    }

    private void rehash(final String id, final String name) throws IOException {
        final Path file = of(id).resolve(name);
        final byte[] bytes = Files.readAllBytes(file);
        forge(id, name, "");
        Files.write(file, bytes);
        final ObjectNode manifest = manifest(id);
        for (final var entry : manifest.path("files")) {
            if (entry.path("name").asText().equals(name)) {
                ((ObjectNode) entry).put("bytes", Files.size(file)).put("sha256", FileHash.of(file));
            }
        }
        Files.write(
                of(id).resolve(PackageStore.MANIFEST), manifest.toPrettyString().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void framesAreHeldAgainstTheJournal() throws IOException {
        final String id = seal(incident(3, null));
        final Path other = directory.resolve("other");
        SampleJournal.write(other, SEED + 1);
        assertThat(new PackageCheck(store, other).one(id))
                .isNotEmpty()
                .allMatch(each -> each.rule().equals("journal"));
        assertThat(new PackageCheck(store, data).one(id)).isEmpty();
    }

    @Test
    void whatIsDamagedInTheJournalStandsInTheManifest() throws IOException {
        data = directory.resolve("damaged");
        SampleJournal.write(data, SEED);
        sealer = sealer(data);
        final Path journal = data.resolve("journal");
        long sequence = 0;
        String name = "";
        long position = 0;
        try (JournalReader reader = Journal.openReadOnly(journal).readerAt(SampleJournal.TIME_NS + 3 * SECOND_NS)) {
            assertThat(reader.next()).isTrue();
            sequence = reader.sequence();
            name = reader.file();
            final byte[] frame = new byte[reader.recordLength()];
            reader.buffer().getBytes(reader.recordOffset(), frame);
            position = find(Files.readAllBytes(journal.resolve(name)), frame);
        }
        try (RandomAccessFile access =
                new RandomAccessFile(journal.resolve(name).toFile(), "rw")) {
            access.seek(position + 50);
            access.write(access.read() ^ 0xFF);
        }
        final String id = seal(incident(3, null));
        final ObjectNode account = (ObjectNode) manifest(id).path("journal");
        assertThat(account.path("sequencesNotThere").asLong()).isEqualTo(1);
        assertThat(account.path("damage")).hasSize(1);
        assertThat(account.path("damage").get(0).asText())
                .startsWith("records " + sequence + " to " + sequence + " in " + name);
        assertThat(Files.readString(of(id).resolve("summary.txt"))).contains("damaged: records " + sequence);
        assertThat(check()).isEmpty();
    }

    private static long find(final byte[] all, final byte[] part) {
        for (int i = 0; i + part.length <= all.length; i++) {
            if (java.util.Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("the record is not in its file");
    }

    @Test
    void aWriterThatDiedLeavesNoHalfPackageAndNoHoleInTheChain() throws IOException {
        final String first = seal(incident(2, null));
        final String second = seal(incident(3, null));
        // died before the line of the chain was written
        final Path chain = directory.resolve("evidence/chain.ndjson");
        final List<String> lines = Files.readAllLines(chain);
        Files.writeString(chain, lines.getFirst() + "\n");
        // died while it wrote files
        final Path half = directory.resolve("evidence/packages/.half");
        Files.createDirectories(half);
        Files.writeString(half.resolve("journal.raw"), "half");
        assertThat(check()).isNotEmpty();
        store.cleanUp();
        assertThat(half).doesNotExist();
        assertThat(check()).isEmpty();
        seal(incident(4, null));
        assertThat(check()).isEmpty();
        assertThat(store.ids()).startsWith(first, second).hasSize(3);
    }

    /** A package has its name before its line: whoever looks just then would call it forged. */
    @Test
    void aPackageThatIsBeingSealedIsWaitedFor() throws Exception {
        seal(incident(2, null));
        seal(incident(3, null));
        final Path chain = directory.resolve("evidence/chain.ndjson");
        final List<String> lines = Files.readAllLines(chain);
        Files.writeString(chain, lines.getFirst() + "\n");
        final List<Finding> found = new ArrayList<>();
        final Thread check = Thread.ofPlatform().start(() -> found.addAll(check()));
        while (check.getState() != Thread.State.TIMED_WAITING && check.isAlive()) {
            Thread.onSpinWait();
        }
        Files.write(chain, lines);
        check.join();
        assertThat(found).isEmpty();
    }

    @Test
    void whatAnotherProcessMakesIsNotThrownAway() throws IOException {
        final PackageStore other = new PackageStore(directory.resolve("evidence"), InstantSource.system());
        final List<Integer> times = new ArrayList<>();
        final Sealer watched = sealer(data, () -> {
            if (times.isEmpty()) {
                times.add(1);
                cleanUp(other);
                assertThatThrownBy(() -> sealerOf(other).seal(incident(3, null), NOTHING))
                        .hasMessageContaining("another package is being made");
            }
        });
        watched.seal(incident(3, null), NOTHING);
        assertThat(times).isNotEmpty();
        assertThat(check()).isEmpty();
        assertThat(store.ids()).hasSize(1);
    }

    @Test
    void halfAPackageIsThrownAwayWhenItCannotBeFinished() throws IOException {
        final List<Integer> steps = new ArrayList<>();
        assertThatThrownBy(() -> sealer(data, () -> {
                            steps.add(1);
                            if (steps.size() > 300) {
                                throw new EvidenceException("full");
                            }
                        })
                        .seal(incident(3, null), NOTHING))
                .hasMessage("full");
        assertThat(directory.resolve("evidence/packages")).isEmptyDirectory();
    }

    private static void cleanUp(final PackageStore other) {
        try {
            other.cleanUp();
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whatIsLetGoOfWhenItsTimeIsOverIsNoHole() throws IOException {
        final String first = seal(incident(2, null));
        final String second = seal(incident(5, null));
        assertThat(store.removeBefore(SampleJournal.TIME_NS + 5 * SECOND_NS)).containsExactly(first);
        assertThat(store.ids()).containsExactly(second);
        assertThat(check()).isEmpty();
        seal(incident(6, null));
        assertThat(check()).isEmpty();
    }

    @Test
    void namesThatLeaveTheDirectoryAreNone() throws IOException {
        final String id = seal(incident(3, null));
        assertThat(store.find("\0")).isNull();
        assertThat(store.find("..")).isNull();
        assertThat(store.find("../packages/" + id)).isNull();
        assertThat(store.file(id, "../../chain.ndjson")).isNull();
        assertThat(store.file(id, "manifest.json")).isNotNull();
    }
}
