package io.luyun.server.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanViewTest {
    @TempDir
    private Path directory;

    private PlanView view(final double length, final String shape) throws Exception {
        final Path file = directory.resolve("a.xodr");
        Files.writeString(
                file,
                "<OpenDRIVE><road id=\"1\"><planView><geometry s=\"0\" x=\"10\" y=\"20\" hdg=\"0\" length=\"" + length
                        + "\">" + shape + "</geometry></planView></road></OpenDRIVE>");
        try (XmlFile xml = XmlFile.open(file, Set.of("OpenDRIVE"))) {
            final XmlNode road = xml.nextChild();
            assertThat(road).isNotNull();
            return new PlanView(road, 0);
        }
    }

    private static void assertPose(final PlanView.Pose pose, final double x, final double y, final double direction) {
        assertThat(pose.x()).isCloseTo(10 + x, within(1e-3));
        assertThat(pose.y()).isCloseTo(20 + y, within(1e-3));
        assertThat(pose.direction()).isCloseTo(direction, within(1e-4));
    }

    @Test
    void line() throws Exception {
        assertPose(view(50, "<line/>").at(30), 30, 0, 0);
    }

    @Test
    void arc() throws Exception {
        final double quarter = Math.PI / 2 * 50;
        assertPose(view(quarter, "<arc curvature=\"-0.02\"/>").at(quarter), 50, -50, -Math.PI / 2);
    }

    /** With curvature s / A^2 the end is A sqrt(pi) times Fresnel's integrals, whose values for 1 are in every table. */
    @Test
    void spiral() throws Exception {
        final double a = 60;
        final double length = a * Math.sqrt(Math.PI);
        final PlanView view = view(length, "<spiral curvStart=\"0\" curvEnd=\"" + length / (a * a) + "\"/>");
        assertPose(view.at(length), length * 0.7798934003768228, length * 0.4382591473903548, Math.PI / 2);
    }

    @Test
    void paramPoly3() throws Exception {
        final String half = "aU=\"0\" bU=\"%s\" cU=\"0\" dU=\"0\" aV=\"0\" bV=\"%s\" cV=\"0\" dV=\"0\" pRange=\"%s\"";
        assertPose(
                view(50, "<paramPoly3 " + half.formatted("30", "40", "normalized") + "/>")
                        .at(25),
                15,
                20,
                Math.atan2(4, 3));
        assertPose(
                view(50, "<paramPoly3 " + half.formatted("0.6", "0.8", "arcLength") + "/>")
                        .at(25),
                15,
                20,
                Math.atan2(4, 3));
    }

    /** Places go by the way along the curve, whatever its parameter does. */
    @Test
    void goesByTheWay() throws Exception {
        final PlanView view = view(
                40,
                "<paramPoly3 aU=\"0\" bU=\"0\" cU=\"40\" dU=\"0\" aV=\"0\" bV=\"0\" cV=\"0\" dV=\"0\" pRange=\"normalized\"/>");
        assertThat(view.at(10).x()).isCloseTo(20, within(0.01));
        assertThat(view.at(30).x()).isCloseTo(40, within(0.01));
    }

    @Test
    void poly3() throws Exception {
        final double length = 50 * Math.sqrt(1.25);
        assertPose(view(length, "<poly3 a=\"0\" b=\"0.5\" c=\"0\" d=\"0\"/>").at(length), 50, 25, Math.atan(0.5));
    }
}
