package io.luyun.simulator.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Run reports as files: one JSON object, {@code "format": "luyun-load-report", "version": 1} and then the components of
 * {@link RunReport}. Reading is strict: a key too many or missing, a null and a value of another type are errors. Stateless.
 */
public final class RunReportFile {
    private static final String FORMAT = "luyun-load-report";
    private static final int VERSION = 1;
    private static final Pattern MISSING = Pattern.compile("Missing required creator property '([^']*)'.*");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .annotationIntrospector(new RequiredUnlessNullable())
            .build();

    private RunReportFile() {}

    /** One line, without a break at its end. */
    public static String json(final RunReport report) {
        return tree(report).toString();
    }

    /** Writes a file for people as well as programs: indented. */
    public static void write(final RunReport report, final Path file) throws IOException {
        final String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree(report)) + "\n";
        // Not writeString: half a surrogate pair in a text of somebody else's is no reason to lose a run.
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException in one line with file and field, when it is not such a report or not there
     */
    public static RunReport read(final Path file) {
        final String text;
        try {
            text = Files.readString(file);
        } catch (final NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": there is no such file", e);
        } catch (final IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e, e);
        }
        return parse(file.toString(), text);
    }

    /**
     * Reads a text.
     *
     * @param name what errors call it
     * @throws IllegalArgumentException in one line with name and field, when it is not such a report
     */
    public static RunReport parse(final String name, final String text) {
        try {
            final JsonNode root = MAPPER.readTree(text);
            if (!(root instanceof final ObjectNode object)
                    || !FORMAT.equals(object.path("format").textValue())) {
                throw new IllegalArgumentException(
                        name + ": is not the report of a load run: \"format\" must be \"" + FORMAT + "\"");
            }
            final JsonNode version = object.path("version");
            if (!version.isInt() || version.intValue() != VERSION) {
                throw new IllegalArgumentException(
                        name + ": version " + version + " must be " + VERSION + ", which is what this program reads");
            }
            object.remove("format");
            object.remove("version");
            refuseNulls(name, "", object);
            return MAPPER.treeToValue(object, RunReport.class);
        } catch (final JsonMappingException e) {
            throw new IllegalArgumentException(name + ": " + field(e), e);
        } catch (final JsonProcessingException e) {
            throw new IllegalArgumentException(
                    name + ": line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": " + firstLine(e.getOriginalMessage()),
                    e);
        }
    }

    private static ObjectNode tree(final RunReport report) {
        final ObjectNode root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.put("version", VERSION);
        root.setAll((ObjectNode) MAPPER.valueToTree(report));
        return root;
    }

    private static void refuseNulls(final String name, final String path, final JsonNode node) {
        if (node.isNull()) {
            throw new IllegalArgumentException(name + ": " + path + " = null: what is not known has to be left out");
        }
        if (node.isObject()) {
            for (final Map.Entry<String, JsonNode> entry : node.properties()) {
                refuseNulls(name, path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue());
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            refuseNulls(name, path + "[" + i + "]", node.get(i));
        }
    }

    private static String field(final JsonMappingException e) {
        final String path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
        final String field = path.isEmpty() ? "the report" : path.substring(1);
        if (e instanceof final UnrecognizedPropertyException unknown) {
            final @Nullable Object known = unknown.getKnownPropertyIds();
            return field + ": there is no such field" + (known == null ? "" : "; there are " + known);
        }
        if (e.getCause() instanceof final IllegalArgumentException refused) {
            return field + ": " + firstLine(refused.getMessage());
        }
        final String text = firstLine(e.getOriginalMessage());
        final Matcher missing = MISSING.matcher(text);
        if (missing.matches()) {
            final String name = missing.group(1);
            return (path.endsWith("." + name) ? field : path.isEmpty() ? name : field + "." + name) + ": is missing";
        }
        return field + ": " + text;
    }

    private static String firstLine(final @Nullable String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }

    /** A component of a record that may not be null has to be there. */
    private static final class RequiredUnlessNullable extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public @Nullable Boolean hasRequiredMarker(final AnnotatedMember member) {
            if (member instanceof final AnnotatedParameter parameter
                    && parameter.getDeclaringClass().isRecord()) {
                final RecordComponent component =
                        parameter.getDeclaringClass().getRecordComponents()[parameter.getIndex()];
                return !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            }
            return super.hasRequiredMarker(member);
        }
    }
}
