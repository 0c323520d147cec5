package io.luyun.server.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** The zone and the places in it, as they were when the server started. Any thread. */
public final class ZoneRoutes {
    private static final String GEOJSON = "application/geo+json";
    private static final String EMPTY = "{\"type\":\"FeatureCollection\",\"features\":[]}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Packed zone;
    private final Packed places;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Packed(byte[] plain, byte[] gzip, String tag) {
        static Packed of(final byte[] plain) {
            final ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
                zip.write(plain);
            } catch (final IOException e) {
                throw new IllegalStateException("memory cannot be written", e);
            }
            return new Packed(plain, out.toByteArray(), HexFormat.of().formatHex(PageFiles.sha256(plain), 0, 8));
        }
    }

    /**
     * Reads the files.
     *
     * @param zoneFile the zone file; empty for a zone without roads
     * @param placeFiles GeoJSON, each a layer that is called like its file
     * @throws IllegalArgumentException when one is not to be had or no GeoJSON; one line
     */
    public ZoneRoutes(final String zoneFile, final List<String> placeFiles) {
        try {
            zone = Packed.of(
                    zoneFile.isEmpty()
                            ? EMPTY.getBytes(StandardCharsets.UTF_8)
                            : Files.readAllBytes(Path.of(zoneFile)));
        } catch (final IOException e) {
            throw new IllegalArgumentException("zone.file = " + zoneFile + ": must be a readable file (" + e + ")", e);
        }
        final ObjectNode collection = JSON.createObjectNode().put("type", "FeatureCollection");
        final ArrayNode features = collection.putArray("features");
        for (final String file : placeFiles) {
            addLayer(features, file);
        }
        places = Packed.of(collection.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.quick("/api/v1/zone", Scope.READ, request -> answer(zone, request)),
                Route.quick("/api/v1/places", Scope.READ, request -> answer(places, request)));
    }

    private static Answer answer(final Packed packed, final Request request) {
        final boolean gzip = PageFiles.accepts(request.header().apply("accept-encoding"), "gzip");
        final String tag = '"' + packed.tag + (gzip ? "-gzip\"" : "\"");
        final Answer answer = PageFiles.matches(request.header().apply("if-none-match"), tag)
                ? Answer.empty(304)
                : Answer.of(200, GEOJSON, gzip ? packed.gzip : packed.plain);
        return (gzip ? answer.with("content-encoding", "gzip") : answer)
                .with("etag", tag)
                .with("vary", "accept-encoding")
                .with("cache-control", "private, no-cache");
    }

    private static void addLayer(final ArrayNode features, final String file) {
        final Path path = Path.of(file);
        final Path name = path.getFileName();
        final String layer = String.valueOf(name).replaceFirst("\\.[^.]*$", "");
        final JsonNode read;
        try {
            read = JSON.readTree(Files.readAllBytes(path));
        } catch (final JsonProcessingException e) {
            throw new IllegalArgumentException("ops.places = " + file + ": must be GeoJSON", e);
        } catch (final IOException e) {
            throw new IllegalArgumentException("ops.places = " + file + ": must be a readable file (" + e + ")", e);
        }
        if (!read.path("type").asText().equals("FeatureCollection")
                || !read.path("features").isArray()) {
            throw new IllegalArgumentException("ops.places = " + file + ": must be a FeatureCollection");
        }
        for (final JsonNode feature : read.path("features")) {
            if (!(feature instanceof final ObjectNode object)
                    || !object.path("geometry").isObject()) {
                throw new IllegalArgumentException("ops.places = " + file + ": has a feature without a geometry");
            }
            final ObjectNode properties = object.path("properties") instanceof final ObjectNode given
                    ? given
                    : object.putObject("properties");
            properties.put("layer", layer);
            features.add(object);
        }
    }
}
