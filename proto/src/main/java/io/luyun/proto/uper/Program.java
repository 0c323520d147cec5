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

    /** Of each instruction, by its offset {@code >> Op.SHIFT}: the component's name, its canonical name, its type. */
    final String[] names;

    final String[] canonicalNames;
    final SchemaType[] types;

    /** Messages in the order of the frame's choice, then those of the extension. */
    final Entry[] messages;

    final Entry[] extensions;

    Program(
            int[] code,
            String[] names,
            String[] canonicalNames,
            SchemaType[] types,
            Entry[] messages,
            Entry[] extensions) {
        this.code = code;
        this.names = names;
        this.canonicalNames = canonicalNames;
        this.types = types;
        this.messages = messages;
        this.extensions = extensions;
    }

    /**
     * Where a message begins.
     *
     * @param at offset of its {@link Op#SEQ}
     */
    record Entry(Schema.Root root, int at, boolean extension) {}

    static Program of(Dialect dialect) {
        return PROGRAMS[dialect.ordinal()];
    }

    String name(int at) {
        return names[at >> Op.SHIFT];
    }

    String canonicalName(int at) {
        return canonicalNames[at >> Op.SHIFT];
    }

    SchemaType type(int at) {
        return types[at >> Op.SHIFT];
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
