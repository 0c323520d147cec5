package io.luyun.proto.uper;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.luyun.proto.uper.SchemaType.Component;
import io.luyun.proto.uper.SchemaType.Full;
import io.luyun.proto.uper.SchemaType.Kind;
import io.luyun.proto.uper.SchemaType.Mark;
import io.luyun.proto.uper.SchemaType.Range;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.Options;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns types into instructions and binds them to the fields of {@code luyun.v1}. What the schema names and {@code
 * luyun.v1} does not have is an {@link IllegalArgumentException}. Used once per dialect, while {@link Program} is loaded.
 */
final class ProgramBuilder {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;

    /** What stands for a unit where a number has none. */
    private static final Set<String> NO_UNITS =
            Set.of("bits", "code", "count", "flag", "number", "step of the standard");

    private final Schema schema;
    private int[] code = new int[1 << 14];
    private int size;
    private final List<Program.Label> labels = new ArrayList<>();
    private final Map<String, Integer> bodies = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    ProgramBuilder(Schema schema) {
        this.schema = schema;
    }

    Program build() {
        final Program.Entry[] messages = entries(schema.messages(), false);
        final Program.Entry[] extensions = entries(schema.extensions(), true);
        return new Program(Arrays.copyOf(code, size), labels.toArray(Program.Label[]::new), messages, extensions);
    }

    private Program.Entry[] entries(List<Schema.Root> roots, boolean extension) {
        final List<Program.Entry> entries = new ArrayList<>();
        for (final Schema.Root root : roots) {
            final SchemaType type = schema.types().get(root.type());
            if (type == null) {
                throw new IllegalArgumentException("no type " + root.type());
            }
            Descriptor message = null;
            if (!root.canonical().isEmpty()) {
                message = Message.getDescriptor().getFile().findMessageTypeByName(root.canonical());
                for (final var file : Message.getDescriptor().getFile().getDependencies()) {
                    message = message == null ? file.findMessageTypeByName(root.canonical()) : message;
                }
                if (message == null) {
                    throw new IllegalArgumentException("luyun.v1 has no " + root.canonical());
                }
            }
            final int at = reserve(1);
            label(at, new Program.Label(root.name(), canonicalName(root, message), type, type.name(), ""));
            sequence(at, Op.SEQ, type, message, null);
            code[at + Op.FLAGS] |= Op.ELEMENT;
            entries.add(new Program.Entry(root, at, extension));
        }
        return entries.toArray(Program.Entry[]::new);
    }

