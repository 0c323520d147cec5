package io.luyun.simulator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ScenarioFileTest {
    static List<String> ready() {
        return ScenarioFile.READY;
    }

    @ParameterizedTest
    @MethodSource("ready")
    void readyScenariosAreRead(final String name) throws IOException {
        final LoadScenario scenario = ScenarioFile.read(name);
        assertThat(scenario.name()).isEqualTo(name);
        assertThat(scenario.about()).hasSizeGreaterThan(50);
        assertThat(scenario.text()).contains("name: " + name);
        assertThat(scenario.seconds()).isBetween(30, 180);
        assertThat(scenario.expect()).contains("lost=0");
    }

    @Test
    void everythingIsReadAsItStands(@TempDir final Path directory) throws IOException {
        Files.writeString(directory.resolve("my.yaml"), """
                name: my
                traffic: {zone: zone.geojson, vehicles: 7, units: 3, stepsPerSecond: 4, ssm: true, closedLoop: true}
                rates:
                  - {seconds: 10, from: 0.5, to: 2}
                  - {seconds: 5.5, at: 1}
                warmup: 3
                seed: 9
                ack: appended
                links:
                  - {role: vehicle, share: 0.25, faults: {loss: 0.1, duplicates: 0.2, swaps: 0.3, spoiled: 0.4, clockSkewMillis: 5}}
                  - {role: unit, carrier: udp}
                watchers:
                  - {count: 4, radiusMetres: 100, intervalMillis: 50, readBytesPerSecond: 2000}
                outages:
                  - {atSeconds: 2.5, share: 0.5, awaySeconds: 1, togetherAgain: true}
                intrusions:
                  - {count: 3, how: slow-frame, perSecond: 0.5}
                expect: lost=0
                """);
        final LoadScenario scenario =
                ScenarioFile.read(directory.resolve("my.yaml").toString());

        assertThat(scenario.traffic())
                .isEqualTo(new TrafficPlan.Seeded(directory.resolve("zone.geojson"), 7, 3, true, true));
        assertThat(scenario.rates().stretches())
                .containsExactly(new Rates.Stretch(10, 2, 8), new Rates.Stretch(5.5, 4, 4));
        assertThat(scenario.seconds()).isEqualTo(16);
        assertThat(scenario.warmupSeconds()).isEqualTo(3);
        assertThat(scenario.seed()).isEqualTo(9);
        assertThat(scenario.ackLevel()).isEqualTo(AckLevel.ACK_LEVEL_APPENDED);
        assertThat(scenario.links())
                .containsExactly(
                        new LinkPlan(Role.ROLE_OBU, 0.25, LinkPlan.Carrier.NATIVE, new Faults(0.1, 0.2, 0.3, 0.4, 5)),
                        new LinkPlan(Role.ROLE_RSU, 1, LinkPlan.Carrier.UDP, Faults.NONE));
        assertThat(scenario.watchers()).containsExactly(new WatcherPlan(4, 100, 50, 2_000));
        assertThat(scenario.outages()).containsExactly(new Outage(2.5, 0.5, 1, true));
        assertThat(scenario.intrusions()).containsExactly(new Intrusion(3, Intrusion.How.SLOW_FRAME, 0.5));
        assertThat(scenario.search()).isNull();
    }

    @Test
    void aSearchBeginsAtItsFirstRate() {
        final LoadScenario scenario = parse("""
                name: most
                traffic: {vehicles: 10}
                search: {from: 3, growth: 2, stageSeconds: 4, halvings: 1, most: 40, ackP99Millis: 20}
                """);
        assertThat(scenario.search()).isEqualTo(new Search(3, 2, 4, 1, 40, 20));
        assertThat(scenario.rates().at(0)).isEqualTo(3);
        assertThat(scenario.seconds()).isZero();
    }

    @Test
    void trafficComesFromElsewhere() {
        assertThat(parse("{name: a, traffic: {source: fcd, file: x.xml.gz, zone: z.geojson, vehicles: 5, loop: true}}")
                        .traffic())
                .isEqualTo(new TrafficPlan.Fcd(
                        Path.of("z.geojson"), Path.of("x.xml.gz"), null, 5, TrafficPlan.AS_MANY, true));
        assertThat(parse("{name: a, traffic: {source: sumo, config: x.sumocfg, persons: 3, stepSeconds: 0.5}}")
                        .traffic())
                .isEqualTo(new TrafficPlan.Sumo(null, Path.of("x.sumocfg"), 1_000, 3, 0.5));
        assertThat(parse("{name: a, traffic: {source: journal, directory: d, copies: 2, northMetres: 50, units: true}}")
                        .traffic())
                .isEqualTo(new TrafficPlan.Journal(null, Path.of("d"), 2, 0, 50, 0, true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            traffic: {vehicles: 1}                                       | x.yaml: name = (absent): must be there
            name: a                                                      | x.yaml: traffic = (absent): must be there
            {name: a, traffic: {vehicles: 0, units: 0}}                  | x.yaml: neither vehicles nor roadside units
            {name: a, traffic: {vehicles: many}}                         | x.yaml: traffic.vehicles = many: must be a whole number in 0..100000
            {name: a, traffic: {}, seconds: 0.5}                         | x.yaml: seconds = 0.5: must be a whole number
            {name: a, traffic: {}, seconds: 5, warmup: 5}                | x.yaml: warmup 5 is not in 0..4
            {name: a, traffic: {cars: 3}}                                | x.yaml: traffic.cars = 3: is not a key here
            {name: a, traffic: {source: dream}}                          | x.yaml: traffic.source = dream: must be one of zone
            {name: a, traffic: {}, second: 3}                            | x.yaml: second = 3: is not a key here
            {name: a, traffic: {}, ack: maybe}                           | x.yaml: ack = maybe: must be one of received, appended, synced
            {name: a, traffic: {}, links: [{role: tram}]}                | x.yaml: links[0].role = tram: must be one of vehicle, unit
            {name: a, traffic: {}, links: [{role: vehicle, carrier: udp}]} | x.yaml: carrier udp: only roadside units
            {name: a, traffic: {}, links: [{role: unit, carrier: mqtt, faults: {duplicates: 0.1}}]} | x.yaml: carrier mqtt: at quality 1
            {name: a, traffic: {}, links: [{role: unit, carrier: udp, faults: {spoiled: 0.1}}]} | x.yaml: carrier udp: nothing answers
            {name: a, traffic: {}, links: [{role: unit, faults: {loss: 2}}]} | x.yaml: links[0].faults.loss = 2: must be a number in 0.0..1.0
            {name: a, traffic: {}, seconds: 3, rates: [{seconds: 3, at: 1}]} | x.yaml: rates = (there): say how long themselves
            {name: a, traffic: {}, rates: [{seconds: 3, at: 0}]}         | x.yaml: rates without any step
            {name: a, traffic: {}, intrusions: [{how: magic}]}           | x.yaml: intrusions[0].how = magic: must be one of garbage
            {name: a, traffic: {}, search: {most: 0.5}}                  | x.yaml: most 0.5 is not in 1..100000
            '{name: a'                                                   | x.yaml: line 1
            """)
    void whatIsWrongIsNamed(final String text, final String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aScenarioThatIsNotThereIsToldWithTheReadyOnes() {
        assertThatThrownBy(() -> ScenarioFile.read("rush-hours"))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "there is no scenario file 'rush-hours'; ready ones are rush-hour, stadium, depot-start, storm,"
                                + " black-out, attack");
    }

    private static LoadScenario parse(final String text) {
        return ScenarioFile.parse("x.yaml", text, Path.of(""));
    }
}
