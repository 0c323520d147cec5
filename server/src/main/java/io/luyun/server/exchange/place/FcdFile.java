package io.luyun.server.exchange.place;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A file of FCD, plain or packed by gzip, element by element, in constant memory. Nothing outside the file is ever looked up; a
 * document type declaration, with all that one could hold, ends the reading. One thread.
 */
final class FcdFile implements AutoCloseable {
    /** The root is 1, a time step 2, who is in it 3; what else a file has is not deep either. */
    private static final int DEEPEST = 64;

    /** Longest element with its attributes, text or comment, octets. */
    private static final int LONGEST = 1 << 20;

    private static final int BUFFER = 1 << 16;
    private static final int PEEKED = 512;
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int GZIP_MAGIC_0 = 0x1F;
    private static final int GZIP_MAGIC_1 = 0x8B;
    private static final String MESSAGE = "Message: ";
    private static final String ROOT = "fcd-export";
    private static final Pattern TIME_0 = Pattern.compile("luyun: time 0 is (\\S+)");

    private final MeteredInput raw;
    private final MeteredInput plain;
    private final XMLStreamReader reader;
    private int depth;
    private @Nullable Instant start;
    private @Nullable String damage;

    /**
     * Opens a file and reads the beginning of its root.
     *
     * @throws FcdException when it is no FCD
     */
    FcdFile(final Path path) throws IOException {
        this(Files.newInputStream(path), path.toString());
    }

    /**
     * Reads the beginning of the root of what comes.
     *
     * @param path what it is called in errors
     * @throws FcdException when it is no FCD
     */
    FcdFile(final InputStream in, final String path) throws IOException {
        raw = new MeteredInput(in);
        try {
            plain = new MeteredInput(unpacked(raw));
            plain.allow(LONGEST);
            // with a decoder of its own, since the parser's prints what it does not like
            reader = factory().createXMLStreamReader(new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()));
            final String encoding = reader.getCharacterEncodingScheme();
            if (encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
                throw none(path, "encoding \"" + FcdAccount.shown(encoding) + "\": must be UTF-8");
            }
            if (!next()) {
                throw none(path, String.valueOf(damage));
            }
            if (!reader.getLocalName().equals(ROOT)) {
                throw none(
                        path, "the first element is " + FcdAccount.shown(reader.getLocalName()) + ", must be " + ROOT);
            }
        } catch (final XMLStreamException e) {
            raw.close();
            throw none(path, place(e.getLocation()) + reason(e));
        } catch (final ZipException | EOFException e) {
            raw.close();
            throw none(path, "it begins like gzip and cannot be unpacked");
        } catch (final IOException e) {
            raw.close();
            throw e;
        }
    }

    private static FcdException none(final String path, final String why) {
        return new FcdException(path + ": is no FCD of SUMO: " + why);
    }

    /** Whether a file looks like XML, packed or not, by what it begins with. */
    static boolean isXml(final Path path) throws IOException {
        try (InputStream in = unpacked(Files.newInputStream(path))) {
            for (int i = 0; i < PEEKED; i++) {
                final int octet = in.read();
                if (!Character.isWhitespace(octet)) {
                    return octet == '<';
                }
            }
            return false;
        } catch (final ZipException | EOFException e) {
            return false;
        }
    }

    private static InputStream unpacked(final InputStream file) throws IOException {
        final InputStream in = new BufferedInputStream(file, BUFFER);
        in.mark(2);
        final boolean packed = in.read() == GZIP_MAGIC_0 && in.read() == GZIP_MAGIC_1;
        in.reset();
        return unmarked(packed ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in);
    }

    /** Without the mark of UTF-8 that may stand before the text. */
    private static InputStream unmarked(final InputStream in) throws IOException {
        in.mark(MARK.length);
        if (!Arrays.equals(in.readNBytes(MARK.length), MARK)) {
            in.reset();
        }
        return in;
    }

    private static XMLInputFactory factory() {
        final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((_, _, _, _) -> {
            throw new XMLStreamException("nothing outside the file is read");
        });
        return factory;
    }

    /** Goes to the beginning of the next element; false at the end, and where the file cannot be read on. */
    boolean next() {
        if (damage != null) {
            return false;
        }
        try {
            while (reader.hasNext()) {
                plain.allow(LONGEST);
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (++depth <= DEEPEST) {
                            return true;
                        }
                        return end("elements are nested deeper than " + DEEPEST);
                    }
                    case XMLStreamConstants.END_ELEMENT -> depth--;
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> {
                        return end("a document type declaration and its entities are not read");
                    }
                    case XMLStreamConstants.COMMENT -> {
                        if (depth == 0) {
                            remark(reader.getText());
                        }
                    }
                    default -> {}
                }
            }
            return false;
        } catch (final XMLStreamException e) {
            final String place = place(e.getLocation());
            damage = (place.isEmpty() ? place(reader.getLocation()) : place) + reason(e);
            return false;
        }
    }

    private boolean end(final String why) {
        damage = place(reader.getLocation()) + why;
        return false;
    }

    private void remark(final String text) {
        final Matcher told = TIME_0.matcher(text);
        if (told.find()) {
            try {
                start = Instant.parse(told.group(1));
            } catch (final DateTimeException e) {
                // no time of ours, so that the command has to say it
                start = null;
            }
        }
    }

    private static String place(final @Nullable Location at) {
        return at == null || at.getLineNumber() < 1
                ? ""
                : "line " + at.getLineNumber() + ", column " + at.getColumnNumber() + ": ";
    }

    private static String reason(final XMLStreamException e) {
        if (e.getNestedException() instanceof CharacterCodingException) {
            return "cannot be read on: not UTF-8";
        }
        final String text = String.valueOf(e.getMessage());
        final int message = text.indexOf(MESSAGE);
        return "cannot be read on: "
                + (message < 0 ? text : text.substring(message + MESSAGE.length())).replace('\n', ' ');
    }

    /** When time 0 is, as a file that we wrote says in its head; null when it says nothing. */
    @Nullable
    Instant start() {
        return start;
    }

    /** How deep the element stands; the root is 1. */
    int depth() {
        return depth;
    }

    /** Name of the element. */
    String name() {
        return reader.getLocalName();
    }

    /** An attribute of the element; null when it is not there. */
    @Nullable
    String attribute(final String name) {
        return reader.getAttributeValue(null, name);
    }

    /** Line the beginning of the element ends in. */
    int line() {
        return reader.getLocation().getLineNumber();
    }

    /** Where and why it cannot be read on; null as long as it can. */
    @Nullable
    String damage() {
        return damage;
    }

    /** Octets of the file, packed or not, that have been read. */
    long octetsRead() {
        return raw.count();
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
