package io.luyun.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.luyun.benchmarks.rig.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each client against the real thing. */
final class PeersTest {
    private static final Load LOAD = new Load(1_000, 10, 20, 0, 1);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LUYUN", "ECHO"})
    void everythingSentIsAcknowledgedAndWhatConcernsSomebodyIsDelivered(final Contender peer) throws Exception {
        try (Hosts.Running running =
                new Hosts(new NoHost(), new MavenJars("mvn", false)).start(peer, directory.resolve("data"))) {
            // Twice, since what the first left behind is nothing of the second's.
            for (int i = 0; i < 2; i++) {
                final TurnResult.Counts counts = new Turn(
                                peer,
                                running.port(),
                                running.child().pid(),
                                ProcessHandle.current().pid(),
                                1_000)
                        .run(LOAD, new NumberedReports())
                        .counts();
                final boolean acknowledges = peer != Contender.MOSQUITTO_QOS0;
                assertThat(counts)
                        .isEqualTo(new TurnResult.Counts(1_000, acknowledges ? 1_000 : 0, 0, 50, 50, 0, true));
            }
        } catch (final MissingPeerException e) {
            System.out.println("left out: " + e.getMessage());
            Assumptions.abort(e.getMessage());
        }
    }

    @Test
    @SuppressWarnings("try") // it ends before its time on purpose
    void aPeerThatEndsIsToldAndNotWaitedFor() throws Exception {
        try (Hosts.Running running = new Hosts(new NoHost(), new MavenJars("mvn", false))
                        .start(Contender.REDIS, directory.resolve("data"));
                Client client = Clients.of(Contender.REDIS, running.port(), 2, new NumberedReports())) {
            final NumberedReports reports = new NumberedReports();
            final Account account = new Account(2, 1);
            client.open(account);
            running.close();
            assertThatThrownBy(() ->
                            new LoadRun(client, reports, account, new Load(100, 2, 10, 0, 1), System.nanoTime()).run())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the server has closed a connection");
        } catch (final MissingPeerException e) {
            System.out.println("left out: " + e.getMessage());
            Assumptions.abort(e.getMessage());
        }
    }

    @Test
    void whatIsNotInstalledIsNamedWithItsPackage() {
        assertThatThrownBy(() -> Hosts.program(Contender.NATS, List.of(directory)))
                .isInstanceOf(MissingPeerException.class)
                .hasMessage("nats-jetstream: no nats-server here; it is in the Debian package nats-server");
    }

    @Test
    void whatIsNotInTheLocalRepositoryIsNamedWithTheWayToGetIt() {
        assertThatThrownBy(() -> new MavenJars("true", false).classPath("kafka", "a:b:1", 45, directory))
                .isInstanceOf(MissingPeerException.class)
                .hasMessage(
                        "kafka: a:b:1 is not in the local Maven repository: say --download, by which Maven fetches it "
                                + "(45 MB)");
        assertThatThrownBy(() -> new MavenJars("echo", true).classPath("kafka", "a:b:1", 45, directory))
                .isInstanceOf(MissingPeerException.class)
                .hasMessageStartingWith("kafka: Maven could not fetch a:b:1: ");
        assertThatThrownBy(() -> new MavenJars("/nowhere/mvn", true).classPath("kafka", "a:b:1", 45, directory))
                .isInstanceOf(MissingPeerException.class)
                .hasMessageStartingWith("cannot run /nowhere/mvn");
    }

    @Test
    void versionsAreThoseOfTheParentPom() throws IOException {
        final String pom = Files.readString(Path.of("..", "pom.xml"));
        assertThat(pom)
                .contains("<kafka.version>" + KafkaHost.VERSION + "</kafka.version>")
                .contains("<dependency-plugin.version>" + MavenJars.PLUGIN_VERSION + "</dependency-plugin.version>");
    }

    @Test
    void nothingIsStartedAfterTheEnd() throws Exception {
        final Processes processes = new Processes();
        final Path log = directory.resolve("log");
        final Child child = processes
                .start(() -> new Hosts.Running(Child.run("sleep", List.of("sleep", "60"), log), 0))
                .child();
        assertThat(child.alive()).isTrue();
        processes.close();
        assertThat(child.alive()).isFalse();
        assertThatThrownBy(() -> processes.start(() -> new Hosts.Running(child, 0)))
                .hasMessage("told to stop");
    }

    @Test
    void namesAndFamiliesAreFound() {
        assertThat(Contender.named("redis")).containsExactly(Contender.REDIS, Contender.REDIS_ALWAYS);
        assertThat(Contender.named("redis-streams")).containsExactly(Contender.REDIS);
        assertThatThrownBy(() -> Contender.named("luyun")).hasMessageStartingWith("--only: 'luyun' is none of echo, ");
    }

    @Test
    void oneInSoManyMessagesConcernsSomebody() {
        for (final int vehicles : new int[] {1, 7, 100, 200}) {
            final Load load = new Load(20_000, vehicles, 100, 0, 10);
            long concerning = 0;
            for (long message = 0; message < load.messages(); message++) {
                concerning += load.concerns(message) ? 1 : 0;
            }
            assertThat(concerning).as("%d vehicles", vehicles).isBetween(1_995L, 2_005L);
        }
    }

    /** Starts nothing of Luyun. */
    private static final class NoHost implements OwnHost {
        @Override
        public Child luyun(final Path data, final Path log) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Child echo(final Path log) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Child generator(final Turn turn, final Load load, final List<String> classPath, final Path log) {
            throw new UnsupportedOperationException();
        }
    }
}
