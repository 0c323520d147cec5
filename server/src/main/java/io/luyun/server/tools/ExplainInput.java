package io.luyun.server.tools;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The octets to explain: given in hexadecimal, in a file of octets or of hexadecimal, or on standard input. */
final class ExplainInput {
    /** Longest input; a recorded conversation may be long, a frame is not. */
    static final int MAX_BYTES = 16 << 20;

    private static final Pattern SEPARATORS = Pattern.compile("0[xX](?=[0-9a-fA-F])|[\\s:]+");

    private ExplainInput() {}

    /**
     * The octets.
     *
     * @throws IllegalArgumentException when it is neither
     * @throws IOException when the file cannot be read
     */
    static byte[] read(final String input, final InputStream stdin) throws IOException {
        if (input.equals("-")) {
            return octets(stdin.readNBytes(MAX_BYTES + 1), "standard input");
        }
        final Path file = file(input);
        if (file != null) {
            try (InputStream in = Files.newInputStream(file)) {
                return octets(in.readNBytes(MAX_BYTES + 1), input);
            }
        }
        final byte[] octets = hexadecimal(input);
        if (octets == null) {
            throw new IllegalArgumentException(
                    shortened(input) + " is neither a file nor an even number of hexadecimal digits");
        }
        return octets;
    }

    private static @Nullable Path file(final String input) {
        try {
            final Path path = Path.of(input);
            return !input.isBlank() && Files.exists(path) ? path : null;
        } catch (final java.nio.file.InvalidPathException e) {
            // then it is hexadecimal, or nothing
            return null;
        }
    }

    private static byte[] octets(final byte[] content, final String where) {
        if (content.length == 0) {
            throw new IllegalArgumentException(where + " is empty");
        }
        if (content.length > MAX_BYTES) {
            throw new IllegalArgumentException(where + " is longer than " + MAX_BYTES + " bytes");
        }
        final byte[] octets = hexadecimal(new String(content, StandardCharsets.ISO_8859_1));
        if (octets == null && isText(content)) {
            throw new IllegalArgumentException(where + " is text, but not an even number of hexadecimal digits");
        }
        return octets == null ? content : octets;
    }

    /** What the digits say; null when there is something else among them, none, or half an octet. */
    private static byte @Nullable [] hexadecimal(final String text) {
        final String digits = SEPARATORS.matcher(text).replaceAll("");
        if (digits.isEmpty() || digits.length() % 2 != 0 || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            return null;
        }
        return HexFormat.of().parseHex(digits);
    }

    private static boolean isText(final byte[] content) {
        for (final byte octet : content) {
            if ((octet < ' ' || octet > '~') && octet != '\n' && octet != '\r' && octet != '\t') {
                return false;
            }
        }
        return true;
    }

    private static String shortened(final String input) {
        return '\'' + (input.length() <= 60 ? input : input.substring(0, 60) + "…") + '\'';
    }
}
