package io.luyun.simulator.report;

import io.luyun.simulator.picture.Markup;
import io.luyun.simulator.picture.Plot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A page being written: HTML that is XML as well, with its style inside, without a script and with nothing from outside. All text
 * comes in as text and is escaped here. Confined to one thread.
 */
final class Page {
    private static final String STYLE = style();

    /** How a cell looks. */
    enum Look {
        PLAIN(""),
        NUMBER("n"),
        INSIDE("in"),
        GOOD("good"),
        BAD("bad");

        private final String name;

        Look(final String name) {
            this.name = name;
        }
    }

    /** One cell of a table. */
    record Cell(Look look, String text) {
        static Cell of(final String text) {
            return new Cell(Look.PLAIN, text);
        }

        static Cell number(final String text) {
            return new Cell(Look.NUMBER, text);
        }
    }

    private final StringBuilder html = new StringBuilder(65_536);

    Page(final String title) {
        html.append("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n")
                .append("<meta charset=\"utf-8\"/>\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
                .append("<title>")
                .append(Markup.escaped(title))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n");
    }

    /** An element with text in it. */
    Page text(final String element, final String look, final String text) {
        html.append('<').append(element);
        if (!look.isEmpty()) {
            html.append(" class=\"").append(look).append('"');
        }
        html.append('>')
                .append(Markup.escaped(text))
                .append("</")
                .append(element)
                .append(">\n");
        return this;
    }

    Page heading(final String text) {
        return text("h2", "", text);
    }

    /** What nobody may overlook. */
    Page banner(final String loud, final List<String> reasons) {
        html.append("<div class=\"banner\" role=\"alert\"><strong>")
                .append(Markup.escaped(loud))
                .append("</strong>\n<ul>");
        reasons.forEach(
                reason -> html.append("<li>").append(Markup.escaped(reason)).append("</li>\n"));
        html.append("</ul></div>\n");
        return this;
    }

    Page openCards() {
        html.append("<div class=\"cards\">\n");
        return this;
    }

    Page card(final String value, final String name, final boolean bad) {
        html.append(bad ? "<div class=\"card bad\"><b>" : "<div class=\"card\"><b>")
                .append(Markup.escaped(value))
                .append("</b><span>")
                .append(Markup.escaped(name))
                .append("</span></div>\n");
        return this;
    }

    Page closeCards() {
        html.append("</div>\n");
        return this;
    }

    /** A plot with its name; nothing when it is empty. */
    Page figure(final String name, final String more, final Plot plot) {
        if (!plot.isEmpty()) {
            html.append("<figure><figcaption>")
                    .append(Markup.escaped(name))
                    .append(" <small>")
                    .append(Markup.escaped(more))
                    .append("</small></figcaption>\n")
                    .append(plot.svg())
                    .append("</figure>\n");
        }
        return this;
    }

    /** Begins a table; columns whose name begins with a blank are numbers. */
    Page table(final String... columns) {
        html.append("<div class=\"wide\"><table>\n<thead><tr>");
        for (final String column : columns) {
            html.append(column.startsWith(" ") ? "<th class=\"n\">" : "<th>")
                    .append(Markup.escaped(column.strip()))
                    .append("</th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
        return this;
    }

    Page row(final Cell... cells) {
        return row("", cells);
    }

    /** A row that looks like group or bad. */
    Page row(final String look, final Cell... cells) {
        html.append(look.isEmpty() ? "<tr>" : "<tr class=\"" + look + "\">");
        for (final Cell cell : cells) {
            html.append(cell.look() == Look.PLAIN ? "<td>" : "<td class=\"" + cell.look().name + "\">")
                    .append(Markup.escaped(cell.text()))
                    .append("</td>");
        }
        html.append("</tr>\n");
        return this;
    }

    Page endTable() {
        html.append("</tbody></table></div>\n");
        return this;
    }

    /** All of it. */
    String end() {
        return html + "</body>\n</html>\n";
    }

    private static String style() {
        try (InputStream in = Page.class.getResourceAsStream("page.css")) {
            if (in == null) {
                throw new IllegalStateException("page.css is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
