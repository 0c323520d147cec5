package io.luyun.server.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.luyun.server.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

final class CommandRunTest {
    private final StringWriter err = new StringWriter();

    @Command(name = "fails")
    private record Fails(RuntimeException why) implements Callable<Integer> {
        @Override
        public Integer call() {
            throw why;
        }
    }

    private int fails(final RuntimeException why) {
        return CommandRun.of(new CommandLine(new Fails(why)).setErr(new PrintWriter(err, true)));
    }

    @Test
    void whatNoCommandHasAnAnswerForIsOneLine() {
        assertThat(fails(new IllegalStateException("deciding has failed"))).isEqualTo(4);
        assertThat(fails(new UncheckedIOException("cannot read a.cq4", new IOException("Input/output error"))))
                .isEqualTo(4);
        assertThat(fails(new ArithmeticException("/ by zero"))).isEqualTo(4);
        assertThat(err.toString().lines())
                .containsExactly(
                        "luyun: deciding has failed",
                        "luyun: cannot read a.cq4: java.io.IOException: Input/output error",
                        "luyun: java.lang.ArithmeticException: / by zero");
    }

    @Test
    void anAnswerThatDidNotFitOnTheDiskIsNone() throws Exception {
        final Path full = Path.of("/dev/full");
        if (!Files.isWritable(full)) {
            System.out.println("SKIPPED: no /dev/full to write an answer to");
            assumeTrue(false);
        }
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("--")) {
                command.add(argument);
            }
        }
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "--help"));
        final Process process =
                new ProcessBuilder(command).redirectOutput(full.toFile()).start();
        final String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said).isEqualTo("luyun: cannot write all of it to standard output\n");
        assertThat(process.exitValue()).isEqualTo(4);
    }
}
