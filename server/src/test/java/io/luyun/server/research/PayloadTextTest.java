package io.luyun.server.research;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written straight from the bytes is what a tree of the message says. */
final class PayloadTextTest {
    private static final long SEED = Long.getLong("luyun.seed", System.nanoTime());
    private static final int ROUNDS = 50;

    private final TextBytes out = new TextBytes();

    @BeforeAll
    static void tellSeed() {
        System.out.println("PayloadTextTest: -Dluyun.seed=" + SEED);
    }

    static List<Integer> kinds() {
        return RandomPayloads.kinds();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void writesWhatATreeSays(final int kind) throws IOException {
        final RandomPayloads messages = new RandomPayloads(SEED + kind);
        final Message type = Payloads.of(kind);
        final WireJson straight = new WireJson(Quote.PLAIN);
        final MessageTable table = MessageTable.of(type.getDescriptorForType(), Quote.PLAIN);
        for (int i = 0; i < ROUNDS; i++) {
            final byte[] payload = messages.like(type).toByteArray();
            assertThat(straight.write(out, table, new UnsafeBuffer(payload), 0, payload.length))
                    .as("a message in order is written without being parsed")
                    .isTrue();
            assertThat(taken()).isEqualTo(TreeJson.of(kind, payload));
        }
    }

    /** Two messages in a row are one of which the second one's fields hold, and lists are joined. */
    @ParameterizedTest
    @MethodSource("kinds")
    void readsFieldsInAnyOrder(final int kind) throws IOException {
        final RandomPayloads messages = new RandomPayloads(SEED - kind);
        final Message type = Payloads.of(kind);
        final PayloadText texts = new PayloadText(Quote.PLAIN);
        for (int i = 0; i < ROUNDS; i++) {
            final ByteArrayOutputStream both = new ByteArrayOutputStream();
            messages.like(type).writeTo(both);
            messages.like(type).writeTo(both);
            check(texts, kind, both.toByteArray());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void takesWhateverTheBytesAre(final int kind) throws IOException {
        final RandomPayloads messages = new RandomPayloads(SEED ^ kind);
        final Random random = new Random(SEED + kind);
        final PayloadText texts = new PayloadText(Quote.PLAIN);
        for (int i = 0; i < ROUNDS; i++) {
            final byte[] payload = messages.like(Payloads.of(kind)).toByteArray();
            if (payload.length > 0) {
                check(texts, kind, Arrays.copyOf(payload, 1 + random.nextInt(payload.length)));
                payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
                check(texts, kind, payload);
            }
        }
    }

    /** The number of a field has ten bytes at most; a damaged one can have more, and their first bits may be those of a field. */
    @ParameterizedTest
    @MethodSource("kinds")
    void takesTagsWithoutEnd(final int kind) throws IOException {
        final PayloadText texts = new PayloadText(Quote.PLAIN);
        for (int tag = 0; tag < 128; tag++) {
            final byte[] payload = new byte[16];
            Arrays.fill(payload, (byte) 0x80);
            payload[0] |= (byte) tag;
            check(texts, kind, payload);
            check(texts, kind, Arrays.copyOf(payload, 5));
        }
    }

    /** Fields of a later schema: numbers, lengths and a group, before and behind what is known. */
    @ParameterizedTest
    @MethodSource("kinds")
    void passesOverWhatItDoesNotKnow(final int kind) throws IOException {
        final byte[] known = new RandomPayloads(SEED).like(Payloads.of(kind)).toByteArray();
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final CodedOutputStream stream = CodedOutputStream.newInstance(bytes);
        stream.writeUInt64(900, -1L);
        stream.writeFixed32(901, 5);
        stream.writeFixed64(902, 6);
        stream.writeString(903, "x");
        stream.writeRawBytes(known);
        stream.writeUInt32(900, 1);
        if (kind % 2 == 0) {
            stream.writeTag(904, 3);
            stream.writeUInt32(1, 1);
            stream.writeTag(904, 4);
        }
        stream.flush();
        check(new PayloadText(Quote.PLAIN), kind, bytes.toByteArray());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void doublesQuotesWithinCsv(final int kind) throws IOException {
        final RandomPayloads messages = new RandomPayloads(SEED + kind);
        final PayloadText texts = new PayloadText(Quote.DOUBLED);
        for (int i = 0; i < ROUNDS; i++) {
            final byte[] payload = messages.like(Payloads.of(kind)).toByteArray();
            texts.put(out, kind, new UnsafeBuffer(payload), 0, payload.length);
            assertThat(taken()).isEqualTo(TreeJson.of(kind, payload).replace("\"", "\"\""));
            texts.put(out, kind, new UnsafeBuffer(payload), 0, payload.length / 2);
            assertThat(taken())
                    .isEqualTo(TreeJson.of(kind, Arrays.copyOf(payload, payload.length / 2))
                            .replace("\"", "\"\""));
        }
    }

    @Test
    void writesAKindThatIsNotKnownAsDigits() throws IOException {
        for (final int kind : new int[] {0, 64, 99, 127, 128, 65_535}) {
            check(new PayloadText(Quote.PLAIN), kind, new byte[] {1, (byte) 0xAB});
        }
    }

    private void check(final PayloadText texts, final int kind, final byte[] payload) throws IOException {
        texts.put(out, kind, new UnsafeBuffer(payload), 0, payload.length);
        assertThat(taken()).isEqualTo(TreeJson.of(kind, payload));
    }

    private String taken() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        out.moveTo(bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
