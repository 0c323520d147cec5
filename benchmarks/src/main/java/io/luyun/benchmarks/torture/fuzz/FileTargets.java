package io.luyun.benchmarks.torture.fuzz;

import io.luyun.proto.uper.Dialect;
import io.luyun.server.ConfigException;
import io.luyun.server.ServerConfig;
import io.luyun.server.exchange.mcap.McapExporter;
import io.luyun.server.exchange.mcap.McapImport;
import io.luyun.server.exchange.mcap.McapOptions;
import io.luyun.server.exchange.pcap.PcapExporter;
import io.luyun.server.exchange.pcap.PcapImport;
import io.luyun.server.exchange.pcap.PcapOptions;
import io.luyun.server.exchange.place.FcdImport;
import io.luyun.server.journal.JournalException;
import io.luyun.server.journal.RawFrames;
import io.luyun.server.mqtt.TopicTable;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import io.luyun.server.research.Selection;
import io.luyun.server.session.DeviceRegistry;
import io.luyun.server.world.ZoneMap;
import io.luyun.simulator.plan.ScenarioFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files a server and its tools read. */
final class FileTargets {
    /** What means something in YAML, JSON and XML, and what breaks readers of them. */
    static final List<byte[]> TOKENS = Seeds.texts(
            "null",
            "~",
            "[]",
            "{}",
            "\"\"",
            "-1",
            "1e999",
            "99999999999999999999",
            ".nan",
            ".inf",
            "true",
            "!!binary x",
            "!!java.io.File x",
            "&a",
            "*a",
            "[*a,*a,*a]",
            "<<: *a",
            "? ",
            "- ",
            ": ",
            "\n  ",
            "\t",
            "---\n",
            "...\n",
            "#",
            "\u0000",
            "\ud83d\ude97",
            "[[[[[[[[[[[[[[[[",
            "{a: {a: {a: {a: ",
            "\"\\ud800\"",
            "coordinates",
            "features",
            "<!DOCTYPE a [<!ENTITY b \"c\">]>",
            "&b;",
            "\"NaN\"");

