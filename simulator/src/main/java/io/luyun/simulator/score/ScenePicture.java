package io.luyun.simulator.score;

import io.luyun.simulator.picture.SvgLine;
import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Body;
import io.luyun.simulator.stage.Notice;
import io.luyun.simulator.stage.Pose;
import io.luyun.simulator.stage.Scene;
import io.luyun.simulator.stage.Unit;
import io.luyun.simulator.traffic.Curve;
import io.luyun.simulator.truth.Case;
import io.luyun.simulator.truth.Impact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws a scene as a part of an SVG: roads, the true ways, where everybody is at the warning (filled) and where bodies touch or the scene ends
 * (outlined). Pure.
 */
final class ScenePicture {
    static final double WIDE = 720;
    private static final double MOST_HIGH = 420;
    private static final double CAPTION = 34;
    private static final double AROUND_METRES = 14;
    private static final double SAMPLE_S = 0.5;
    private static final String[] COLOURS = {"#1f6fb2", "#c8462b", "#3d8b40", "#7a4fa3", "#8a6d1d"};

    private final Verdict verdict;
    private final Scene scene;
    private final double endS;
    private final StringBuilder svg = new StringBuilder(4_096);
    private double west = Double.POSITIVE_INFINITY;
    private double south = Double.POSITIVE_INFINITY;
    private double east = Double.NEGATIVE_INFINITY;
    private double north = Double.NEGATIVE_INFINITY;
    private double scale;
    /** Where the drawing begins, so that it lies in the middle. */
    private double left;

    private ScenePicture(final Verdict verdict) {
        this.verdict = verdict;
        scene = verdict.scene();
        endS = Impact.endS(scene);
    }

    /**
     * A picture as an SVG element without its place.
     *
     * @param high its height when it is {@link #WIDE} wide
     */
    record Drawing(double high, String body) {}

    /** The picture of a verdict's scene. */
    static Drawing of(final Verdict verdict) {
        return new ScenePicture(verdict).draw();
    }

    private Drawing draw() {
        for (final Actor actor : scene.actors()) {
            for (double t = 0; t <= endS; t += SAMPLE_S) {
                cover(actor.motion().at(t).x(), actor.motion().at(t).y());
            }
        }
        scene.notices().forEach(notice -> cover(notice.x(), notice.y()));
        scale = Math.min(WIDE / (east - west + 2 * AROUND_METRES), MOST_HIGH / (north - south + 2 * AROUND_METRES));
        left = (WIDE - (east - west + 2 * AROUND_METRES) * scale) / 2;
        final double height = (north - south + 2 * AROUND_METRES) * scale;
        roads();
        scene.notices().forEach(this::notice);
        scene.scenario().units().forEach(this::unit);
        final double warnedS = warnedS();
        for (final Actor actor : scene.actors()) {
            actor(actor, warnedS);
        }
        svg.append(String.format(
                Locale.ROOT,
                "<rect y=\"%.0f\" width=\"100%%\" height=\"%.0f\" fill=\"#fff\" fill-opacity=\".8\"/>%n",
                height,
                CAPTION));
        text(height + 14, "#000", scene.label() + " — " + scene.scenario().what());
        text(height + 29, "#666", caption());
        return new Drawing(height + CAPTION, svg.toString());
    }

    private void text(final double y, final String colour, final String what) {
        svg.append(String.format(Locale.ROOT, "<text x=\"6\" y=\"%.0f\" fill=\"%s\">%s</text>%n", y, colour, what));
    }

    private void cover(final double x, final double y) {
        west = Math.min(west, x);
        east = Math.max(east, x);
        south = Math.min(south, y);
        north = Math.max(north, y);
    }

    private void roads() {
        scene.scenario().layout().surfaces().forEach((line, metres) -> {
            svg.append(String.format(
                    Locale.ROOT,
                    "<polyline fill=\"none\" stroke=\"#dcdcd6\" stroke-width=\"%.1f\" points=\"",
                    metres * scale));
            // a little less than all of it: what lies outside of the picture is not drawn
            final int parts = Math.max(1, (int) (line.lengthMetres() / 10));
            final SvgLine drawn = new SvgLine();
            for (int i = 0; i <= parts; i++) {
                point(line, line.lengthMetres() * i / parts, drawn);
            }
            svg.append(drawn).append("\"/>\n");
        });
    }

    private void point(final Curve line, final double s, final SvgLine drawn) {
        final double x = line.xAt(s);
        final double y = line.yAt(s);
        final double margin = 2 * AROUND_METRES;
        if (x > west - margin && x < east + margin && y > south - margin && y < north + margin) {
            drawn.add(px(x), py(y));
        }
    }