    private static String canonicalName(Schema.Root root, @Nullable Descriptor message) {
        for (final FieldDescriptor field : Message.getDescriptor().getFields()) {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && field.getMessageType() == message) {
                return field.getName();
            }
        }
        return root.name();
    }

    /** Room for instructions that lie one behind the other. */
    private int reserve(int count) {
        final int at = size;
        size += count * Op.STRIDE;
        if (size > code.length) {
            code = Arrays.copyOf(code, Math.max(size, 2 * code.length));
        }
        final SchemaType none = schema.types().values().iterator().next();
        labels.addAll(Collections.nCopies(count, new Program.Label("", "", none, "", "")));
        return at;
    }

    private void label(int at, Program.Label label) {
        labels.set(at >> Op.SHIFT, label);
    }

    /** What a step of a number is; the notation need not repeat what the field says. */
    private static String unit(SchemaType type, @Nullable FieldDescriptor field) {
        final String unit = type.kind() == Kind.INT && type.unit().isEmpty() && field != null
                ? field.getOptions().getExtension(Options.rule).getUnit()
                : type.unit();
        return NO_UNITS.contains(unit) ? "" : unit;
    }

    /**
     * One component.
     *
     * @param message whose field it may be; null when it is carried nowhere
     * @param outer the field of the component in whose place it may stand
     */
    private void component(int at, Component component, @Nullable Descriptor message, @Nullable FieldDescriptor outer) {
        final SchemaType type = schema.type(component);
        final String target = component.target();
        final boolean nowhere = "-".equals(target);
        FieldDescriptor field = null;
        if ("=".equals(target)) {
            field = outer;
        } else if (message != null && !nowhere && !"^".equals(target)) {
            final String name = target == null ? snake(component.name()) : target;
            field = message.findFieldByName(name);
            if (field == null && (target != null || type.kind() != Kind.CHOICE)) {
                throw new IllegalArgumentException(
                        type.name() + ' ' + component.name() + ": " + message.getFullName() + " has no " + name);
            }
        }
        bind(at, component, type, nowhere ? null : message, field);
        if (field != null && field.isRepeated() && "=".equals(target)) {
            code[at + Op.FLAGS] |= Op.ELEMENT;
        }
    }

    private void bind(
            int at,
            Component component,
            SchemaType type,
            @Nullable Descriptor message,
            @Nullable FieldDescriptor field) {
        // parts of a position have no field, but their names are its fields
        final boolean part = type.kind() == Kind.INT && component.mark() != Mark.NONE;
        final String canonical = field != null ? field.getName() : part ? component.name() : "";
        final String typeName = component.inline() == null ? type.name() : type.asn1();
        label(at, new Program.Label(component.name(), canonical, type, typeName, unit(type, field)));
        if (field != null) {
            mask(at, field);
        }
        code[at + Op.FLAGS] = (type.extensible() ? Op.EXTENSIBLE : 0) | (component.reference() ? Op.REFERENCE : 0);
        code[at + Op.FORM] = Op.NOWHERE;
        switch (type.kind()) {
            case INT, BOOL, ENUM, PRIORITY, BITS -> number(at, type, field);
            case OCTETS, IA5 -> octets(at, type, field);
            case TEXT -> {
                alternatives(at, Op.TEXT, type, null, null);
                tag(at, field, LENGTH_DELIMITED);
            }
            case SEQ, POSITION -> structure(at, type, message, field);
            case CHOICE -> {
                if (field == null || field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
                    alternatives(at, Op.CHOICE, type, field == null ? message : null, null);
                    tag(at, field, VARINT);
                } else {
                    wrapped(at, component, field, "^");
                }
            }
            case LIST -> {
                if (field == null || type.field().isEmpty()) {
                    list(at, type, message, field);
                } else {
                    wrapped(at, component, field, type.field());
                }
            }
        }
        if (component.mark() != Mark.NONE) {
            code[at + Op.FLAGS] |= Op.KEEP;
            code[at + Op.EXTRA] = component.mark().ordinal();
        }
    }

    /** A choice or list that is a message of its own: a sequence of one component. */
    private void wrapped(int at, Component component, FieldDescriptor field, String target) {
        final int inner = reserve(1);
        code[at + Op.OP_CODE] = Op.SEQ;
        code[at + Op.FLAGS] = 0;
        code[at + Op.BODY] = inner;
        code[at + Op.COUNT] = 1;
        tag(at, field, LENGTH_DELIMITED);
        final String name = "^".equals(target) ? component.name() : target;
        final Component alone = new Component(
                name, false, component.typeName(), component.inline(), target, Mark.NONE, false, component.absent());
        if (schema.type(alone).field().isEmpty()) {
            component(inner, alone, field.getMessageType(), null);
        } else {
            final FieldDescriptor points = field.getMessageType().findFieldByName(target);
            final SchemaType type = schema.type(alone);
            label(inner, new Program.Label(name, name, type, type.name(), ""));
            mask(inner, points);
            list(inner, schema.type(alone), null, points);
        }
    }

    private void mask(int at, FieldDescriptor field) {
        final long bit = 1L << field.getNumber();
        code[at + Op.FIELDS] = (int) bit;
        code[at + Op.FIELDS_HIGH] = (int) (bit >>> Integer.SIZE);
    }

    private void structure(int at, SchemaType type, @Nullable Descriptor message, @Nullable FieldDescriptor field) {
        if (type.kind() == Kind.POSITION) {
            sequence(at, Op.POSITION, type, null, null);
            tag(at, field, LENGTH_DELIMITED);
        } else if (field == null || type.isWrapper()) {
            sequence(at, Op.INLINE, type, field == null ? message : null, field);
        } else {
            sequence(at, Op.SEQ, type, field.getMessageType(), null);
            tag(at, field, LENGTH_DELIMITED);
            final boolean position = field.getMessageType() == Position.getDescriptor();
            if (!position && field.getOptions().getExtension(Options.rule).getRequired()) {
                // a message that must be there is, even with nothing in it
                code[at + Op.FLAGS] |= Op.ELEMENT;
            }
        }
    }

    private void sequence(
            int at, int op, SchemaType type, @Nullable Descriptor message, @Nullable FieldDescriptor outer) {
        final String key = type.name()
                + ' '
                + (message == null ? "" : message.getFullName())
                + ' '
                + (outer == null ? "" : outer.getFullName());
        final List<Component> components = type.components();
        Integer body = bodies.get(key);
        if (body == null) {
            if (!open.add(key)) {
                throw new IllegalArgumentException(type.name() + " contains itself");
            }
            body = reserve(components.size() + type.additions().size());
            final int optionals =
                    (int) components.stream().filter(Component::optional).count();
            int left = optionals;
            for (int i = 0; i < components.size(); i++) {
                final int inner = body + i * Op.STRIDE;
                component(inner, components.get(i), message, outer);
                if (components.get(i).optional()) {
                    left--;
                    code[inner + Op.OPTIONAL] = 1 << left;
                }
            }
            for (int i = 0; i < type.additions().size(); i++) {
                component(
                        body + (components.size() + i) * Op.STRIDE,
                        type.additions().get(i),
                        message,
                        outer);
            }
            open.remove(key);
            bodies.put(key, body);
        }
        code[at + Op.OP_CODE] = op;
        code[at + Op.BODY] = body;
        code[at + Op.COUNT] = components.size();
        code[at + Op.ADDITIONS] = body + components.size() * Op.STRIDE;
        code[at + Op.ADDITION_COUNT] = type.additions().size();
        code[at + Op.EXTRA] =
                (int) components.stream().filter(Component::optional).count();
        code[at + Op.FORM] = Op.NOWHERE;
        code[at + Op.FLAGS] |= (type.extensible() ? Op.EXTENSIBLE : 0)
                | (components.stream().anyMatch(Component::reference) ? Op.SCOPE : 0);
        if (op == Op.INLINE) {
            collect(at);
        }
    }

    private void alternatives(
            int at, int op, SchemaType type, @Nullable Descriptor message, @Nullable FieldDescriptor outer) {
        final List<Component> components = type.components();
        final int body = reserve(components.size());
        for (int i = 0; i < components.size(); i++) {
            component(body + i * Op.STRIDE, components.get(i), message, outer);
        }
        code[at + Op.OP_CODE] = op;
        code[at + Op.BODY] = body;
        code[at + Op.COUNT] = components.size();
        code[at + Op.SPAN] = components.size() - 1;
        code[at + Op.BITS] = bits(components.size() - 1L);
        if (op == Op.CHOICE) {
            collect(at);
        }
    }

    /** Gathers the fields of the instructions within. */
    private void collect(int at) {
        for (int i = 0; i < code[at + Op.COUNT]; i++) {
            final int inner = code[at + Op.BODY] + i * Op.STRIDE;
            code[at + Op.FIELDS] |= code[inner + Op.FIELDS];
            code[at + Op.FIELDS_HIGH] |= code[inner + Op.FIELDS_HIGH];
        }
    }

    private void list(int at, SchemaType type, @Nullable Descriptor message, @Nullable FieldDescriptor field) {
        final Component element = type.element();
        if (element == null) {
            throw new IllegalArgumentException(type.name() + " has no element");
        }
        final int inner = reserve(1);
        final boolean packed = field != null && field.isPackable();
        code[at + Op.OP_CODE] = packed ? Op.PACKED : Op.LIST;
        code[at + Op.BODY] = inner;
        code[at + Op.COUNT] = 1;
        size(at, type);
        tag(at, field, LENGTH_DELIMITED);
        bind(inner, element, schema.type(element), field == null ? message : null, field);
        code[inner + Op.FLAGS] |= Op.ELEMENT;
        if (packed) {
            code[inner + Op.TAG] = 0;
            // an element cannot be left out
            code[inner + Op.ABSENT_COUNT] = 0;
        }
        collect(at);
    }

    private void size(int at, SchemaType type) {
        code[at + Op.MIN] = (int) type.min();
        if (type.max() < 0) {
            code[at + Op.FLAGS] |= Op.UNBOUNDED;
        } else {
            code[at + Op.SPAN] = (int) (type.max() - type.min());
            code[at + Op.BITS] = bits(type.max() - type.min());
        }
    }

    private void octets(int at, SchemaType type, @Nullable FieldDescriptor field) {
        code[at + Op.OP_CODE] = type.kind() == Kind.IA5 ? Op.IA5 : Op.OCTETS;
        size(at, type);
        tag(at, field, LENGTH_DELIMITED);
    }

    private void number(int at, SchemaType type, @Nullable FieldDescriptor field) {
        final boolean extensible = type.extensible();
        final long span = type.max() - type.min();
        code[at + Op.OP_CODE] = switch (type.kind()) {
            case BITS -> Op.BIT_STRING;
            case PRIORITY -> Op.PRIORITY;
            default -> extensible ? Op.NUMBER_EXT : Op.NUMBER;
        };
        code[at + Op.MIN] = (int) type.min();
        code[at + Op.SPAN] = (int) span;
        code[at + Op.BITS] = type.kind() == Kind.BITS ? (int) type.max() : bits(span);
        final Range absent = type.absent();
        if (absent != null) {
            code[at + Op.ABSENT] = (int) (absent.first() - type.min());
            code[at + Op.ABSENT_COUNT] = (int) (absent.last() - absent.first() + 1);
        }
        final Long otherwise = type.otherwise() != null ? type.otherwise() : absent == null ? null : absent.last();
        if (otherwise != null) {
            code[at + Op.FLAGS] |= Op.HAS_OTHERWISE;
            code[at + Op.OTHERWISE] = (int) (otherwise - type.min());
        }
        if (type.kind() == Kind.ENUM
                && !type.numbers().get(type.numbers().size() - 1).equals((int) type.max())) {
            code[at + Op.FLAGS] |= Op.TABLE;
        }
        final Full full = type.full();
        if (full != null) {
            if (full.value() != type.max()) {
                throw new IllegalArgumentException(type.name() + ": full is not the largest value");
            }
            code[at + Op.FLAGS] |= Op.FULL;
            code[at + Op.COUNT] = (int) (full.as() - type.min());
        }
        if (field != null) {
            canonical(at, type, field);
            final FieldDescriptor rest = field.getContainingType().findFieldByName(field.getName() + "_rest");
            if (type.kind() == Kind.PRIORITY && rest != null) {
                code[at + Op.COUNT] = rest.getNumber() << 3;
            }
        }
    }

    private void canonical(int at, SchemaType type, FieldDescriptor field) {
        final Rule rule = field.getOptions().getExtension(Options.rule);
        code[at + Op.EXTRA] = rule.hasMax() ? (int) rule.getMax() : 255;
        switch (field.getType()) {
            case UINT32, UINT64, ENUM, BOOL, INT32, INT64 -> {
                code[at + Op.FORM] = Op.VARINT;
                tag(at, field, VARINT);
            }
            case SINT32, SINT64 -> {
                code[at + Op.FORM] = Op.ZIGZAG;
                tag(at, field, VARINT);
            }
            case SFIXED32, FIXED32 -> {
                code[at + Op.FORM] = Op.FIXED32;
                tag(at, field, FIXED32);
            }
            default -> throw new IllegalArgumentException(field.getFullName() + " cannot hold " + type.name());
        }
    }

    private void tag(int at, @Nullable FieldDescriptor field, int wireType) {
        if (field != null) {
            code[at + Op.TAG] = field.getNumber() << 3 | wireType;
            if (code[at + Op.FORM] == Op.NOWHERE) {
                code[at + Op.FORM] = Op.VARINT;
            }
        }
    }

    private static int bits(long span) {
        return Long.SIZE - Long.numberOfLeadingZeros(span);
    }

    /** {@code wheelBrakes} is {@code wheel_brakes}, {@code laneID} is {@code lane_id}. */
    static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('-', '_').toLowerCase(Locale.ROOT);
    }
}
