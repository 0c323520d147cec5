package io.luyun.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is played as whom: rules, tokens, ids, and where to. */
final class RemapTest {
    @TempDir
    private Path directory;

    @Test
    void theFirstRuleThatFitsCounts() {
        final Remap remap = Remap.of(List.of("veh-1=bus", "veh-*=copy-*-b", "*-9=nine*"));
        assertThat(Stream.of("veh-1", "veh-12", "rsu-9", "rsu-1").map(remap::of))
                .containsExactly("bus", "copy-12-b", "ninersu", "rsu-1");
        assertThat(Remap.NONE.of("veh-1")).isEqualTo("veh-1");
    }

    @ParameterizedTest
    @CsvSource({
        "veh-1, OLD=NEW",
        "=veh-1, OLD=NEW",
        "veh-1=, OLD=NEW",
        "veh-*=one, one * in both ids or none",
        "veh-1=v*, one * in both ids or none",
        "v*h*=v*, one * in both ids or none",
    })
    void whatIsNoRuleIsNamed(final String rule, final String why) {
        assertThatThrownBy(() -> Remap.of(List.of(rule)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--remap " + rule + ": must")
                .satisfies(e -> assertThat(e.getMessage().replace(",", "")).contains(why));
    }

    @Test
    void twoAreNotPlayedAsOne() {
        final List<String> ids = List.of("veh-1", "veh-2", "rsu-1");
        assertThatThrownBy(() -> Remap.of(List.of("veh-1=veh-2")).check(ids))
                .hasMessage("--remap: veh-1 and veh-2 would both be played as veh-2");
        Remap.of(List.of("veh-1=veh-2", "veh-2=veh-1")).check(ids);
        assertThatThrownBy(() -> Remap.of(List.of("veh-3=x")).check(ids))
                .hasMessage("--remap veh-3=x: no device that is played has this id");
        assertThatThrownBy(() -> Remap.of(List.of("veh-1=" + "ä".repeat(33))).check(ids))
                .hasMessageEndingWith("an id has at most 64 octets");
    }

    @Test
    void rulesStandInAFile() throws Exception {
        final Path file = Files.writeString(directory.resolve("remap"), "# copies\n\nveh-1=a\n  veh-2=b \n");
        assertThat(Remap.lines(file)).containsExactly("veh-1=a", "veh-2=b");
    }

    @Test
    void freshIdsAreStableAndNeverTheSame() {
        final FreshIds ids = new FreshIds(11, 22);
        final FreshIds others = new FreshIds(12, 22);
        final Set<Long> seen = new HashSet<>();
        for (long id = -50_000; id < 50_000; id++) {
            assertThat(seen.add(ids.applyAsLong(id))).isTrue();
            assertThat(ids.applyAsLong(id)).isEqualTo(ids.applyAsLong(id)).isNotEqualTo(id);
            assertThat(others.applyAsLong(id)).isNotEqualTo(ids.applyAsLong(id));
        }
    }

    @Test
    void tokensStandInAFile() throws Exception {
        final Path file = Files.writeString(directory.resolve("tokens"), "# secret\nveh-1  one\n\nveh-2\ttwo\n");
        final Tokens tokens = Tokens.read(file, "all");
        assertThat(tokens.of("veh-1")).isEqualTo("one");
        assertThat(tokens.of("veh-2")).isEqualTo("two");
        assertThat(tokens.of("veh-3")).isEqualTo("all");
        assertThat(tokens).hasToString("2 tokens");
        assertThat(Tokens.NONE.of("veh-1")).isNull();
        final Path wrong = Files.writeString(directory.resolve("wrong"), "veh-1 one\nveh-2\n");
        assertThatThrownBy(() -> Tokens.read(wrong, null))
                .hasMessage("--tokens " + wrong + " line 2: must be a device id and its token");
        final Path twice = Files.writeString(directory.resolve("twice"), "veh-1 one\nveh-1 two\n");
        assertThatThrownBy(() -> Tokens.read(twice, null))
                .hasMessage("--tokens " + twice + " line 2: veh-1 has a token already");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:7883, SERVER, 127.0.0.1, 7883",
        "[::1]:7883, SERVER, ::1, 7883",
        "mqtt://host:1883, MQTT, host, 1883",
        "UDP://host:1, UDP, host, 1",
        "tcp://:9, TCP, 127.0.0.1, 9",
        "-, STDOUT, '', 0",
    })
    void targetsAreNamed(final String text, final TargetAddress.Form form, final String host, final int port) {
        assertThat(TargetAddress.of(text)).isEqualTo(new TargetAddress(form, text, host, port));
    }

    @ParameterizedTest
    @CsvSource({"host", "host:0", "http://host:80", "host:x", "udp://host", "''"})
    void whatIsNoTargetIsNamed(final String text) {
        assertThatThrownBy(() -> TargetAddress.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--to " + text + ": must be HOST:PORT of a server, mqtt://");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\" \", PAUSE",
                ".., STEP STEP",
                "+=-_, FASTER FASTER SLOWER SLOWER",
                "[]q, BACK FORWARD QUIT",
                "^[A^[B^[C^[D, FASTER SLOWER STEP",
                "^OA^OB, FASTER SLOWER",
                "^[1;2C^[1;2D, FORWARD BACK",
                "^[1;5C^[3~x., STEP STEP",
                "^^[A, FASTER",
                "^[999999999999., STEP",
                "abc, \"\"",
            })
    void keysAreRead(final String octets, final String keys) {
        final KeyDecoder decoder = new KeyDecoder();
        final StringBuilder read = new StringBuilder();
        for (int i = 0; i < octets.length(); i++) {
            final Key key = decoder.next(octets.charAt(i) == '^' ? 0x1B : octets.charAt(i));
            if (key != null) {
                read.append(' ').append(key);
            }
        }
        assertThat(read.toString().strip()).isEqualTo(keys);
    }
}
