package io.luyun.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The history as a picture. */
final class GuardPlotTest {
    @Test
    void everyReleaseHasItsPointAndItsLimit() throws Exception {
        final Document svg = parse(GuardPlot.of(List.of(
                GuardHistoryTest.run("0.1.0"),
                GuardHistoryTest.run(
                        "0.2.0",
                        Map.of(
                                "A.subject",
                                new Guard.Figure(300, 3, 0.5),
                                "A.bare",
                                new Guard.Figure(100, 2, 500),
                                "B.alone",
                                new Guard.Figure(1, 1, 4))))));
        final List<String> texts = texts(svg, "text");
        assertThat(texts).contains("A.subject", "against A.bare", "B.alone", "bytes alone");
        assertThat(texts).contains("3×", "1.50×", "0.50 B", "1 B", "4 B", "10 B");
        assertThat(texts)
                .contains("a <note> & more")
                .anySatisfy(text -> assertThat(text).contains("0.1.0 to 0.2.0").contains("long form"));
        assertThat(texts(svg, "title")).contains("0.1.0: 1.20×", "0.2.0: 3×", "0.1.0: 0.25 B", "0.2.0: 4 B");
        final List<Element> points = elements(svg, "circle");
        // above its limit, so the point stands above the broken line
        final double over = Double.parseDouble(points.get(1).getAttribute("cy"));
        final double within = Double.parseDouble(points.get(0).getAttribute("cy"));
        final String limit = elements(svg, "path").stream()
                .filter(path -> path.getAttribute("class").equals("limit"))
                .findFirst()
                .orElseThrow()
                .getAttribute("d");
        final double allowed = Double.parseDouble(limit.split("[ h]")[1]);
        assertThat(over).isLessThan(allowed);
        assertThat(within).isGreaterThan(allowed);
    }

    @Test
    void theCommittedPictureIsThatOfTheCommittedHistory() throws Exception {
        final GuardRepository repository =
                new GuardRepository(Path.of("..").toAbsolutePath().normalize());
        final List<GuardRun> runs = new GuardHistory(repository.history()).runs();
        final String drawn = GuardPlot.of(runs);
        assertThat(Files.readString(repository.plot())).isEqualTo(drawn);
        final List<String> texts = texts(parse(drawn), "text");
        for (final GuardRun.Stage stage : runs.getLast().stages()) {
            assertThat(texts).contains(stage.benchmark());
        }
        assertThat(drawn).doesNotContain("NaN").doesNotContain("Infinity");
    }

    private static Document parse(final String svg) throws ParserConfigurationException, IOException, SAXException {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> texts(final Document svg, final String name) {
        return elements(svg, name).stream().map(Element::getTextContent).toList();
    }

    private static List<Element> elements(final Document svg, final String name) {
        final List<Element> elements = new ArrayList<>();
        final NodeList found = svg.getElementsByTagName(name);
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}
