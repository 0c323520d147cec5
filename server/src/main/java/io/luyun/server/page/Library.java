package io.luyun.server.page;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;

/**
 * What the page needs of one WebJar on the class path.
 *
 * @param name of the artifact and of its folder
 * @param files paths within its folder
 */
record Library(String name, List<String> files) {
    /** Everything that is taken, and nothing else of these jars gets into ours. */
    static final List<Library> ALL = List.of(
            new Library("ol", List.of("dist/ol.js", "LICENSE.md")),
            new Library(
                    "lit-html",
                    List.of("lit-html.js", "directive.js", "directive-helpers.js", "directives/repeat.js", "LICENSE")),
            new Library("uplot", List.of("dist/uPlot.iife.min.js", "dist/uPlot.min.css", "LICENSE")));

    Library {
        files = List.copyOf(files);
    }

    /** The version on the class path, so that it is said in the build file alone. */
    String version() throws IOException {
        final Properties properties = new Properties();
        try (InputStream in = open("META-INF/maven/org.webjars.npm/" + name + "/pom.properties")) {
            properties.load(in);
        }
        return properties.getProperty("version");
    }

    byte[] bytes(final String file) throws IOException {
        try (InputStream in = open("META-INF/resources/webjars/" + name + "/" + version() + "/" + file)) {
            return in.readAllBytes();
        }
    }

    private static InputStream open(final String resource) throws IOException {
        final InputStream in = Library.class.getClassLoader().getResourceAsStream(resource);
        if (in == null) {
            throw new FileNotFoundException("class path: " + resource + " is not there");
        }
        return in;
    }
}
