package io.luyun.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;

/** What a person reads goes to stdout, or to stderr when stdout is kept for one line of JSON. */
final class Console {
    private final PrintStream out = System.out;
    private final PrintStream people;

    Console(final boolean json) {
        people = json ? System.err : System.out;
    }

    void say(final String line) {
        people.println(line);
        people.flush();
    }

    void error(final String line) {
        System.err.println("luyun: " + line);
    }

    /** Says in one line why a file could not be read. */
    void unreadable(final String what, final IOException e) {
        error("cannot read " + what + ": " + reason(e));
    }

    void json(final String line) {
        out.println(line);
        out.flush();
    }

    private static String reason(final IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no file " + missing.getFile();
            case JsonProcessingException json
            when json.getLocation() != null ->
                "line " + json.getLocation().getLineNr() + ", column "
                        + json.getLocation().getColumnNr() + ": "
                        + firstLine(json.getOriginalMessage());
            // ours say all themselves
            default -> firstLine(e.getClass() == IOException.class ? String.valueOf(e.getMessage()) : e.toString());
        };
    }

    private static String firstLine(final String text) {
        return text.lines().findFirst().orElse("");
    }
}
