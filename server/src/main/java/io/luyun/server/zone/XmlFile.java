package io.luyun.server.zone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A file of XML, read one child of the root at a time. A document type declaration, with all the entities one could hold,
 * is refused, and so is nesting deeper than a road network has; nothing outside the file is ever looked up.
 */
final class XmlFile implements AutoCloseable {
    /** OpenDRIVE with user data comes to about 12. */
    private static final int DEEPEST = 64;

    private static final int MOST_CONTENT = 10_000;

    private final String file;
    private final InputStream in;
    private final XMLStreamReader reader;
    private final XmlNode root;

    private XmlFile(final String file, final InputStream in, final Set<String> rootNames) throws ImportException {
        this.file = file;
        this.in = in;
        try {
            reader = factory().createXMLStreamReader(in);
        } catch (final XMLStreamException e) {
            throw broken(e);
        }
        int event = next();
        while (event != XMLStreamConstants.START_ELEMENT) {
            event = next();
        }
        root = element();
        if (!rootNames.contains(root.name)) {
            throw root.fail("the first element must be one of " + new TreeSet<>(rootNames));
        }
    }

    /**
     * Opens a file whose root has a name.
     *
     * @throws IOException when it cannot be opened
     */
    static XmlFile open(final Path path, final Set<String> rootNames) throws IOException, ImportException {
        final InputStream in = Files.newInputStream(path);
        try {
            return new XmlFile(String.valueOf(path.getFileName()), in, rootNames);
        } catch (final ImportException e) {
            in.close();
            throw e;
        }
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

    /** The root with its attributes; its children come by {@link #nextChild}. */
    XmlNode root() {
        return root;
    }

    /** The next child of the root with all that is in it, or null at the end of the root. */
    @Nullable
    XmlNode nextChild() throws ImportException {
        while (true) {
            switch (next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    return subtree();
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    return null;
                }
                default -> {}
            }
        }
    }

    private XmlNode subtree() throws ImportException {
        final Deque<XmlNode> open = new ArrayDeque<>();
        final XmlNode top = element();
        open.push(top);
        while (!open.isEmpty()) {
            final XmlNode current = open.element();
            switch (next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    final XmlNode child = element();
                    if (open.size() == DEEPEST) {
                        throw child.fail("elements must not be nested deeper than " + DEEPEST);
                    }
                    current.children.add(child);
                    open.push(child);
                }
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (current.content.length() < MOST_CONTENT) {
                        current.content += reader.getText();
                    }
                }
                default -> {}
            }
        }
        return top;
    }

    private XmlNode element() {
        final XmlNode node = new XmlNode(file, reader.getLocation().getLineNumber(), reader.getLocalName());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            node.attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        return node;
    }

    private int next() throws ImportException {
        try {
            final int event = reader.next();
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw new ImportException(file + ":" + reader.getLocation().getLineNumber()
                        + ": a document type declaration and its entities are not allowed");
            }
            return event;
        } catch (final XMLStreamException e) {
            throw broken(e);
        }
    }

    private ImportException broken(final XMLStreamException e) {
        final int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
        final String text = String.valueOf(e.getMessage());
        final int message = text.indexOf("Message: ");
        return new ImportException(
                file + ":" + line + ": not well-formed XML: "
                        + (message < 0 ? text : text.substring(message + "Message: ".length())).replace('\n', ' '),
                e);
    }

    @Override
    public void close() throws IOException {
        try {
            reader.close();
        } catch (final XMLStreamException e) {
            throw new IOException(e);
        } finally {
            in.close();
        }
    }
}
