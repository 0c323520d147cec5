package io.luyun.server.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.proto.json.TrafficJsonWriter;
import io.luyun.proto.v1.LinkTraffic;
import io.luyun.server.world.Scene;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Traffic in words, driven by hand on the road of {@link Scene}: what {@code world.TrafficTest} reckons is told. */
final class TrafficSitesTest {
    private static final double EAST = 90;
    private static final double LANE_2 = 0;

    private final Scene scene = new Scene();
    private final Sites sites = new Sites(scene.world, SiteConfig.DEFAULT);

    private TrafficSite link() {
        for (final TrafficSite site : sites.traffic().all()) {
            if (site.link().linkId().equals("1")) {
                return site;
            }
        }
        throw new AssertionError("no link 1");
    }

    private void tick() {
        scene.tick();
        sites.onTick(scene.sequence, scene.nowNs);
    }

    /** Six vehicles stand before the stop line in the middle lane, 8 m apart. */
    private void queue(final int seconds) {
        for (int i = 0; i < 2 * seconds; i++) {
            for (int k = 0; k < 6; k++) {
                scene.bsm(1 + k, scene.car(1 + k, 995 - 8 * k, LANE_2, EAST, 0));
            }
            scene.pass(500);
            tick();
        }
    }

    @Test
    void tellsLinkAndLanes() throws IOException {
        queue(30);
        final LinkTraffic told = link().toMessage();
        assertThat(told.getLinkId()).isEqualTo("1");
        assertThat(told.getUpstream().getId()).isEqualTo(10);
        assertThat(told.getDownstream().getId()).isEqualTo(20);
        assertThat(told.getPos().getLon()).isCloseTo(scene.position(500, 0).getLon(), within(2));
        assertThat(told.getWhole().getVehicles()).isEqualTo(6);
        assertThat(told.getWhole().getDensity()).isCloseTo(60, within(1));
        assertThat(told.getWhole().getFlow()).isZero();
        assertThat(told.getWhole().hasSpeed()).isTrue();
        assertThat(told.getWhole().getSpeed()).isZero();
        assertThat(told.getLanesList()).extracting(lane -> lane.getVehicles()).containsExactly(0, 6, 0);
        assertThat(told.getLanes(0).hasSpeed()).as("nobody was there").isFalse();
        // the last one's rear bumper is 5 + 5 x 8 + 2.25 m before the line
        assertThat(told.getLanes(1).getQueueCm()).isCloseTo(4_725, within(50));
        assertThat(told.getLanes(1).getQueueVehicles()).isEqualTo(6);
        assertThat(told.getLanes(1).getJam()).as("too short for a jam").isFalse();
        assertThat(told.getAtNs()).isLessThanOrEqualTo(scene.nowNs);

        final JsonNode json = new ObjectMapper()
                .readTree(new TrafficJsonWriter().links(sites.board().traffic()));
        assertThat(json.at("/links/0/link").asText()).isEqualTo("1");
        assertThat(json.at("/links/0/to/id").asInt()).isEqualTo(20);
        assertThat(json.at("/links/0/densityPerKm").asDouble()).isCloseTo(6, within(0.1));
        assertThat(json.at("/links/0/lanes/1/lane").asInt()).isEqualTo(2);
        assertThat(json.at("/links/0/lanes/1/queueMetres").asDouble()).isCloseTo(47.25, within(0.5));
        assertThat(json.at("/links/0/lanes/0/speedMps").isMissingNode()).isTrue();
    }

    @Test
    void tellsOnlyWhatIsNews() {
        queue(30);
        final long told = link().lastSequence();
        queue(5);
        assertThat(link().lastSequence()).as("the same queue").isEqualTo(told);
        final LinkTraffic words = link().toMessage();
        assertThat(link().toMessage()).isSameAs(words);
        scene.bsm(9, scene.car(9, 200, LANE_2, EAST, 15));
        scene.pass(1_000);
        tick();
        assertThat(link().lastSequence()).as("one more").isEqualTo(scene.sequence);
        assertThat(link().toMessage().getWhole().getVehicles()).isEqualTo(7);
    }

    @Test
    void looksOnlyWhenTrafficIsReckonedAnew() {
        queue(2);
        final long told = link().lastSequence();
        scene.bsm(9, scene.car(9, 200, LANE_2, EAST, 15));
        scene.pass(100);
        tick();
        assertThat(link().lastSequence()).isEqualTo(told);
    }

    @Test
    void anEmptiedRoadHasNoTrafficUntilItIsReckoned() {
        queue(2);
        scene.world.clear();
        sites.clear();
        assertThat(sites.traffic().all()).isEmpty();
        assertThat(sites.board().traffic()).isEmpty();
        scene.pass(1_000);
        tick();
        assertThat(link().toMessage().getWhole().getVehicles()).isZero();
    }
}