    private static final String REGISTRY = """
            devices:
              - {id: bus-07, role: OBU, certificate: bus-07}
              - {id: rsu-*, role: RSU, tokenSha256: 2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b, kinds: [RSM, RSI]}
              - id: rsu-1
                role: RSU
                dialect: 2019
                subscribe: true
                kinds: [BSM, MAP]
                ids: ["0102030405060708"]
                area: {south: 29.5, west: 106.2, north: 29.7, east: 106.4}
                udp: {source: 10.1.0.0/16, envelopeId: R1003101}
              - {id: obu-9, role: OBU, dialect: phase2, udp: {source: "fe80::1", port: 4000}}
            """;
    private static final String CONFIG = """
            data: data
            zone: {file: zone.geojson}
            net:
              host: 127.0.0.1
              port: 0
              insecure: true
              tls: {enabled: false, clientAuth: want}
            journal: {syncMaxDelayMicros: 2000, rollCycle: FAST_HOURLY}
            ops: {port: 0, places: [a.geojson]}
            alert: {forwardCollision: {enabled: true}}
            """;
    private static final String ZONE = """
            {"type":"FeatureCollection","luyun":{"format":1,"name":"z","seed":1,"region":1,"ref":[106.3,29.6]},"features":[
            {"type":"Feature","properties":{"kind":"node","nodeId":1,"region":1,"name":"a","signalised":false},
             "geometry":{"type":"Point","coordinates":[106.3,29.6]}},
            {"type":"Feature","properties":{"kind":"node","nodeId":2,"region":1,"name":"b","signalised":true,"program":{"cycleS":97.0,
             "offsetS":46.0,"phases":[{"phaseId":1,"startS":0.0,"greenS":14.0,"yellowS":3.0,"pedestrian":false}]}},
             "geometry":{"type":"Point","coordinates":[106.31,29.6]}},
            {"type":"Feature","properties":{"kind":"link","linkId":1,"upstream":1,"downstream":2,"name":"l","lanes":2,
             "laneWidthM":3.5,"speedLimitKmh":60},"geometry":{"type":"LineString","coordinates":[[106.3,29.6],[106.31,29.6]]}},
            {"type":"Feature","properties":{"kind":"area","name":"school"},
             "geometry":{"type":"Polygon","coordinates":[[[106.3,29.6],[106.31,29.6],[106.31,29.61],[106.3,29.6]]]}}]}
            """;
    private static final String TOPICS = """
            families:
              rsu:
                - {up: "rsu/{id}/info/up", form: json, content: status, ack: true}
                - {down: "rsu/{id}/v2x/down", form: frame, carries: [ALERT, RSI]}
            alerts:
              HLW: {type: 1, at: event, radiusMetres: 50}
            senderMembers: [rsuId]
            """;
    private static final String FCD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <fcd-export><timestep time="0.00"><vehicle id="v0" x="106.3" y="29.6" angle="90.00" type="car" speed="13.9" pos="5.1"
             lane="a_0" slope="0.00"/><person id="p" x="106.31" y="29.6" angle="1" speed="1.1" pos="2" edge="a" slope="0"/></timestep>
            <timestep time="0.10"><vehicle id="v0" x="106.3001" y="29.6" angle="90.00" type="car" speed="13.9" pos="6.5" lane="a_0"/>
            </timestep></fcd-export>
            """;
    private static final Set<Class<? extends Exception>> ARGUMENT = Set.of(IllegalArgumentException.class);

    private FileTargets() {}

    /** All of them, with seeds the server's own writers made. */
    static List<Target> all(final Path directory, final SmallJournal journal) throws IOException {
        final List<Target> all = new ArrayList<>(texts(directory));
        all.add(new RecordTarget(journal.records()));
        final ByteArrayOutputStream frames = new ByteArrayOutputStream();
        journal.records().forEach(frames::writeBytes);
        all.add(new FileTarget(
                "journal-frames",
                directory.resolve("frames"),
                Seeds.join(journal.records(), List.of(frames.toByteArray())),
                Set.of(JournalException.class),
                FileTargets::frames));
        all.addAll(captures(directory, journal));
        return all;
    }

    private static List<Target> texts(final Path directory) throws IOException {
        final List<byte[]> scenarios = new ArrayList<>();
        for (final String name : ScenarioFile.READY) {
            scenarios.add(ScenarioFile.ready(name).getBytes(StandardCharsets.UTF_8));
        }
        return List.of(
                new FileTarget(
                        "registry",
                        directory.resolve("registry.yaml"),
                        Seeds.texts(REGISTRY),
                        ARGUMENT,
                        DeviceRegistry::load),
                new FileTarget(
                        "config",
                        directory.resolve("server.yaml"),
                        Seeds.texts(CONFIG),
                        Set.of(ConfigException.class),
                        ServerConfig::load),
                new FileTarget("zone", directory.resolve("zone.geojson"), Seeds.texts(ZONE), ARGUMENT, ZoneMap::load),
                new FileTarget(
                        "scenario",
                        directory.resolve("scenario.yaml"),
                        scenarios,
                        ARGUMENT,
                        file -> ScenarioFile.read(file.toString())),
                new FileTarget(
                        "topics",
                        directory.resolve("topics.yaml"),
                        Seeds.texts(TOPICS),
                        ARGUMENT,
                        file -> TopicTable.load(file.toString())),
                new FileTarget("fcd", directory.resolve("fcd.xml"), Seeds.texts(FCD), ARGUMENT, FileTargets::fcd));
    }

    private static List<Target> captures(final Path directory, final SmallJournal journal) throws IOException {
        final Path mcap = directory.resolve("seed.mcap");
        final Path bare = directory.resolve("bare.pcap");
        final Path enveloped = directory.resolve("enveloped.pcap");
        final Recording recording = Recording.open(journal.data());
        try (Records records = recording.records(Selection.ALL);
                McapExporter toMcap = McapExporter.open(mcap, McapOptions.NONE);
                PcapExporter toBare = PcapExporter.open(bare, new PcapOptions(Dialect.PHASE_1_2019, false));
                PcapExporter toEnvelopes = PcapExporter.open(enveloped, new PcapOptions(Dialect.PHASE_1_2019, true))) {
            while (records.next()) {
                toMcap.add(records);
                toBare.add(records);
                toEnvelopes.add(records);
            }
        }
        return List.of(
                new FileTarget(
                        "mcap",
                        directory.resolve("fuzz.mcap"),
                        List.of(Files.readAllBytes(mcap)),
                        ARGUMENT,
                        FileTargets::mcap),
                new FileTarget(
                        "pcap",
                        directory.resolve("fuzz.pcap"),
                        List.of(Files.readAllBytes(bare), Files.readAllBytes(enveloped)),
                        ARGUMENT,
                        FileTargets::pcap));
    }

    private static void frames(final Path file) throws IOException {
        try (RawFrames frames = new RawFrames(file)) {
            while (frames.next()) {
                frames.sequence();
            }
        }
    }

    private static void mcap(final Path file) throws IOException {
        try (McapImport in = new McapImport(file)) {
            while (in.next()) {
                in.timeNs();
            }
        }
    }

    private static void pcap(final Path file) throws IOException {
        try (PcapImport in = new PcapImport(file, Dialect.PHASE_1_2019, 0, true)) {
            while (in.next()) {
                in.timeNs();
            }
        }
    }

    private static void fcd(final Path file) throws IOException {
        try (FcdImport in = new FcdImport(file, Instant.ofEpochSecond(1_800_000_000))) {
            while (in.next()) {
                in.timeNs();
            }
        }
    }
}
