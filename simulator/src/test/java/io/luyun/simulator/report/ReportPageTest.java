package io.luyun.simulator.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.simulator.measure.Ledger;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** The page is one file of XML without a script, whatever stands in the report. */
final class ReportPageTest {
    private static final Set<String> ELEMENTS = Set.of(
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "h1",
            "h2",
            "p",
            "pre",
            "div",
            "strong",
            "ul",
            "li",
            "b",
            "span",
            "figure",
            "figcaption",
            "small",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "svg",
            "g",
            "path",
            "polyline",
            "circle",
            "text");

    private final RunReport report = SampleReport.of(5, 1, 30);

    @Test
    void isXmlWithoutScriptsAndWithNothingFromOutside() throws Exception {
        for (final String page : List.of(page(report), page(SampleReport.hostile()), page(report, report))) {
            final Document document = parse(page);
            final Set<String> elements = new TreeSet<>();
            final NodeList all = document.getElementsByTagName("*");
            for (int i = 0; i < all.getLength(); i++) {
                final Element element = (Element) all.item(i);
                elements.add(element.getTagName());
                for (int a = 0; a < element.getAttributes().getLength(); a++) {
                    assertThat(element.getAttributes().item(a).getNodeName())
                            .doesNotStartWith("on")
                            .isNotIn("href", "src", "style");
                }
            }
            assertThat(ELEMENTS).containsAll(elements);
            assertThat(page).doesNotContain("url(", "@import", "javascript:");
        }
    }

    @Test
    void hostileTextIsText() throws Exception {
        final String page = page(SampleReport.hostile());
        assertThat(page).doesNotContain("<script>", "\u0000", "\u001b", "\u202e", "]]>");
        assertThat(page).contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;&#39;");
        assertThat(parse(page).getElementsByTagName("h1").item(0).getTextContent())
                .startsWith("Load run: <script>alert(1)</script> & \"'");
    }

    @Test
    void tellsAllThereIs() throws Exception {
        final Document document = parse(page(report));
        final String text = document.getDocumentElement().getTextContent();
        assertThat(text)
                .contains(
                        "Load run: rush-hour",
                        "seed 5",
                        "luyun sim load --scenario rush-hour.yaml",
                        "name: rush-hour\nrate: 20000\n",
                        "Processor X",
                        "8.0 GiB",
                        "OpenJDK 64-Bit Server VM",
                        "ack.RSM",
                        "alert.FCW",
                        "refused: OUT_OF_RANGE message.bsm.heading",
                        "12.9 µs");
        assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(7);
        assertThat(text).doesNotContain("NOT VALID", "DOES NOT CLOSE", "Search for the maximum");
    }

    @Test
    void aRunThatDoesNotCountIsLoud() throws Exception {
        final RunReport bad = with(report.ledger(), List.of("generator lag p99 3.2 ms is above 1 ms"), List.of());
        final Document document = parse(page(bad));
        final Element banner = withLook(document, "div", "banner").getFirst();
        assertThat(banner.getTextContent())
                .contains("NOT VALID: these figures do not count", "generator lag p99 3.2 ms is above 1 ms");
        assertThat(banner.getAttribute("role")).isEqualTo("alert");
    }

    @Test
    void whatDoesNotCloseIsRed() throws Exception {
        final Ledger open = new Ledger(
                new Ledger.Script(100, 0, 0, 0, 100),
                new Ledger.Extra(0, 0),
                new Ledger.Answers(90, Map.of(), 4, 0),
                new Ledger.Spoiled(0, 0, 0),
                new Ledger.InJournal(88, 0L, 0L, 0L, 1, 0),
                null);
        final Document document = parse(page(with(open, List.of(), List.of())));
        final List<String> red = withLook(document, "tr", "bad").stream()
                .map(Element::getTextContent)
                .toList();
        assertThat(red).anyMatch(row -> row.startsWith("DOES NOT CLOSEsent 100 = acknowledged 90"));
        assertThat(red).anyMatch(row -> row.startsWith("lost2"));
        assertThat(red).anyMatch(row -> row.startsWith("there twice1"));
        assertThat(red).noneMatch(row -> row.contains("offered 100 ="));
        assertThat(withLook(document, "div", "card bad")).hasSize(2);
    }

