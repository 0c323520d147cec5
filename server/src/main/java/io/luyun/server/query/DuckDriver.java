package io.luyun.server.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;

/**
 * DuckDB's driver for Java. It is 80 MB and not on the class path: it is looked for in the local Maven repository, and fetched there
 * when the user says so. Closed by whoever opened it, after its connections.
 */
public final class DuckDriver implements AutoCloseable {
    /** The version that this is tested with; the parent POM has it for the tests. */
    static final String VERSION = "2.0.0.1";

    private static final String NAME = "duckdb_jdbc-" + VERSION + ".jar";
    private static final String ARTIFACT = "org.duckdb:duckdb_jdbc:" + VERSION;
    private static final String CLASS = "org.duckdb.DuckDBDriver";

    private final URLClassLoader loader;
    private final Driver driver;

    private DuckDriver(final URLClassLoader loader, final Driver driver) {
        this.loader = loader;
        this.driver = driver;
    }

    /** The local Maven repository: that of {@code maven.repo.local}, or {@code .m2/repository} of the user. */
    public static Path repository() {
        final String said = System.getProperty("maven.repo.local");
        return said == null ? Path.of(System.getProperty("user.home"), ".m2", "repository") : Path.of(said);
    }

    /** Where a repository has the driver. */
    public static Path within(final Path repository) {
        return repository.resolve(Path.of("org", "duckdb", "duckdb_jdbc", VERSION, NAME));
    }

    /**
     * Opens a driver.
     *
     * @throws DriverMissingException when the file is not there or is none
     */
    public static DuckDriver open(final Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new DriverMissingException("no DuckDB driver at " + jar
                    + ": say --download, by which Maven fetches it (80 MB), or run mvn dependency:get -Dartifact="
                    + ARTIFACT
                    + ", or name its file with --driver");
        }
        try {
            final URLClassLoader loader =
                    new URLClassLoader("duckdb", new URL[] {jar.toUri().toURL()}, Driver.class.getClassLoader());
            final Driver driver =
                    (Driver) loader.loadClass(CLASS).getDeclaredConstructor().newInstance();
            return new DuckDriver(loader, driver);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final ReflectiveOperationException e) {
            throw new DriverMissingException(jar + " is no DuckDB driver", e);
        }
    }

    /**
     * Lets Maven fetch the driver into a repository.
     *
     * @param mvn the command
     * @throws DriverMissingException when that fails
     */
    public static void fetch(final String mvn, final Path repository) {
        try {
            final Process maven = new ProcessBuilder(
                            mvn,
                            "-B",
                            "dependency:get",
                            "-Dartifact=" + ARTIFACT,
                            "-Dtransitive=false",
                            "-Dmaven.repo.local=" + repository.toAbsolutePath())
                    .redirectErrorStream(true)
                    .start();
            maven.getOutputStream().close();
            final String said = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (maven.waitFor() != 0) {
                throw new DriverMissingException("Maven could not fetch " + ARTIFACT + ": "
                        + said.lines()
                                .filter(line -> line.startsWith("[ERROR]"))
                                .findFirst()
                                .orElse("exit code " + maven.exitValue()));
            }
        } catch (final IOException e) {
            throw new DriverMissingException("cannot run " + mvn + " to fetch " + ARTIFACT + ": " + e.getMessage(), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverMissingException("interrupted while Maven fetched " + ARTIFACT, e);
        }
    }

    /** A data base in memory. */
    Connection connect() throws SQLException {
        final Connection connection = driver.connect("jdbc:duckdb:", new Properties());
        if (connection == null) {
            throw new SQLException("the driver takes no jdbc:duckdb:");
        }
        return connection;
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