    private void notice(final Notice notice) {
        if (notice.path().isEmpty()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#e0a020\" fill-opacity=\".35\"/>%n",
                    px(notice.x()),
                    py(notice.y()),
                    Math.max(3, notice.radiusMetres() * scale)));
            return;
        }
        svg.append(String.format(
                Locale.ROOT,
                "<polyline fill=\"none\" stroke=\"#e0a020\" stroke-opacity=\".35\" stroke-width=\"%.1f\" points=\"",
                Math.max(3, 2 * notice.radiusMetres() * scale)));
        notice.path().forEach(pair -> svg.append(at(pair.get(0), pair.get(1))).append(' '));
        svg.append("\"/>\n");
    }

    private void unit(final Unit unit) {
        svg.append(String.format(
                Locale.ROOT, "<path d=\"M%.1f %.1fl5 9h-10z\" fill=\"#444\"/>%n", px(unit.x()), py(unit.y()) - 5));
    }

    private void actor(final Actor actor, final double warnedS) {
        final String colour = COLOURS[actor.index() % COLOURS.length];
        svg.append(String.format(
                Locale.ROOT, "<polyline fill=\"none\" stroke=\"%s\" stroke-dasharray=\"4 3\" points=\"", colour));
        final SvgLine driven = new SvgLine();
        for (double t = 0; t <= endS; t += SAMPLE_S) {
            driven.add(px(actor.motion().at(t).x()), py(actor.motion().at(t).y()));
        }
        svg.append(driven).append("\"/>\n");
        polygon(actor.body(endS, 0), "fill=\"none\" stroke=\"" + colour + "\"");
        polygon(actor.body(warnedS, 0), "fill=\"" + colour + "\"");
        final Pose pose = actor.motion().at(warnedS);
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>%n",
                px(pose.x()) + 4,
                py(pose.y()) - 8,
                colour,
                actor.name()));
    }

    private void polygon(final Body body, final String style) {
        final double heading = Math.toRadians(body.headingDeg());
        final double ux = Math.sin(heading) * body.lengthMetres() / 2;
        final double uy = Math.cos(heading) * body.lengthMetres() / 2;
        final double rx = Math.cos(heading) * body.widthMetres() / 2;
        final double ry = -Math.sin(heading) * body.widthMetres() / 2;
        svg.append("<polygon ").append(style).append(" points=\"");
        svg.append(at(body.x() + ux + rx, body.y() + uy + ry)).append(' ');
        svg.append(at(body.x() + ux - rx, body.y() + uy - ry)).append(' ');
        svg.append(at(body.x() - ux - rx, body.y() - uy - ry)).append(' ');
        svg.append(at(body.x() - ux + rx, body.y() - uy + ry)).append("\"/>\n");
    }

    private double warnedS() {
        if (!verdict.hits().isEmpty()) {
            return verdict.hits().getFirst().warning().atS();
        }
        for (final Case one : verdict.cases()) {
            return one.due() ? one.dueFromS() : one.allowedFromS();
        }
        return endS / 2;
    }

    private String caption() {
        final List<String> parts = new ArrayList<>();
        for (final Verdict.Hit hit : verdict.hits()) {
            final Case due = hit.due();
            parts.add(String.format(
                    Locale.ROOT,
                    "warned at %.1f s: %s%s",
                    hit.warning().atS(),
                    ScoreReport.who(due),
                    Double.isNaN(hit.leadS()) ? "" : String.format(Locale.ROOT, ", %.1f s before", hit.leadS())));
        }
        verdict.missed()
                .forEach(missed -> parts.add(String.format(Locale.ROOT, "missed, due from %.1f s", missed.dueFromS())));
        verdict.wrong()
                .forEach(wrong -> parts.add(String.format(Locale.ROOT, "wrongly warned at %.1f s", wrong.atS())));
        if (parts.isEmpty()) {
            parts.add(
                    verdict.quiet()
                            ? "nothing to warn of, and nobody warned"
                            : "at the border, nobody has to be warned");
        }
        return String.join("; ", parts);
    }

    private String at(final double x, final double y) {
        return String.format(Locale.ROOT, "%.1f,%.1f", px(x), py(y));
    }

    private double px(final double x) {
        return left + (x - west + AROUND_METRES) * scale;
    }

    private double py(final double y) {
        return (north + AROUND_METRES - y) * scale;
    }
}