    @Test
    void aDisturbedRunSaysSo() throws Exception {
        final RunReport disturbed = new RunReport(
                report.about(),
                report.machine(),
                report.validity(),
                report.ledger(),
                report.latencyMicros(),
                report.series(),
                new RunReport.Cpu(12.9, 3.1, 4L),
                List.of());
        assertThat(withLook(parse(page(disturbed)), "p", "note"))
                .singleElement()
                .extracting(Element::getTextContent)
                .isEqualTo("In 4 seconds something else used the machine.");
        assertThat(withLook(parse(page(report)), "p", "note")).isEmpty();
    }

    @Test
    void stagesAndVerdictsAreTold() throws Exception {
        final RunReport searched = with(
                report.ledger(),
                List.of(),
                List.of(
                        new RunReport.Stage(10_000, true, null, 5_000.0, 0),
                        new RunReport.Stage(20_000, false, "2,000 messages were shed", null, 2_000)));
        final String page = ReportPage.of(
                runs(searched), Assertions.parse("ack.p99<1us,lost=0").judge(List.of(searched)));
        assertThat(parse(page).getDocumentElement().getTextContent())
                .contains(
                        "Search for the maximum",
                        "10,000/spassed5.00 ms0",
                        "20,000/snot passed-2,0002,000 messages were shed",
                        "does not holdack.p99 < 1µs",
                        "holdslost = 0: 0");
    }

    @Test
    void severalRunsAreNamedAsSuch() throws Exception {
        final String page = page(report, SampleReport.of(6, 2, 30));
        assertThat(parse(page).getDocumentElement().getTextContent())
                .contains(
                        "2 load runs: rush-hour",
                        "The runs are not alike",
                        "seed: 5 in run 0, 6 in run 1",
                        "messages sent a second, median",
                        "Spread of the runs",
                        "All runs' times in one histogram:",
                        "The ledger below is the sum of the runs.",
                        "ack40,000",
                        "offered by the script1,200,060");
    }

    @Test
    void aRunWithNothingInItHasAPage() throws Exception {
        final RunReport bare = new RunReport(
                report.about(),
                new RunReport.Machine(report.machine().generator(), null),
                report.validity(),
                Ledger.EMPTY,
                Map.of("ack", Latency.of(new org.HdrHistogram.Histogram(1_000, 3))),
                List.of(new RunReport.Second(0, 0, 0, 0, 0, 0, null, null, null, null, null, null, 0)),
                new RunReport.Cpu(null, null, null),
                List.of());
        assertThat(parse(page(bare)).getDocumentElement().getTextContent())
                .contains("The journal was not looked at", "not known")
                .doesNotContain("NaN", "Infinity");
    }

    @Test
    void longRunsArePutTogether() throws Exception {
        final String page = page(SampleReport.of(1, 1, 5_000));
        assertThat(page).contains("the mean of each 7 seconds").hasSizeLessThan(200_000);
        parse(page);
    }

    private RunReport with(final Ledger ledger, final List<String> reasons, final List<RunReport.Stage> stages) {
        return new RunReport(
                report.about(),
                report.machine(),
                RunReport.Validity.of(reasons),
                ledger,
                report.latencyMicros(),
                report.series(),
                report.cpu(),
                stages);
    }

    private static String page(final RunReport... reports) {
        return ReportPage.of(runs(reports), List.of());
    }

    private static Runs runs(final RunReport... reports) {
        final List<String> names = new ArrayList<>();
        for (int i = 0; i < reports.length; i++) {
            names.add("run " + i);
        }
        return new Runs(names, List.of(reports));
    }

    private static List<Element> withLook(final Document document, final String name, final String look) {
        final List<Element> found = new ArrayList<>();
        final NodeList all = document.getElementsByTagName(name);
        for (int i = 0; i < all.getLength(); i++) {
            if (((Element) all.item(i)).getAttribute("class").equals(look)) {
                found.add((Element) all.item(i));
            }
        }
        return found;
    }

    private static Document parse(final String page) throws IOException, SAXException, ParserConfigurationException {
        final DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setErrorHandler(new ErrorHandler() {
            @Override
            public void warning(final SAXParseException e) throws SAXException {
                throw e;
            }

            @Override
            public void error(final SAXParseException e) throws SAXException {
                throw e;
            }

            @Override
            public void fatalError(final SAXParseException e) throws SAXException {
                throw e;
            }
        });
        return builder.parse(new InputSource(new ByteArrayInputStream(page.getBytes(UTF_8))));
    }
}
