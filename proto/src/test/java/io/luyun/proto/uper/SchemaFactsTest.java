package io.luyun.proto.uper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The program of a dialect against {@link SchemaFacts}, instruction by instruction: order, names, ranges, widths,
 * optionality, extension markers and additions of all that a frame can carry. {@code -Dluyun.schema.facts=DIRECTORY} names
 * where the facts are, in a file {@code *2019.json} and one {@code *phase2.json}; without it nothing is compared.
 */
class SchemaFactsTest {
    private static final String PROPERTY = "luyun.schema.facts";

    private final List<String> differences = new ArrayList<>();
    private final Set<Object> compared = new HashSet<>();
    private int fields;

    @ParameterizedTest
    @EnumSource
    void theProgramSaysWhatIsKnownOfTheSchema(Dialect dialect) throws IOException {
        final String directory = System.getProperty(PROPERTY);
        if (directory == null) {
            System.out.println("SchemaFactsTest: nothing compared; -D" + PROPERTY + "=DIRECTORY has it done");
        }
        assumeTrue(directory != null, PROPERTY);
        final SchemaFacts facts = SchemaFacts.read(file(Path.of(directory), dialect));
        new Walk(Program.of(dialect), facts).frame();
        System.out.printf(
                "SchemaFactsTest %s: %d types, %d fields, %d differences%n",
                dialect.label(), compared.size(), fields, differences.size());
        assertThat(differences).isEmpty();
        assertThat(fields).isGreaterThan(100);
    }

