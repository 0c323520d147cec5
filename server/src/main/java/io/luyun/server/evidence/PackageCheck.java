package io.luyun.server.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.audit.FileHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether packages are what was sealed.
 *
 * <pre>
 *   manifest   it can be read, has the format and its own id
 *   file       every file it names is there with its length and hash, and no other is
 *   chain      its hash is that in the chain; it names the one before; none is missing
 *   records    raw frames, lines and MCAP tell the same records
 *   journal    the journal, where it is given, has the same frames
 * </pre>
 *
 * One thread.
 */
public final class PackageCheck {
    private static final int LOOKS = 40;
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final PackageStore store;
    private final @Nullable Path data;

    /**
     * A check.
     *
     * @param data the data directory, or a copy, whose journals the frames are held against; null for none
     */
    public PackageCheck(final PackageStore store, final @Nullable Path data) {
        this.store = store;
        this.data = data;
    }

    /** Looks at all packages and at the chain; empty when all of it holds. */
    public List<Finding> all() {
        final List<Finding> findings = new ArrayList<>();
        final List<String> ids = store.ids();
        final Chain.Content chain = chainWith(ids);
        chain(chain, findings);
        for (final String id : ids) {
            one(id, chain, findings);
        }
        return findings;
    }

    /**
     * Looks at one package and its place in the chain.
     *
     * @throws EvidenceException when there is none
     */
    public List<Finding> one(final String id) {
        if (store.find(id) == null) {
            throw new EvidenceException("package " + id + ": there is none");
        }
        final List<Finding> findings = new ArrayList<>();
        final Chain.Content chain = chainWith(List.of(id));
        if (!chain.finding().isEmpty()) {
            findings.add(new Finding("", Chain.FILE, "chain", chain.finding()));
        }
        one(id, chain, findings);
        return findings;
    }

    /** The chain. A package that is being sealed has its name and not yet its line: that is waited for, for a moment. */
    private Chain.Content chainWith(final List<String> ids) {
        Chain.Content chain = store.chain();
        for (int i = 0; i < LOOKS; i++) {
            if (chain.finding().isEmpty() && chain.links().keySet().containsAll(ids)) {
                break;
            }
            LockSupport.parkNanos(LOOK_NS);
            chain = store.chain();
        }
        return chain;
    }

    /** What the chain says of packages that are not there. */
    private void chain(final Chain.Content chain, final List<Finding> findings) {
        if (!chain.finding().isEmpty()) {
            findings.add(new Finding("", Chain.FILE, "chain", chain.finding()));
        }
        long number = 0;
        for (final Chain.Link link : chain.links().values()) {
            number++;
            if (link.number() != number) {
                findings.add(new Finding(
                        link.id(), Chain.FILE, "chain", "has number " + link.number() + " in place of " + number));
            }
            if (!link.removed() && store.find(link.id()) == null) {
                findings.add(new Finding(link.id(), "", "chain", "was sealed and is not there"));
            }
        }
    }

    private void one(final String id, final Chain.Content chain, final List<Finding> findings) {
        final Path there = store.find(id);
        if (there == null) {
            return;
        }
        final ObjectNode manifest;
        try {
            manifest = PackageStore.read(there.resolve(PackageStore.MANIFEST));
        } catch (final EvidenceException e) {
            findings.add(new Finding(id, PackageStore.MANIFEST, "manifest", String.valueOf(e.getMessage())));
            return;
        }
        if (!manifest.path("format").asText().equals(Sealer.FORMAT)
                || !manifest.path("incident").path("id").asText().equals(id)) {
            findings.add(new Finding(
                    id, PackageStore.MANIFEST, "manifest", "is not that of the package, or not of " + Sealer.FORMAT));
        }
        try {
            place(id, there, manifest, chain, findings);
            if (files(id, there, manifest, findings)) {
                new RecordsCheck(id, there, devices(manifest), findings).run(manifest, data);
            }
        } catch (final IOException e) {
            findings.add(new Finding(id, "", "file", "cannot be read: " + e.getMessage()));
        }
    }

    private static void place(
            final String id,
            final Path there,
            final JsonNode manifest,
            final Chain.Content chain,
            final List<Finding> findings)
            throws IOException {
        final Chain.Link own = chain.links().get(id);
        if (own == null) {
            findings.add(new Finding(id, "", "chain", "is not in the chain"));
            return;
        }
        if (!FileHash.of(there.resolve(PackageStore.MANIFEST)).equals(own.sha256())
                || manifest.path("number").asLong() != own.number()) {
            findings.add(new Finding(id, PackageStore.MANIFEST, "chain", "is not the one that was sealed"));
        }
        final JsonNode before = manifest.path("before");
        final Chain.Link last = chain.links().values().stream()
                .filter(link -> link.number() == own.number() - 1)
                .findFirst()
                .orElse(null);
        final boolean names = last == null
                ? before.isNull() && own.number() == 1
                : before.path("id").asText().equals(last.id())
                        && before.path("manifestSha256").asText().equals(last.sha256());
        if (!names) {
            findings.add(new Finding(id, PackageStore.MANIFEST, "chain", "does not name the package before it"));
        }
    }

    /** Whether the files are those that were sealed. */
    private static boolean files(
            final String id, final Path there, final JsonNode manifest, final List<Finding> findings)
            throws IOException {
        final int before = findings.size();
        final Set<String> named = new HashSet<>(Set.of(PackageStore.MANIFEST));
        for (final JsonNode entry : manifest.path("files")) {
            final String name = entry.path("name").asText();
            named.add(name);
            final Path file = there.resolve(name);
            if (!Files.isRegularFile(file)) {
                findings.add(new Finding(id, name, "file", "is not there"));
            } else if (Files.size(file) != entry.path("bytes").asLong()) {
                findings.add(new Finding(
                        id,
                        name,
                        "file",
                        "has " + Files.size(file) + " bytes in place of "
                                + entry.path("bytes").asLong()));
            } else if (!FileHash.of(file).equals(entry.path("sha256").asText())) {
                findings.add(new Finding(id, name, "file", "is not what its hash says"));
            }
        }
        for (final String needed :
                List.of(WindowFiles.JOURNAL, WindowFiles.ALERTS, DerivedFiles.JOURNAL, DerivedFiles.ALERTS)) {
            if (!named.contains(needed)) {
                findings.add(new Finding(id, needed, "file", "is not named in the manifest"));
            }
        }
        try (Stream<Path> all = Files.list(there)) {
            all.map(each -> String.valueOf(each.getFileName()))
                    .filter(name -> !named.contains(name))
                    .sorted()
                    .forEach(name -> findings.add(new Finding(id, name, "file", "is not named in the manifest")));
        }
        return findings.size() == before;
    }

    private static Map<Integer, String> devices(final JsonNode manifest) {
        final Map<Integer, String> devices = new HashMap<>();
        manifest.path("devices")
                .properties()
                .forEach(entry -> devices.put(
                        Integer.valueOf(entry.getKey()), entry.getValue().asText()));
        return devices;
    }
}
