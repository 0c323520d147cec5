package io.luyun.benchmarks.torture.kill;

import io.luyun.benchmarks.torture.Subject;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Puts faults into a server's process from outside, when it starts. Its jar has a manifest and nothing else: the classes come from
 * the class path, which is the harness's own.
 */
public final class FaultAgent {
    private static final String JAR = "fault-agent.jar";
    private static final String HOLD = "hold";
    private static final String KILL = "kill";
    private static final String TAMPER = "tamper";

    private final Path jar;

    /** Writes the jar into this directory. */
    public FaultAgent(final Path directory) throws IOException {
        jar = directory.resolve(JAR).toAbsolutePath();
        final Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", FaultAgent.class.getName());
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream written = new JarOutputStream(file, manifest)) {
            written.finish();
        }
    }

    /** JVM flag of a server that ends at a passage of a point, 1 the first. */
    String kill(final Point point, final int passage) {
        return flag(KILL, point.name(), passage);
    }

    /** JVM flag of a server one thread of which stops for good at a passage of a point. */
    String hold(final Point point, final int passage) {
        return flag(HOLD, point.name(), passage);
    }

    /** JVM flag of a server that is not what it should be. */
    public String tamper(final Tamper tamper) {
        return flag(TAMPER, tamper.name(), 1);
    }

    /** A start of a server that is all of this. */
    Subject.Start tampered(final Subject.Start start, final List<Tamper> tampers) {
        Subject.Start tampered = start;
        for (final Tamper tamper : tampers) {
            tampered = tampered.with(tamper(tamper));
        }
        return tampered;
    }

    private String flag(final String what, final String name, final int passage) {
        return "-javaagent:" + jar + "=" + what + ":" + name + ":" + passage;
    }

    /** The JVM calls this before the server's main method, once for each flag. */
    public static void premain(final String argument, final Instrumentation instrumentation) {
        final String[] words = argument.split(":");
        final List<Edit> edits = new ArrayList<>();
        if (words[0].equals(TAMPER)) {
            edits.add(Tamper.valueOf(words[1]));
        } else {
            Passages.arm(Integer.parseInt(words[2]), words[0].equals(HOLD));
            edits.add(Point.valueOf(words[1]));
        }
        instrumentation.addTransformer(new Weaver(edits));
    }
}
