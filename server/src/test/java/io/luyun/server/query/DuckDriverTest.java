package io.luyun.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the driver comes from. */
final class DuckDriverTest {
    @TempDir
    private Path directory;

    @Test
    void isTheVersionThatTheTestsHave() throws Exception {
        assertThat(Files.readString(Path.of("..", "pom.xml")))
                .contains("<duckdb.version>" + DuckDriver.VERSION + "</duckdb.version>");
        assertThat(Asked.jar().getFileName()).hasToString("duckdb_jdbc-" + DuckDriver.VERSION + ".jar");
    }

    @Test
    void saysHowToGetOne() {
        final Path jar = DuckDriver.within(directory);
        assertThatThrownBy(() -> DuckDriver.open(jar))
                .isInstanceOf(DriverMissingException.class)
                .hasMessageContaining(jar.toString())
                .hasMessageContaining("--download")
                .hasMessageContaining("mvn dependency:get -Dartifact=org.duckdb:duckdb_jdbc:" + DuckDriver.VERSION)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aFileThatIsNoneIsSaidToBeNone() throws Exception {
        final Path jar = Files.writeString(directory.resolve("some.jar"), "no jar");
        assertThatThrownBy(() -> DuckDriver.open(jar))
                .isInstanceOf(DriverMissingException.class)
                .hasMessage(jar + " is no DuckDB driver");
    }

    @Test
    void mavenFetchesItIntoTheRepository() throws Exception {
        final Path asked = directory.resolve("asked");
        DuckDriver.fetch(script("echo \"$@\" > " + asked), directory.resolve("repository"));
        assertThat(Files.readString(asked).strip())
                .isEqualTo("-B dependency:get -Dartifact=org.duckdb:duckdb_jdbc:" + DuckDriver.VERSION
                        + " -Dtransitive=false -Dmaven.repo.local=" + directory.resolve("repository"));
    }

    @Test
    void saysWhatMavenSays() throws Exception {
        final String failing = script("echo '[INFO] no'; echo '[ERROR] no such host'; exit 1");
        assertThatThrownBy(() -> DuckDriver.fetch(failing, directory))
                .isInstanceOf(DriverMissingException.class)
                .hasMessageEndingWith(": [ERROR] no such host");
        assertThatThrownBy(() -> DuckDriver.fetch(directory.resolve("none").toString(), directory))
                .isInstanceOf(DriverMissingException.class)
                .hasMessageContaining("cannot run");
    }

    private String script(final String body) throws Exception {
        final Path script = Files.createFile(
                directory.resolve("mvn"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(script, "#!/bin/sh\n" + body + "\n");
        return script.toString();
    }
}