    private static Path file(Path directory, Dialect dialect) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(dialect.label() + ".json"))
                    .findFirst()
                    .orElseThrow(() -> new IOException(directory + " has no *" + dialect.label() + ".json"));
        }
    }

    private final class Walk {
        private final Program program;
        private final int[] code;
        private final SchemaFacts facts;

        Walk(Program program, SchemaFacts facts) {
            this.program = program;
            code = program.code;
            this.facts = facts;
        }

        void frame() {
            final Map<String, Object> frame = facts.type("MessageFrame");
            final List<List<Object>> roots = SchemaFacts.rows(frame.get("choice"));
            same("MessageFrame", "alternatives", roots.size(), program.messages.length);
            for (int i = 0; i < roots.size(); i++) {
                final Program.Entry entry = program.messages[i];
                same("MessageFrame", "name", roots.get(i).get(0), entry.root().name());
                same("MessageFrame", "index", i, entry.root().id());
                root(roots.get(i).get(1), entry);
            }
            final List<List<Object>> more = SchemaFacts.rows(frame.get("extensions"));
            Map<String, Object> table = Map.of();
            if (!more.isEmpty()) {
                final Map<String, Object> extension = facts.type(more.get(0).get(1));
                table = SchemaFacts.map(SchemaFacts.map(SchemaFacts.rows(extension.get("sequence"))
                                .get(1)
                                .get(1))
                        .get("table"));
            }
            same("MessageFrame", "extensions", table.size(), program.extensions.length);
            table.forEach((id, type) -> root(type, program.extension(Integer.parseInt(id))));
        }

        private void root(Object type, Program.Entry entry) {
            same("MessageFrame", "type", type, entry.root().type());
            type(String.valueOf(type), type, entry.at());
        }

        private void type(String path, Object reference, int at) {
            final Map<String, Object> type = facts.type(reference);
            final int op = code[at];
            if ((op == Op.SEQ || op == Op.INLINE) && type.get("sequence") == null) {
                // a list or choice that is a message of its own: no bits for that
                same(path, "bits around it", 0, code[at + Op.EXTRA] + (code[at + Op.FLAGS] & Op.EXTENSIBLE));
                same(path, "parts", 1, code[at + Op.COUNT]);
                type(path, reference, code[at + Op.BODY]);
                return;
            }
            if (op != Op.PRIORITY) {
                final int extensible = SchemaFacts.isExtensible(type) ? 1 : 0;
                same(path, "extensible", extensible, code[at + Op.FLAGS] & Op.EXTENSIBLE);
            }
            for (final String kind : type.keySet()) {
                switch (kind) {
                    case "integer" -> {
                        oneOf(path, op, SchemaFacts.isExtensible(type) ? Op.NUMBER_EXT : Op.NUMBER);
                        range(path, SchemaFacts.range(type.get(kind)), at);
                    }
                    case "enumerated" -> enumeration(path, type, at);
                    case "bits" -> bits(path, type, at);
                    case "octets" -> {
                        oneOf(path, op, Op.OCTETS, Op.PRIORITY);
                        if (op == Op.PRIORITY) {
                            same(path, "octets", List.of(1L, 1L), type.get(kind));
                        } else {
                            range(path, SchemaFacts.range(type.get(kind)), at);
                        }
                    }
                    case "ia5" -> {
                        oneOf(path, op, Op.IA5);
                        range(path, SchemaFacts.range(type.get(kind)), at);
                    }
                    case "sequence" -> sequence(path, type, at);
                    case "sequenceOf" -> list(path, type, at);
                    case "choice" -> choice(path, type, at);
                    case "size", "names", "extensible", "extensions" -> {}
                    default -> differences.add(path + ": no comparison of " + kind);
                }
            }
            compared.add(reference);
        }

        private void range(String path, long[] range, int at) {
            same(path, "least", range[0], (long) code[at + Op.MIN]);
            same(path, "span", range[1] - range[0], Integer.toUnsignedLong(code[at + Op.SPAN]));
            same(path, "bits", width(range[1] - range[0]), code[at + Op.BITS]);
        }

        private void enumeration(String path, Map<String, Object> type, int at) {
            oneOf(path, code[at], SchemaFacts.isExtensible(type) ? Op.NUMBER_EXT : Op.NUMBER);
            final List<List<Object>> names = SchemaFacts.rows(type.get("enumerated"));
            same(
                    path,
                    "names",
                    names.stream().map(row -> row.get(0)).toList(),
                    program.type(at).names());
            same(
                    path,
                    "numbers",
                    names.stream().map(row -> ((Long) row.get(1)).intValue()).toList(),
                    program.type(at).numbers());
            range(path, new long[] {0, names.size() - 1L}, at);
        }

        private void bits(String path, Map<String, Object> type, int at) {
            oneOf(path, code[at], Op.BIT_STRING);
            final long[] size = SchemaFacts.range(type.get("bits"));
            same(path, "fixed size", size[0], size[1]);
            same(path, "bits", size[0], (long) code[at + Op.BITS]);
            SchemaFacts.map(type.get("names"))
                    .forEach((bit, name) -> same(
                            path, "bit " + bit, name, program.type(at).names().get(Integer.parseInt(bit))));
        }

        private void sequence(String path, Map<String, Object> type, int at) {
            oneOf(path, code[at], Op.SEQ, Op.INLINE, Op.POSITION);
            final List<List<Object>> components = SchemaFacts.rows(type.get("sequence"));
            final List<List<Object>> additions = SchemaFacts.rows(type.get("extensions"));
            same(path, "components", components.size(), code[at + Op.COUNT]);
            same(path, "additions", additions.size(), code[at + Op.ADDITION_COUNT]);
            int left = (int) components.stream().filter(Walk::isOptional).count();
            same(path, "optionals", left, code[at + Op.EXTRA]);
            for (int i = 0; i < Math.min(components.size(), code[at + Op.COUNT]); i++) {
                final List<Object> component = components.get(i);
                final int inner = code[at + Op.BODY] + (i << Op.SHIFT);
                left -= isOptional(component) ? 1 : 0;
                same(path, i + " optional", isOptional(component) ? 1 << left : 0, code[inner + Op.OPTIONAL]);
                part(path, component, inner);
            }
            for (int i = 0; i < Math.min(additions.size(), code[at + Op.ADDITION_COUNT]); i++) {
                part(path, additions.get(i), code[at + Op.ADDITIONS] + (i << Op.SHIFT));
            }
        }

        private static boolean isOptional(List<Object> component) {
            return component.size() > 2 && component.get(2).equals("optional");
        }

        private void part(String path, List<Object> part, int at) {
            fields++;
            same(path, "name", part.get(0), program.name(at));
            type(path + '.' + part.get(0), part.get(1), at);
        }

        private void list(String path, Map<String, Object> type, int at) {
            oneOf(path, code[at], Op.LIST, Op.PACKED);
            final long[] size = SchemaFacts.range(type.get("size"));
            same(path, "unbounded", size == null ? Op.UNBOUNDED : 0, code[at + Op.FLAGS] & Op.UNBOUNDED);
            if (size != null) {
                range(path, size, at);
            }
            type(path + "[]", type.get("sequenceOf"), code[at + Op.BODY]);
        }

        private void choice(String path, Map<String, Object> type, int at) {
            oneOf(path, code[at], Op.CHOICE, Op.TEXT);
            final List<List<Object>> alternatives = SchemaFacts.rows(type.get("choice"));
            same(path, "alternatives", alternatives.size(), code[at + Op.COUNT]);
            same(path, "largest index", alternatives.size() - 1, code[at + Op.SPAN]);
            same(path, "bits", width(alternatives.size() - 1L), code[at + Op.BITS]);
            for (int i = 0; i < Math.min(alternatives.size(), code[at + Op.COUNT]); i++) {
                part(path, alternatives.get(i), code[at + Op.BODY] + (i << Op.SHIFT));
            }
        }

        private void oneOf(String path, int op, int... allowed) {
            for (final int each : allowed) {
                if (each == op) {
                    return;
                }
            }
            differences.add(path + ": instruction " + op);
        }

        private void same(String path, String what, Object fact, Object here) {
            if (!fact.equals(here)) {
                differences.add(path + ": " + what + " is " + fact + ", here " + here);
            }
        }

        private static int width(long span) {
            return Long.SIZE - Long.numberOfLeadingZeros(span);
        }
    }
}
