package io.luyun.proto.uper;

import io.luyun.proto.v1.ErrorCode;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The outermost layer: which message a {@code MessageFrame} carries, and whether all bits are used up behind it.
 *
 * <pre>
 *   0 iii body…                                             a message of the root, i its index
 *   1 000 0000 length [ x mmm mmmm mmmm mmmm length [ body… ] ]   a message of the extension, m its messageId
 * </pre>
 *
 * Owned by its decoder or explainer, like the reader it moves.
 */
final class UperFrame {
    static final String NAME = "MessageFrame";

    static final int INDEX_BITS = 3;

    /** Longest content with a length of two octets. */
    static final int MAX_OPEN = 16_383;

    static final int ID_BITS = 15;
    private static final String FRAGMENTED = "a length up to 16383; longer content is not taken";

    private final BitReader in;
    private int frameEnd;
    private int extensionEnd;
    private boolean extended;
    private boolean additionsFollow;
    private int additions;
    private ErrorCode code = ErrorCode.ERROR_CODE_MALFORMED;
    private String value = "";
    private String rule = "";

    UperFrame(BitReader in) {
        this.in = in;
    }

    /** Reads up to the message's first bit; null when there is none, see {@link #code()}. */
    Program.@Nullable Entry open(Program program, DirectBuffer input, int offset, int length) {
        additions = 0;
        frameEnd = 0;
        extended = false;
        if (!in.wrap(input, offset, length)) {
            return none(ErrorCode.ERROR_CODE_MALFORMED, length + " bytes", "at most " + BitReader.MAX_BYTES + " bytes");
        }
        frameEnd = in.end();
        final long extension = in.bits(1);
        extended = extension == 1;
        if (extended) {
            return extension(program);
        }
        final long index = extension < 0 ? -1 : in.bits(INDEX_BITS);
        if (index < 0) {
            return ended();
        }
        if (index >= program.messages.length) {
            return none(ErrorCode.ERROR_CODE_UNKNOWN_KIND, Long.toString(index), "0.." + (program.messages.length - 1));
        }
        return program.messages[(int) index];
    }

    private Program.@Nullable Entry extension(Program program) {
        final int index = in.small();
        if (index < 0) {
            return ended();
        }
        if (index > 0 || program.extensions.length == 0) {
            return none(
                    ErrorCode.ERROR_CODE_UNKNOWN_KIND,
                    "extension " + index,
                    program.extensions.length == 0 ? "a message of the 2019 set; is it phase2?" : "extension 0");
        }
        final int outer = in.length();
        if (outer < 0 || outer > in.left() >> 3) {
            return length(outer);
        }
        in.end(in.position() + (outer << 3));
        extensionEnd = in.end();
        final long header = in.bits(1 + ID_BITS);
        if (header < 0) {
            return ended();
        }
        additionsFollow = header >>> ID_BITS != 0;
        final int id = (int) header & (1 << ID_BITS) - 1;
        final Program.Entry entry = program.extension(id);
        if (entry == null) {
            return none(ErrorCode.ERROR_CODE_UNKNOWN_KIND, "messageId " + id, "0 or 10..17");
        }
        final int inner = in.length();
        if (inner < 0 || inner > in.left() >> 3) {
            return length(inner);
        }
        in.end(in.position() + (inner << 3));
        return entry;
    }

    /** After the message: whether only padding is left in each layer. */
    boolean close() {
        if (!padding()) {
            return false;
        }
        if (extended) {
            in.back(in.end());
            in.end(extensionEnd);
            if (additionsFollow) {
                additions = in.additions();
                if (additions < 0) {
                    ended();
                    return false;
                }
            }
            if (!padding()) {
                return false;
            }
            in.back(extensionEnd);
            in.end(frameEnd);
            return padding();
        }
        return true;
    }

    private boolean padding() {
        if (in.onlyPaddingLeft()) {
            return true;
        }
        value = in.left() < Byte.SIZE ? "padding that is not 0" : in.left() + " unread bits";
        rule = "at most 7 bits left, all of them 0; is it the right dialect?";
        return false;
    }

    int additions() {
        return additions;
    }

    /** Whether the message is one of the extension. */
    boolean extended() {
        return extended;
    }

    /** Whether additions follow the message within the extension. */
    boolean additionsFollow() {
        return additionsFollow;
    }

    /** Where the extension ends. */
    int extensionEnd() {
        return extensionEnd;
    }

    /** Where the frame ends. */
    int end() {
        return frameEnd;
    }

    ErrorCode code() {
        return code;
    }

    String value() {
        return value;
    }

    String rule() {
        return rule;
    }

    private Program.@Nullable Entry length(int length) {
        return length == -2
                ? none(ErrorCode.ERROR_CODE_MALFORMED, "content in fragments", FRAGMENTED)
                : length < 0 ? ended() : none(ErrorCode.ERROR_CODE_MALFORMED, length + " bytes", "as many as follow");
    }

    private Program.@Nullable Entry ended() {
        return none(ErrorCode.ERROR_CODE_MALFORMED, "end at bit " + in.end(), "more bits");
    }

    private Program.@Nullable Entry none(ErrorCode newCode, String newValue, String newRule) {
        code = newCode;
        value = newValue;
        rule = newRule;
        return null;
    }
}
