package io.luyun.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ZoneCommandTest {
    private static final String NET = """
            <net>
              <location netOffset="0,0" projParameter="!"/>
              <edge id="ab" from="a" to="b"><lane id="ab_0" index="0" speed="10" length="100" shape="0,0 100,0"/></edge>
              <junction id="a" type="dead_end" x="0" y="0"/>
              <junction id="b" type="dead_end" x="100" y="0"/>
            </net>
            """;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path net = Path.of("");
    private Path zone = Path.of("");

    @BeforeEach
    void write() throws Exception {
        net = directory.resolve("a.net.xml");
        zone = directory.resolve("a.geojson");
        Files.writeString(net, NET);
    }

    private int run(final Object... arguments) {
        final String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = String.valueOf(arguments[i]);
        }
        return new CommandLine(new ZoneCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }

    @Test
    void importsAndChecks() {
        assertThat(run("import", "sumo", net, "-o", zone, "--ref", "29.5,106.5", "--name", "Street"))
                .as("%s", err)
                .isEqualTo(0);
        assertThat(run("check", zone)).as("%s", err).isEqualTo(0);
        assertThat(out.toString())
                .startsWith("Street: 1 links of 0.10 km with 1 lanes, 0 movements, 2 nodes (0 with signals");
        assertThat(run("check", zone, "--json")).isEqualTo(0);
        assertThat(out.toString()).contains("\"deadEnds\":1,\"findings\":[]");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void mistakesEndInOneLine() {
        assertThat(run("import", "sumo", net, "-o", zone)).isEqualTo(2);
        assertThat(run("import", "sumo", net, "-o", zone, "--ref", "north")).isEqualTo(2);
        assertThat(run("import", "sumo", net, "-o", zone, "--ref", "95,0")).isEqualTo(2);
        assertThat(run("import", "sumo", net, "-o", zone, "--ref", "29.5,106.5", "--region", "70000"))
                .isEqualTo(2);
        assertThat(run("import", "sumo", directory.resolve("none.xml"), "-o", zone))
                .isEqualTo(2);
        assertThat(run("import", "sumo", net, "-o", directory.resolve("no/zone"), "--ref", "29.5,106.5"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(6)
                .allSatisfy(line -> assertThat(line).startsWith("luyun: "))
                .satisfiesExactly(
                        line -> assertThat(line).contains("a.net.xml:2: <location>: the file names no projection"),
                        line -> assertThat(line).contains("--ref north must be LAT,LON"),
                        line -> assertThat(line).contains("95.0,0.0 is not in -85..85"),
                        line -> assertThat(line).contains("region 70000 is not in 0..65535"),
                        line -> assertThat(line).contains("none.xml does not exist"),
                        line -> assertThat(line).contains("no/zone does not exist"));
        assertThat(zone).doesNotExist();
    }

    @Test
    void checkFindsWhatIsNotThere() throws Exception {
        run("import", "sumo", net, "-o", zone, "--ref", "29.5,106.5");
        final String sound = Files.readString(zone);
        Files.writeString(zone, sound.replace("\"downstream\":2", "\"downstream\":3"));
        assertThat(run("check", zone)).isEqualTo(1);
        assertThat(err.toString()).contains("link 1: downstream 3 is unknown");
        Files.writeString(zone, sound.replace("\"LineString\"", "\"Line\""));
        assertThat(run("check", zone)).isEqualTo(1);
        assertThat(err.toString()).contains("(link linkId 1 name ab): geometry.type = Line: must be LineString");
        Files.writeString(zone, sound.substring(0, 300));
        assertThat(run("check", zone)).isEqualTo(1);
        assertThat(err.toString()).contains("not JSON: line 5");
        Files.delete(zone);
        assertThat(run("check", zone)).isEqualTo(2);
    }
}
