package io.luyun.simulator;

import java.io.PrintStream;

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

    void json(final String line) {
        out.println(line);
        out.flush();
    }
}
