package io.luyun.server.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.proto.v1.Connection;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MapLane;
import io.luyun.proto.v1.MapLink;
import io.luyun.proto.v1.MapNode;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Spat;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The MAP of a junction as a roadside unit sent it: every lane finds its phases, without a zone file. */
final class RecordedMapTest {
    private static final int UNIT = 100;

    @Test
    void everyLaneFindsItsPhases() throws Exception {
        final String given = System.getenv("LUYUN_DATA");
        // Surefire runs in the module's directory; the data lies beside the repository.
        final Path file = (given == null ? Path.of("../../shared/data") : Path.of(given))
                .resolve("rsm-tracks")
                .resolve("RSU_MAP.json.gz");
        assumeTrue(Files.exists(file), () -> file + " is not there");
        final MapData map;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            map = read(new ObjectMapper().readTree(in).path("map"));
        }
        final MapNode node = map.getNodes(0);
        final Position begin = node.getInLinks(0).getPoints(0);
        final Scene scene =
                new Scene(ZoneMap.empty(begin.getLat(), begin.getLon()), WorldConfig.DEFAULT, s -> new Scene.Deaf());
        scene.map(UNIT, map);
        scene.spat(UNIT, spat(node.getId()));
        final SignalAhead ahead = new SignalAhead();
        int lanes = 0;
        for (int i = 0; i < scene.world.links(); i++) {
            final Link link = scene.world.link(i);
            final MapLink said = node.getInLinksList().stream()
                    .filter(in -> in.getUpstreamNode().getId() == link.upstream())
                    .findFirst()
                    .orElseThrow();
            assertThat(link.lanes()).isEqualTo(said.getLanesCount());
            for (int lane = 1; lane <= link.lanes(); lane++) {
                final Participant there = new Participant(0);
                there.link = link;
                there.lane = lane;
                there.alongMetres = link.lengthMetres() - 20;
                final Set<Integer> expected = new TreeSet<>();
                said.getLanes(lane - 1).getConnectsToList().forEach(way -> expected.add(way.getPhaseId()));
                final Set<Integer> found = new TreeSet<>();
                if (ahead.find(scene.world, there, scene.nowNs)) {
                    for (int p = 0; p < ahead.phases(); p++) {
                        found.add(ahead.phaseId(p));
                        assertThat(ahead.light(p)).isEqualTo(LightState.LIGHT_RED_VALUE);
                    }
                }
                assertThat(found).as("%s, lane %d", link, lane).isEqualTo(expected);
                lanes++;
            }
        }
        assertThat(lanes).isPositive();
    }

    private static Spat spat(final NodeReference node) {
        final IntersectionState.Builder state = IntersectionState.newBuilder().setIntersection(node);
        for (int phase = 1; phase < 256; phase++) {
            state.addPhases(Phase.newBuilder()
                    .setId(phase)
                    .addStates(PhaseState.newBuilder().setLight(LightState.LIGHT_RED)));
        }
        return Spat.newBuilder().setMsgCnt(0).addIntersections(state).build();
    }

    private static MapData read(final JsonNode map) {
        final MapNode.Builder node = MapNode.newBuilder().setId(node(map.path("id")));
        for (final JsonNode in : map.path("inLinks")) {
            final MapLink.Builder link = MapLink.newBuilder()
                    .setName(in.path("name").asText())
                    .setUpstreamNode(node(in.path("upstreamNodeId")))
                    .setLinkWidth(in.path("linkWidth").asInt());
            for (final JsonNode at : in.path("points").path("RoadPoint")) {
                final JsonNode position = at.path("posOffset").path("offsetLL").path("position-LatLon");
                link.addPoints(Position.newBuilder()
                        .setLat(position.path("lat").asInt())
                        .setLon(position.path("lon").asInt()));
            }
            in.path("lanes").forEach(lane -> link.addLanes(lane(lane)));
            node.addInLinks(link);
        }
        return MapData.newBuilder().setMsgCnt(0).addNodes(node).build();
    }

    private static MapLane lane(final JsonNode lane) {
        final MapLane.Builder builder = MapLane.newBuilder()
                .setLaneId(lane.path("laneID").asInt())
                .setLaneWidth(lane.path("laneWidth").asInt());
        final JsonNode ways = lane.path("connectsTo").path("Connection");
        // the sender writes a list of one as the one
        for (final JsonNode way : ways.isArray() ? ways : List.of(ways)) {
            final String bits = way.path("connectingLane").path("maneuver").asText();
            int maneuver = 0;
            for (int bit = 0; bit < bits.length(); bit++) {
                maneuver |= bits.charAt(bit) == '1' ? 1 << bit : 0;
            }
            builder.addConnectsTo(Connection.newBuilder()
                    .setRemoteIntersection(node(way.path("remoteIntersection")))
                    .setLane(way.path("connectingLane").path("lane").asInt())
                    .setManeuver(maneuver)
                    .setPhaseId(way.path("phaseId").asInt()));
        }
        return builder.build();
    }

    private static NodeReference node(final JsonNode node) {
        return NodeReference.newBuilder()
                .setRegion(node.path("region").asInt())
                .setId(node.path("id").asInt())
                .build();
    }
}
