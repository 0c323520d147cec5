package io.luyun.proto.uper;

import org.jspecify.annotations.Nullable;

/**
 * The messages of one dialect as instructions ({@link Op}) with what people want to read beside them. Built once per
 * dialect; immutable, any thread.
 */
final class Program {
    private static final Program[] PROGRAMS = new Program[Dialect.values().length];

    static {
        for (final Dialect dialect : Dialect.values()) {
            PROGRAMS[dialect.ordinal()] = new ProgramBuilder(SchemaReader.read(dialect)).build();
        }
    }

    final int[] code;

    /** Of each instruction, by its offset {@code >> Op.SHIFT}. */
    private final Label[] labels;

    /** Messages in the order of the frame's choice, then those of the extension. */
    final Entry[] messages;

    final Entry[] extensions;

    Program(int[] code, Label[] labels, Entry[] messages, Entry[] extensions) {
        this.code = code;
        this.labels = labels;
        this.messages = messages;
        this.extensions = extensions;
    }

    /**
     * Where a message begins.
     *
     * @param at offset of its {@link Op#SEQ}
     */
    record Entry(Schema.Root root, int at, boolean extension) {}

    /**
     * What people want to read about an instruction.
     *
     * @param name of the component
     * @param canonicalName of its field
     * @param type its type
     * @param typeName how the standard writes the type
     * @param unit of one step, from the notation or else the field; empty when there is none
     */
    record Label(String name, String canonicalName, SchemaType type, String typeName, String unit) {}

    static Program of(Dialect dialect) {
        return PROGRAMS[dialect.ordinal()];
    }

    String name(int at) {
        return labels[at >> Op.SHIFT].name();
    }

    String canonicalName(int at) {
        return labels[at >> Op.SHIFT].canonicalName();
    }

    SchemaType type(int at) {
        return labels[at >> Op.SHIFT].type();
    }

    String typeName(int at) {
        return labels[at >> Op.SHIFT].typeName();
    }

    String unit(int at) {
        return labels[at >> Op.SHIFT].unit();
    }

    /** Numbers of the canonical fields this instruction and those within it write, as bits. */
    long fields(int at) {
        return (code[at + Op.FIELDS] & 0xFFFF_FFFFL) | (long) code[at + Op.FIELDS_HIGH] << Integer.SIZE;
    }

    /** What holds for the value, for people: {@code 0..8191 in 0.02 m/s}. */
    String rule(int at) {
        final SchemaType type = type(at);
        final String most = type.max() < 0 ? "" : Long.toString(type.max());
        final String range = type.max() == type.min() ? most : type.min() + ".." + most;
        return switch (type.kind()) {
            case BITS -> type.max() + " bits";
            case CHOICE, TEXT -> "one of " + type.components().size() + " alternatives";
            case SEQ, POSITION -> type.name();
            case LIST -> range + " elements";
            case OCTETS -> range + " octets";
            case IA5 -> range + " characters of 7 bits";
            default -> type.unit().isEmpty() ? range : range + " in " + type.unit();
        };
    }

    @Nullable
    Entry extension(int messageId) {
        for (final Entry entry : extensions) {
            if (entry.root().id() == messageId) {
                return entry;
            }
        }
        return null;
    }

    @Nullable
    Entry ofKind(int kind) {
        for (final Entry entry : messages) {
            if (entry.root().kind() == kind) {
                return entry;
            }
        }
        for (final Entry entry : extensions) {
            if (entry.root().kind() == kind && kind != 0) {
                return entry;
            }
        }
        return null;
    }
}
