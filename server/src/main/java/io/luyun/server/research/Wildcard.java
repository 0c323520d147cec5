package io.luyun.server.research;

import java.util.List;

/** A name with {@code *} for any characters, none among them, and {@code ?} for any one. Immutable; does not allocate. */
record Wildcard(String pattern) {
    static List<Wildcard> of(final List<String> patterns) {
        return patterns.stream().map(Wildcard::new).toList();
    }

    static boolean any(final List<Wildcard> patterns, final CharSequence name) {
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matches(name)) {
                return true;
            }
        }
        return false;
    }

    /** When what follows a {@code *} does not fit, that {@code *} takes one character more. */
    boolean matches(final CharSequence name) {
        int at = 0;
        int from = 0;
        int star = -1;
        int starFrom = 0;
        while (from < name.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                starFrom = from;
            } else if (at < pattern.length()
                    && (pattern.charAt(at) == '?' || pattern.charAt(at) == name.charAt(from))) {
                at++;
                from++;
            } else if (star >= 0) {
                at = star + 1;
                from = ++starFrom;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
