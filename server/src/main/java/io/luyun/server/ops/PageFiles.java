package io.luyun.server.ops;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The page's files out of the jar, each as it was packed at build time: {@code NAME.br}, {@code NAME.gz} or {@code NAME} itself, whatever
 * the browser takes. A file is read once. Owned by the face's thread.
 */
final class PageFiles {
    private static final String INDEX = "index.html";
    private static final int LONGEST_PATH = 200;
    private static final Pattern SOUND =
            Pattern.compile("[A-Za-z0-9_@-][A-Za-z0-9._@-]*(/[A-Za-z0-9_@-][A-Za-z0-9._@-]*)*");
    /** A hash of the content or a version stands in the path: another content has another path. */
    private static final Pattern NEVER_CHANGES =
            Pattern.compile(".*([.-][0-9a-f]{8,64}[.].*|(^|[/@-])[0-9]+[.][0-9]+[.][0-9]+[^/]*(/.*|[.].*|$))");

    private static final Pattern INLINE_SCRIPT = Pattern.compile(
            "<script(?![^>]*\\ssrc\\s*=)[^>]*>(.*?)</script\\s*>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("geojson", "application/geo+json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("map", "application/json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    private final Function<String, @Nullable InputStream> source;
    private final Map<String, PageFile> known = new HashMap<>();

    /**
     * One file.
     *
     * @param policy the Content-Security-Policy it is sent with
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record PageFile(
            byte @Nullable [] brotli, byte @Nullable [] gzip, byte[] plain, String type, String tag, String policy) {}

    /**
     * Those of a source.
     *
     * @param source opens a file by its name; null where there is none
     */
    PageFiles(final Function<String, @Nullable InputStream> source) {
        this.source = source;
    }

    /** Those in the jar. */
    static PageFiles packed() {
        return new PageFiles(name -> PageFiles.class.getResourceAsStream("page/" + name));
    }

    /**
     * The file of a path.
     *
     * @param accepted the Accept-Encoding header
     * @param cached the If-None-Match header
     * @return null when there is none
     */
    @Nullable
    Answer get(final String path, final @Nullable String accepted, final @Nullable String cached) throws IOException {
        final String name = path.equals("/") ? INDEX : path.substring(1);
        final PageFile file = find(name);
        if (file == null) {
            return name.equals(INDEX) ? missing() : null;
        }
        final byte[] brotli = accepts(accepted, "br") ? file.brotli : null;
        final byte[] gzip = brotli == null && accepts(accepted, "gzip") ? file.gzip : null;
        final String encoding = brotli != null ? "br" : gzip != null ? "gzip" : "";
        final String tag = '"' + file.tag + (encoding.isEmpty() ? "" : "-" + encoding) + '"';
        final Answer answer = matches(cached, tag)
                ? Answer.empty(304)
                : Answer.of(200, file.type, brotli != null ? brotli : gzip != null ? gzip : file.plain);
        return (encoding.isEmpty() ? answer : answer.with("content-encoding", encoding))
                .with("etag", tag)
                .with("vary", "accept-encoding")
                .with(
                        "cache-control",
                        NEVER_CHANGES.matcher(name).matches() ? "public, max-age=31536000, immutable" : "no-cache")
                .with("content-security-policy", file.policy);
    }

    /** Whether a list of tags has this one. */
    static boolean matches(final @Nullable String cached, final String tag) {
        if (cached == null) {
            return false;
        }
        for (final String one : cached.split(",", -1)) {
            if (one.strip().equals(tag) || one.strip().equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a coding is among those of the header, and not with quality 0. */
    static boolean accepts(final @Nullable String header, final String coding) {
        if (header == null) {
            return false;
        }
        for (final String one : header.split(",", -1)) {
            final String[] parts = one.strip().split("\\s*;\\s*", -1);
            if (parts[0].equalsIgnoreCase(coding)) {
                return parts.length == 1 || !parts[1].matches("q=0(\\.0*)?");
            }
        }
        return false;
    }

    private @Nullable PageFile find(final String name) throws IOException {
        final PageFile before = known.get(name);
        if (before != null) {
            return before;
        }
        final String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || name.length() > LONGEST_PATH || !SOUND.matcher(name).matches()) {
            return null;
        }
        final byte[] gzip = resource(name + ".gz");
        final byte[] stored = resource(name);
        final byte[] plain = stored == null && gzip != null ? unpack(gzip) : stored;
        if (plain == null) {
            return null;
        }
        final PageFile file = new PageFile(resource(name + ".br"), gzip, plain, type, tag(plain), policy(type, plain));
        known.put(name, file);
        return file;
    }

    private byte @Nullable [] resource(final String name) throws IOException {
        try (InputStream in = source.apply(name)) {
            return in == null ? null : in.readAllBytes();
        }
    }

    private static byte[] unpack(final byte[] gzip) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        }
    }

    private static Answer missing() {
        final String page = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Luyun</title>"
                + "<h1>The page is not in this build</h1>"
                + "<p>This server runs; its page was not packed into the jar. A build with Maven has it. "
                + "What programs ask is there: <a href=\"/api/v1/openapi.json\">/api/v1/openapi.json</a>, "
                + "<a href=\"/api/v1/status\">/api/v1/status</a>, <a href=\"/metrics\">/metrics</a>.</p></html>\n";
        return Answer.of(404, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    /** An import map stands in the page itself, and is allowed by its hash; any other inline script is not. */
    private static String policy(final String type, final byte[] plain) {
        final StringBuilder scripts = new StringBuilder("'self'");
        if (type.startsWith("text/html")) {
            final Matcher inline = INLINE_SCRIPT.matcher(new String(plain, StandardCharsets.UTF_8));
            while (inline.find()) {
                final byte[] hash = sha256(inline.group(1).getBytes(StandardCharsets.UTF_8));
                scripts.append(" 'sha256-")
                        .append(Base64.getEncoder().encodeToString(hash))
                        .append('\'');
            }
        }
        return "default-src 'none'; script-src " + scripts
                + "; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'"
                + "; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
                + "; frame-ancestors 'none'";
    }

    private static String tag(final byte[] plain) {
        return HexFormat.of().formatHex(sha256(plain), 0, 8);
    }

    static byte[] sha256(final byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
