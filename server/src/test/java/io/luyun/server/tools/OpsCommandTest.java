package io.luyun.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class OpsCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsATokenAndTheLineThatKnowsItAgain() throws Exception {
        assertThat(run("token", "li", "--scope", "read,operate")).isZero();
        final List<String> lines = out.toString().lines().toList();
        final String token = lines.get(0).substring(lines.get(0).lastIndexOf(' ') + 1);
        final byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        assertThat(token).hasSize(43);
        assertThat(lines.get(2)).isEqualTo("li:operate:" + HexFormat.of().formatHex(hash));
    }

    @Test
    void noTwoAreAlike() {
        run("token", "li", "--scope", "admin");
        run("token", "li", "--scope", "admin");
        assertThat(out.toString().lines().distinct().count()).isEqualTo(5);
    }

    @Test
    void badInputIsOneLine() {
        assertThat(run("token", "li", "--scope", "write")).isEqualTo(2);
        assertThat(run("token", "l:i", "--scope", "read")).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "luyun: --scope write: must be read, operate or admin",
                        "luyun: NAME l:i: must be 1 to 64 letters, digits, dots, underscores, hyphens and at signs");
        assertThat(run("token", "li")).isEqualTo(2);
    }

    private int run(final String... args) {
        return new CommandLine(new OpsCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
