package io.luyun.benchmarks.peers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Peers that are Maven artifacts and not on our class path: Maven finds them with all they need in the local repository, and fetches them
 * there when the user says so.
 *
 * @param mvn the command
 * @param download whether it may fetch
 */
public record MavenJars(String mvn, boolean download) {
    /** The version that the build itself uses, which is in the local repository for that reason; the parent POM has it. */
    static final String PLUGIN_VERSION = "3.11.0";

    /**
     * The jars of an artifact and of what it needs.
     *
     * @param label what the peer is called
     * @param artifact group, name and version, between colons
     * @param megabytes how much there is to fetch
     * @param directory for files of Maven's
     * @throws MissingPeerException when they are not there and may not or cannot be fetched
     */
    List<String> classPath(final String label, final String artifact, final int megabytes, final Path directory)
            throws IOException, InterruptedException {
        final String[] names = artifact.split(":");
        final Path pom = Files.writeString(directory.resolve("pom.xml"), """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>io.luyun</groupId>
                  <artifactId>peer</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                  <dependencies>
                    <dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>
                  </dependencies>
                </project>
                """.formatted((Object[]) names));
        final Path list = directory.resolve("jars");
        String said = resolve(pom, list, "-o");
        if (!Files.exists(list) && download) {
            said = resolve(pom, list, "-U");
            if (!Files.exists(list)) {
                throw new MissingPeerException(label + ": Maven could not fetch " + artifact + ": "
                        + said.lines()
                                .filter(line -> line.startsWith("[ERROR]"))
                                .findFirst()
                                .orElse(said.strip()));
            }
        }
        if (!Files.exists(list)) {
            throw new MissingPeerException(
                    label + ": " + artifact + " is not in the local Maven repository: say --download, "
                            + "by which Maven fetches it (" + megabytes + " MB)");
        }
        return List.of(Files.readString(list).strip().split(File.pathSeparator));
    }

    private String resolve(final Path pom, final Path list, final String how) throws IOException, InterruptedException {
        try {
            return Programs.output(
                    mvn,
                    "-B",
                    "-q",
                    how,
                    "-f",
                    pom.toString(),
                    "org.apache.maven.plugins:maven-dependency-plugin:" + PLUGIN_VERSION + ":build-classpath",
                    "-Dmdep.outputFile=" + list);
        } catch (final IOException e) {
            throw new MissingPeerException("cannot run " + mvn + ", which finds this peer: " + e.getMessage());
        }
    }
}
