package io.luyun.server.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.world.ZoneMap;
import io.luyun.server.zone.ZoneCensus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The tools for zone files. */
@Command(
        name = "zone",
        description = "Makes zone files of other tools' road networks, and checks them.",
        mixinStandardHelpOptions = true,
        subcommands = ZoneImportCommand.class)
public final class ZoneCommand implements Runnable {
    private static final int SOUND = 0;
    private static final int CHECK_FAILED = 1;
    private static final int BAD_INPUT = 2;
    private static final int MOST_FINDINGS = 20;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "check",
            description =
                    "Reads a zone file as the server does and counts what is in it. Exit code 1 when it is no zone"
                            + " or refers to something that is not there.",
            mixinStandardHelpOptions = true)
    int check(
            @Parameters(paramLabel = "ZONE", description = "The GeoJSON of a zone.") final Path file,
            @Option(names = "--json", description = "Print one JSON object.") final boolean json) {
        final ZoneMap map;
        final ZoneCensus census;
        try {
            final JsonNode tree = new ObjectMapper().readTree(Files.readAllBytes(file));
            map = ZoneMap.load(file);
            census = ZoneCensus.of(tree);
        } catch (final JsonProcessingException e) {
            return fail(
                    CHECK_FAILED,
                    file + ": not JSON: line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
        } catch (final IllegalArgumentException e) {
            return fail(CHECK_FAILED, String.valueOf(e.getMessage()));
        } catch (final IOException e) {
            return fail(BAD_INPUT, unreadable(file, e));
        }
        final PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(map, census));
        } else {
            out.println(text(map, census));
        }
        final List<String> findings = census.findings();
        findings.stream()
                .limit(MOST_FINDINGS)
                .forEach(finding -> spec.commandLine().getErr().println(file + ": " + finding));
        if (findings.size() > MOST_FINDINGS) {
            spec.commandLine().getErr().println("and " + (findings.size() - MOST_FINDINGS) + " more");
        }
        return findings.isEmpty() ? SOUND : CHECK_FAILED;
    }

    private static String text(final ZoneMap map, final ZoneCensus census) {
        return String.format(
                Locale.ROOT,
                "%s: %d links of %.2f km with %d lanes, %d movements, %d nodes (%d with signals, %d with a program), %d"
                        + " crossings, %d bus stops, %d roadside units; %d links lead nowhere",
                map.name(),
                census.count("link"),
                map.lengthMetres() / 1000,
                census.lanes(),
                census.count("movement"),
                census.count("node"),
                census.signalised(),
                census.programs(),
                census.count("crossing"),
                census.count("busStop"),
                census.count("rsu"),
                census.deadEnds());
    }

    private static ObjectNode json(final ZoneMap map, final ZoneCensus census) {
        final ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("name", map.name())
                .put("region", map.region())
                .put("links", census.count("link"))
                .put("metres", Math.rint(map.lengthMetres()))
                .put("lanes", census.lanes())
                .put("movements", census.count("movement"))
                .put("nodes", census.count("node"))
                .put("signalised", census.signalised())
                .put("programs", census.programs())
                .put("crossings", census.count("crossing"))
                .put("busStops", census.count("busStop"))
                .put("roadsideUnits", census.count("rsu"))
                .put("deadEnds", census.deadEnds());
        census.findings().forEach(node.putArray("findings")::add);
        return node;
    }

    static String unreadable(final Path file, final IOException e) {
        return e instanceof NoSuchFileException && file.toString().equals(e.getMessage())
                ? file + " does not exist"
                : file + " cannot be read or written: " + e.getMessage();
    }

    private int fail(final int code, final String why) {
        spec.commandLine().getErr().println("luyun: " + why);
        return code;
    }
}
