package io.luyun.proto.uper;

import io.luyun.proto.uper.SchemaType.Component;
import io.luyun.proto.uper.SchemaType.Full;
import io.luyun.proto.uper.SchemaType.Kind;
import io.luyun.proto.uper.SchemaType.Mark;
import io.luyun.proto.uper.SchemaType.Range;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of {@code messages.uper} that hold in one dialect. The notation is told at the head of that file. Used
 * once, while {@link Program} is loaded; anything it does not understand is an {@link IllegalArgumentException} that
 * names the line.
 */
final class SchemaReader {
    private static final String FILE = "messages.uper";
    private static final String UNBOUNDED = "*";
    private static final String UNSENT = "unsent";

    private final Map<String, SchemaType> types = new LinkedHashMap<>();
    private final List<Schema.Root> messages = new ArrayList<>();
    private final List<Schema.Root> extensions = new ArrayList<>();

    /** The type whose indented lines are being read. */
    private @Nullable Draft draft;

    /** The indented lines belong to a type of the other dialect. */
    private boolean passOver;

    private SchemaReader() {}

    static Schema read(Dialect dialect) {
        try (InputStream in = SchemaReader.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            return read(dialect, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Schema read(Dialect dialect, String text) {
        final SchemaReader reader = new SchemaReader();
        int number = 0;
        for (final String line : text.split("\n", -1)) {
            number++;
            try {
                reader.line(dialect, line);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(FILE + ':' + number + ": " + e.getMessage(), e);
            }
        }
        reader.finish();
        return new Schema(Map.copyOf(reader.types), List.copyOf(reader.messages), List.copyOf(reader.extensions));
    }

    private void line(Dialect dialect, String line) {
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        final Deque<String> words = new ArrayDeque<>(Arrays.asList(line.strip().split(" +")));
        final boolean holds =
                !words.getFirst().startsWith("[") || words.removeFirst().equals(dialect.mark());
        if (line.startsWith(" ")) {
            inner(words, holds);
            return;
        }
        finish();
        passOver = !holds;
        if (holds) {
            outer(words);
        }
    }

    private void inner(Deque<String> words, boolean holds) {
        if (passOver || !holds) {
            return;
        }
        if (draft == null) {
            throw new IllegalArgumentException("indented, but belongs to no type");
        }
        draft.inner(words);
    }

    private void outer(Deque<String> words) {
        switch (words.getFirst()) {
            case "message" -> messages.add(root(words, messages.size()));
            case "extension" -> extensions.add(root(words, -1));
            default -> {
                draft = new Draft(words.removeFirst());
                draft.type(words);
                draft.end(words);
            }
        }
    }

    private void finish() {
        if (draft != null) {
            final SchemaType type = draft.build();
            if (types.put(type.name(), type) != null) {
                throw new IllegalArgumentException(type.name() + " is there twice");
            }
            draft = null;
        }
    }

    private static Schema.Root root(Deque<String> words, int index) {
        words.removeFirst();
        final String first = words.removeFirst();
        final String type = words.removeFirst();
        final String canonical = words.isEmpty() ? "" : after(words, "=");
        final int kind = words.isEmpty() ? 0 : Integer.parseInt(after(words, "kind"));
        final boolean sent = !UNSENT.equals(words.poll());
        return index >= 0
                ? new Schema.Root(index, first, type, canonical, kind, sent)
                : new Schema.Root(Integer.parseInt(first), type, type, canonical, kind, sent);
    }

    private static String after(Deque<String> words, String word) {
        if (!word.equals(words.poll()) || words.isEmpty()) {
            throw new IllegalArgumentException("expected " + word + " and what belongs to it");
        }
        return words.removeFirst();
    }

    private static Range range(String word) {
        final int dots = word.indexOf("..");
        if (dots < 0) {
            return new Range(Long.parseLong(word), Long.parseLong(word));
        }
        final String last = word.substring(dots + 2);
        return new Range(Long.parseLong(word.substring(0, dots)), UNBOUNDED.equals(last) ? -1 : Long.parseLong(last));
    }

    private static @Nullable Kind kind(String word) {
        final boolean lower = word.equals(word.toLowerCase(Locale.ROOT));
        for (final Kind kind : Kind.values()) {
            if (lower && kind.name().equalsIgnoreCase(word)) {
                return kind;
            }
        }
        return null;
    }

    /** A type while its lines are read. */
    private static final class Draft {
        private final String name;
        private Kind kind = Kind.SEQ;
        private boolean extensible;
        private long min;
        private long max;
        private @Nullable Range absent;
        private @Nullable Long otherwise;
        private @Nullable Full full;
        private String unit = "";
        private final List<String> names = new ArrayList<>();
        private final List<Integer> numbers = new ArrayList<>();
        private final List<Component> components = new ArrayList<>();
        private final List<Component> additions = new ArrayList<>();
        private @Nullable Component element;
        private String field = "";

        Draft(String name) {
            this.name = name;
        }

        /** The kind and what follows it, as far as it belongs to the type. */
        void type(Deque<String> words) {
            final Kind found = kind(words.getFirst());
            if (found == null) {
                throw new IllegalArgumentException("no kind " + words.getFirst());
            }
            words.removeFirst();
            kind = found;
            switch (kind) {
                case INT, OCTETS, IA5 -> bounds(words);
                case LIST -> {
                    bounds(words);
                    element = typed(name, false, words);
                }
                case BOOL -> max = 1;
                case PRIORITY -> max = 255;
                default -> {}
            }
            attributes(words);
        }

        private void bounds(Deque<String> words) {
            final Range range = range(words.removeFirst());
            min = range.first();
            max = range.last();
        }

        private void attributes(Deque<String> words) {
            while (!words.isEmpty()) {
                switch (words.getFirst()) {
                    case "..." -> {
                        words.removeFirst();
                        extensible = true;
                    }
                    case "absent" -> absent = range(after(words, "absent"));
                    case "in" -> field = after(words, "in");
                    case "else" -> otherwise = Long.valueOf(after(words, "else"));
                    case "full" ->
                        full = new Full(Long.parseLong(after(words, "full")), Long.parseLong(after(words, "as")));
                    default -> {
                        if (!words.getFirst().startsWith("\"")) {
                            return;
                        }
                        unit = quoted(words);
                    }
                }
            }
        }

        private static String quoted(Deque<String> words) {
            final StringBuilder text = new StringBuilder(words.removeFirst());
            while (text.length() < 2 || text.charAt(text.length() - 1) != '"') {
                text.append(' ').append(words.removeFirst());
            }
            return text.substring(1, text.length() - 1);
        }

        /** An indented line. */
        void inner(Deque<String> words) {
            if (kind == Kind.ENUM || kind == Kind.BITS || kind == Kind.INT) {
                for (final String word : words) {
                    final int equals = word.indexOf('=');
                    names.add(equals < 0 ? word : word.substring(0, equals));
                    numbers.add(equals < 0 ? numbers.size() : Integer.parseInt(word.substring(equals + 1)));
                }
                return;
            }
            final boolean addition = words.getFirst().equals("+");
            if (addition) {
                words.removeFirst();
            }
            final String word = words.removeFirst();
            (addition ? additions : components).add(component(word, words));
            end(words);
        }

        private static Component component(String word, Deque<String> words) {
            final boolean optional = word.endsWith("?");
            final String name = optional ? word.substring(0, word.length() - 1) : word;
            final Component typed = typed(name, optional, words);
            String target = null;
            Mark mark = Mark.NONE;
            boolean reference = false;
            Range absent = null;
            while (!words.isEmpty()) {
                final String next = words.getFirst();
                if (next.equals("->")) {
                    target = after(words, "->");
                } else if (next.startsWith("@")) {
                    mark = Mark.valueOf(words.removeFirst().substring(1).toUpperCase(Locale.ROOT));
                } else if (next.equals("absent")) {
                    absent = range(after(words, "absent"));
                } else if (next.equals("ref")) {
                    words.removeFirst();
                    reference = true;
                } else {
                    break;
                }
            }
            return new Component(name, optional, typed.typeName(), typed.inline(), target, mark, reference, absent);
        }

        private static Component typed(String name, boolean optional, Deque<String> words) {
            if (kind(words.getFirst()) == null) {
                return new Component(name, optional, words.removeFirst(), null, null, Mark.NONE, false, null);
            }
            final Draft draft = new Draft(name);
            draft.type(words);
            final SchemaType inline = draft.build();
            return new Component(name, optional, inline.kind().name(), inline, null, Mark.NONE, false, null);
        }

        void end(Deque<String> words) {
            if (!words.isEmpty()) {
                throw new IllegalArgumentException("does not understand " + String.join(" ", words));
            }
        }

        SchemaType build() {
            if (kind == Kind.ENUM) {
                max = names.size() - 1L;
            } else if (kind == Kind.BITS) {
                max = names.size();
            }
            return new SchemaType(
                    name,
                    kind,
                    extensible,
                    min,
                    max,
                    absent,
                    otherwise,
                    full,
                    unit,
                    List.copyOf(names),
                    List.copyOf(numbers),
                    List.copyOf(components),
                    List.copyOf(additions),
                    element,
                    field);
        }
    }
}
