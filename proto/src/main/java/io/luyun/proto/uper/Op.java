package io.luyun.proto.uper;

/**
 * The instructions of a {@link Program} and the layout of one.
 *
 * <pre>
 *   code[n + …]:  OP OPTIONAL BITS MIN SPAN ABSENT ABSENT_COUNT TAG FORM BODY COUNT FLAGS OTHERWISE EXTRA FIELDS FIELDS_HIGH
 * </pre>
 *
 * A sequence is an instruction {@link #SEQ} or {@link #INLINE} whose BODY is the first of its COUNT components, which lie
 * one behind the other. Raw means the number on the wire, counted from the smallest: value = MIN + raw.
 */
final class Op {
    static final int OP_CODE = 0;

    /** A number, a flag or an enumeration: BITS bits, raw at most SPAN. */
    static final int NUMBER = 0;

    /** An extensible number or enumeration. */
    static final int NUMBER_EXT = 1;

    /** A bit string of BITS bits. */
    static final int BIT_STRING = 2;

    /** MIN to MIN + SPAN octets, BITS bits of length. */
    static final int OCTETS = 3;

    /** The same in characters of 7 bits. */
    static final int IA5 = 4;

    /** The octet whose top three bits are the priority. */
    static final int PRIORITY = 5;

    /** The choice of two encodings of text: BODY is the 7-bit one, the octets follow. */
    static final int TEXT = 6;

    /** A sequence that is a message of luyun.v1. */
    static final int SEQ = 7;

    /** A sequence whose components belong to the message around it. */
    static final int INLINE = 8;

    /** A sequence that becomes a Position. */
    static final int POSITION = 9;

    /** One of COUNT alternatives from BODY, BITS bits of index. */
    static final int CHOICE = 10;

    /** MIN to MIN + SPAN elements as BODY says, BITS bits of count. */
    static final int LIST = 11;

    /** A list of numbers, packed. */
    static final int PACKED = 12;

    /** Ints an instruction takes, as a shift. */
    static final int SHIFT = 4;

    static final int STRIDE = 1 << SHIFT;

    static final int OPTIONAL = 1;
    static final int BITS = 2;
    static final int MIN = 3;
    static final int SPAN = 4;
    static final int ABSENT = 5;
    static final int ABSENT_COUNT = 6;
    static final int TAG = 7;
    static final int FORM = 8;
    static final int BODY = 9;
    static final int COUNT = 10;
    static final int FLAGS = 11;
    static final int OTHERWISE = 12;
    /** Optional components of a sequence; register of a kept value, plus one; of an extensible enumeration the largest value. */
    static final int EXTRA = 13;

    /** Of a sequence: the first of its known additions, and how many. */
    static final int ADDITIONS = 12;

    static final int ADDITION_COUNT = 4;

    static final int FIELDS = 14;
    static final int FIELDS_HIGH = 15;

    /** FORM: varint, zigzag varint, four bytes; nowhere. */
    static final int VARINT = 0;

    static final int ZIGZAG = 1;
    static final int FIXED32 = 2;
    static final int NOWHERE = 3;

    /** FLAGS. */
    static final int EXTENSIBLE = 1;

    /** Offsets that follow count from here. */
    static final int REFERENCE = 2;

    /** The reference holds within only. */
    static final int SCOPE = 4;

    /** An element of a list: written even when there is nothing in it. */
    static final int ELEMENT = 8;

    /** The list has no largest count. */
    static final int UNBOUNDED = 16;

    /** There is a value to write when the field is absent. */
    static final int HAS_OTHERWISE = 32;

    /** Keeps its value or index in register EXTRA. */
    static final int KEEP = 64;

    /** The largest canonical value goes out as raw COUNT. */
    static final int FULL = 256;

    /** Names and numbers of the enumeration differ. */
    static final int TABLE = 128;

    private Op() {}
}
