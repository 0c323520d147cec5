package io.luyun.server.exchange.place;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Reads XML, and lets other programs look at it. */
final class XmlFiles {
    private XmlFiles() {}

    static Document read(final Path file) throws Exception {
        final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(file.toFile());
    }

    static List<Element> children(final Node parent) {
        final List<Element> elements = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    static List<Element> all(final Document document, final String name) {
        final List<Element> elements = new ArrayList<>();
        for (int i = 0; i < document.getElementsByTagNameNS("*", name).getLength(); i++) {
            elements.add((Element) document.getElementsByTagNameNS("*", name).item(i));
        }
        return elements;
    }

    record Answer(int code, String text) {}

    static Answer run(final Path directory, final String... command) throws Exception {
        final Path log = directory.resolve("answer.txt");
        final Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command[0] + " did not end");
        }
        return new Answer(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
    }

    /** Whether a program is there; one line says when not. */
    static boolean has(final String program, final String debianPackage) {
        final boolean there = program.startsWith("/")
                ? Files.isRegularFile(Path.of(program))
                : List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
        if (!there) {
            System.out.println("SKIPPED: no " + program + "; apt-get install " + debianPackage);
        }
        return there;
    }
}
