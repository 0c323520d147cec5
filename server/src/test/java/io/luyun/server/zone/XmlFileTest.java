package io.luyun.server.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class XmlFileTest {
    @TempDir
    private Path directory;

    private int children(final String text) throws Exception {
        final Path file = directory.resolve("a.xml");
        Files.writeString(file, text);
        int count = 0;
        try (XmlFile xml = XmlFile.open(file, Set.of("net"))) {
            while (xml.nextChild() != null) {
                count++;
            }
        }
        return count;
    }

    @Test
    void readsTheChildrenOfTheRoot() throws Exception {
        assertThat(children("<?xml version='1.0'?><!-- a --><net><a/><b><c/>text</b><!-- b --><d x='1'/></net>"))
                .isEqualTo(3);
    }

    @Test
    void refusesEntitiesThatGrow() {
        final StringBuilder text = new StringBuilder("<?xml version='1.0'?><!DOCTYPE net [<!ENTITY a0 'aaaaaaaaaa'>");
        for (int i = 1; i < 30; i++) {
            text.append("<!ENTITY a")
                    .append(i)
                    .append(" '")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("'>");
        }
        assertThatThrownBy(() -> children(text + "]><net><edge id='&a29;'/></net>"))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("document type declaration");
    }

    @Test
    void readsNoOtherFile() throws Exception {
        final Path secret = directory.resolve("secret");
        Files.writeString(secret, "<edge/>");
        assertThatThrownBy(() -> children("<!DOCTYPE net [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]><net>&x;</net>"))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("document type declaration");
        assertThatThrownBy(() -> children("<!DOCTYPE net SYSTEM '" + secret.toUri() + "'><net/>"))
                .isInstanceOf(ImportException.class);
        assertThatThrownBy(() -> children("<net><a>&x;</a></net>")).isInstanceOf(ImportException.class);
    }

    @Test
    void refusesNestingWithoutEnd() {
        assertThatThrownBy(() -> children("<net>" + "<a>".repeat(100_000)))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("must not be nested deeper than 64");
    }

    @Test
    void saysWhereXmlBreaksOff() {
        assertThatThrownBy(() -> children("<net>\n<a>\n"))
                .isInstanceOf(ImportException.class)
                .hasMessageStartingWith("a.xml:3: not well-formed XML: ")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> children("")).isInstanceOf(ImportException.class);
        assertThatThrownBy(() -> children("<OpenDRIVE/>"))
                .hasMessageStartingWith("a.xml:1: <OpenDRIVE>: the first element must be one of [net]");
    }
}
