package io.luyun.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a question may do, what it is told, and what the views are. */
final class QuerySessionTest {
    @TempDir
    private static Path directory;

    private static Asked asked;

    @BeforeAll
    static void write() throws Exception {
        asked = new Asked(directory);
    }

    @AfterAll
    static void close() {
        asked.close();
    }

    @Test
    void readsTheTablesThatItNamesThroughViewsOrNot() {
        assertThat(asked.tablesOf("select 1")).isEmpty();
        assertThat(asked.tablesOf("FROM Bsm")).containsExactly("bsm");
        assertThat(asked.tablesOf(
                        "with x as (from psm) select * from x join encounters on true where 1 in (from rtcm)"))
                .containsExactly("psm", "rtcm", "tracks");
        assertThat(asked.tablesOf("describe on_links")).containsExactly("map_links", "tracks");
    }

    @Test
    void viewsAreMadeOfWhatTheySay() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            for (final String view : Views.names()) {
                final Set<String> read = new HashSet<>(Statements.tables(connection, Views.sql(view)));
                final Set<String> known = new HashSet<>(Views.names());
                known.addAll(io.luyun.server.exchange.table.Tables.schemas().stream()
                        .map(io.luyun.server.exchange.table.TableSchema::name)
                        .toList());
                read.retainAll(known);
                assertThat(read).as(view).containsExactlyInAnyOrderElementsOf(Views.needs(view));
                assertThat(Views.sql(view)).startsWith("-- ");
            }
        }
    }

    @Test
    void everyViewStandsInTheDocs() throws Exception {
        final String page = Files.readString(Path.of("..", "docs", "query.md"));
        assertThat(Views.names()).allMatch(view -> page.contains("| `" + view + "` |"));
    }

    @Test
    void aTableWithoutRowsIsEmpty() {
        assertThat(asked.csv("select count(*) as n, max(speed_mps) as v from psm"))
                .containsExactly("n,v", "0,");
        assertThat(asked.csv("select count(*) as n from tracks where class = 'PEDESTRIAN'"))
                .containsExactly("n", "61");
    }

    @Test
    void signalPhasesAreIntervals() {
        assertThat(asked.csv("select light, duration_s, began, ended from signal_phases order by begins_at"))
                .containsExactly(
                        "light,duration_s,began,ended", "RED,20.0,false,true", "PROTECTED_GREEN,10.0,true,false");
    }

    @Test
    void alertsAndSessionsAreOneRowEach() {
        assertThat(asked.csv("select alert_id, kind, subject, target, duration_s, clear_reason, steps,"
                        + " round(latency_s, 3) as latency_s from alerts"))
                .containsExactly(
                        "alert_id,kind,subject,target,duration_s,clear_reason,steps,latency_s",
                        "5,FCW,braker,slow,4.0,OVER,2,3.971");
        assertThat(asked.csv("select device, duration_s, reason from sessions order by session_id limit 2"))
                .containsExactly("device,duration_s,reason", "runner,30.08,bye", "queuer,,");
    }

    @Test
    void timeToCollisionIsThatOfWhoGoOn() {
        // 106 m apart at first and 18.2 m/s faster, so within 50 m at 3.2 s; 4.5 m of what is left are the vehicles
        // themselves
        assertThat(asked.csv("select round(distance_m, 1) as d, round(closing_mps, 1) as v, round(ttc_s, 1) as t"
                                + " from ttc where track_a = 'braker' and track_b = 'slow'"
                                + " order by observed_at limit 1")
                        .get(1))
                .isEqualTo("47.8,18.2,2.4");
        assertThat(asked.csv("select count(*) as n from ttc where 'runner' in (track_a, track_b)"))
                .as("it is in another lane")
                .containsExactly("n", "0");
    }

    @Test
    void onLinksTellsTheWayToTheLine() {
        assertThat(asked.csv("select link, round(to_end_m) as to_end_m, round(across_m) as across_m from on_links"
                        + " where track = 'runner' order by observed_at limit 1"))
                .containsExactly("link,to_end_m,across_m", "2-1,150.0,5.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy (select 1) to 'out.csv'",
                "attach 'x.db'",
                "create table x as select 1",
                "install spatial",
                "set memory_limit = '8GB'",
                "drop view bsm",
                "pragma database_list"
            })
    void takesOnlyWhatReads(final String sql) {
        assertThatThrownBy(() -> asked.csv(sql))
                .isInstanceOf(QueryException.class)
                .hasMessageStartingWith("only one statement that reads is taken");
    }

    @Test
    void reachesNoFileButTheTables() throws Exception {
        final Path secret = Files.writeString(directory.resolve("secret.csv"), "a\n1\n");
        final Path beside = Path.of(asked.tables() + "/../secret.csv");
        for (final Path path : List.of(secret, beside)) {
            for (final String sql : List.of(
                    "select * from read_csv('" + path + "')",
                    "select * from '" + path + "'",
                    "select * from glob('" + path + "')")) {
                assertThatThrownBy(() -> asked.csv(sql)).as(sql).isInstanceOf(QueryException.class);
            }
        }
    }

    @Test
    void wrongQuestionsAreOneLine() {
        for (final String sql :
                List.of("selec 1", "select nothing from bsm", "select 1; select 2", "from nowhere", "")) {
            assertThatThrownBy(() -> asked.csv(sql))
                    .as(sql)
                    .isInstanceOf(QueryException.class)
                    .extracting(Throwable::getMessage)
                    .asString()
                    .isNotBlank()
                    .doesNotContain("\n");
        }
    }

    @Test
    void printsForPeopleAndForMachines() {
        final String sql = "select * from (values (1, 'a,\"b\"', timestamp '2026-01-01 00:00:00.5', null, true),"
                + " (20, '', null, 2.5, false)) t(n, s, at_time, d, f)";
        assertThat(asked.print(sql, AnswerFormat.TEXT).lines())
                .containsExactly(
                        " n  s      at_time                  d  f",
                        "--  -----  ---------------------  ---  -----",
                        " 1  a,\"b\"  2026-01-01 00:00:00.5       true",
                        "20                                2.5  false");
        assertThat(asked.print(sql, AnswerFormat.CSV))
                .isEqualTo(String.join(
                        "\r\n",
                        "n,s,at_time,d,f",
                        "1,\"a,\"\"b\"\"\",2026-01-01T00:00:00.5Z,,true",
                        "20,\"\",,2.5,false",
                        ""));
        assertThat(asked.print(sql, AnswerFormat.NDJSON).lines())
                .containsExactly(
                        "{\"n\":1,\"s\":\"a,\\\"b\\\"\",\"at_time\":\"2026-01-01T00:00:00.5Z\",\"f\":true}",
                        "{\"n\":20,\"s\":\"\",\"d\":2.5,\"f\":false}");
    }
}
