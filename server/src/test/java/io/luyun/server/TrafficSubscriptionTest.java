package io.luyun.server;

import static io.luyun.server.Messages.bsm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.proto.v1.LinkTraffic;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.Subscribe;
import io.luyun.proto.v1.Topic;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The traffic on a link reaches a subscriber over its socket, and HTTP. */
final class TrafficSubscriptionTest {
    /** One link of 400 m to the north, where {@link Messages#bsm} drives. */
    private static final String ZONE = """
            {"type": "FeatureCollection",
             "luyun": {"format": 1, "name": "one link", "region": 1, "ref": [106.3, 29.6]},
             "features": [
               {"type": "Feature", "properties": {"kind": "link", "linkId": "north", "upstream": 1, "downstream": 2},
                "geometry": {"type": "LineString", "coordinates": [[106.3, 29.598], [106.3, 29.602]]}}]}
            """;

    private static final double MPS = 10;

    @TempDir
    private Path directory;

    @Test
    void theTrafficOnALinkIsToldToWhoAsks() throws Exception {
        Files.writeString(directory.resolve("zone.geojson"), ZONE);
        final TestClock clock = new TestClock();
        try (TestServer server = new TestServer(directory, "shared", clock, "zone: {file: zone.geojson}");
                TestDevice car = server.open("car-1", Role.ROLE_OBU, 1);
                TestDevice watcher = server.open("eye-1", Role.ROLE_OBSERVER, 1);
                TestDevice other = server.open("eye-2", Role.ROLE_OBSERVER, 1)) {
            watcher.subscribe(Subscribe.newBuilder().setSubscriptionId(1).addTopics(Topic.TOPIC_TRAFFIC));
            other.subscribe(Subscribe.newBuilder().setSubscriptionId(1).addTopics(Topic.TOPIC_PARTICIPANTS));
            for (int number = 1; number <= 30; number++) {
                car.send(number, bsm(1, clock.secMark(), number, MPS));
                car.awaitAck(number);
                clock.passMillis(100);
            }
            final Predicate<ServerFrame> drives = frame -> frame.getUpdate().getTrafficList().stream()
                    .anyMatch(link -> link.getWhole().getVehicles() == 1);
            final LinkTraffic told = watcher.await(drives).getUpdate().getTraffic(0);
            assertThat(told.getLinkId()).isEqualTo("north");
            assertThat(told.getWhole().getSpeed()).isCloseTo((int) (MPS / 0.02), within(5));
            assertThat(watcher.frames()).allMatch(frame -> frame.getUpdate().getParticipantsCount() == 0);
            other.await(frame -> frame.getUpdate().getParticipantsCount() == 1);
            assertThat(other.frames()).allMatch(frame -> frame.getUpdate().getTrafficCount() == 0);
            clock.passMillis(1_000);
            car.send(31, bsm(1, clock.secMark(), 41, MPS));
            car.awaitAck(31);
            final JsonNode page = page(server, "/api/v1/traffic");
            assertThat(page.at("/links/0/link").asText()).isEqualTo("north");
            assertThat(page(server, "/api/v1/status").at("/traffic/links").asInt())
                    .isEqualTo(1);
        }
    }

    private static JsonNode page(final TestServer server, final String path) throws Exception {
        final HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.httpPort() + path))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return new ObjectMapper()
                    .readTree(client.send(request, BodyHandlers.ofString()).body());
        }
    }
}
