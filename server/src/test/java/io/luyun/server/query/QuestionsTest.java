package io.luyun.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Asks every question of the docs about a junction where it is known what happens. */
final class QuestionsTest {
    private static final Path PAGE = Path.of("..", "docs", "query.md");
    private static final Pattern QUESTION =
            Pattern.compile("### (\\d+)\\. [^\\n]*\\n.*?```sql\\n(.*?)```\\n\\n```\\n(.*?)```", Pattern.DOTALL);

    /** What the answers are, without their headers, where no more than the journal is needed to know. */
    private static final List<String> ANSWERS = List.of(
            "1,Junction,1,0,0.3",
            "2-1,4,1,runner",
            "rsu-1,122,2,80.0,80.0,80.0",
            "30.0,106.0,1,-6.0",
            "queuer,301,3,0,0.99",
            "queuer,301,2030.0,0.0",
            "2-1,South,4,.*,43.0",
            "rsu-1,1,11.5,11.5",
            "FCW,1,1,1,100.0",
            "2-1,3,1.6,6.1,1",
            "2-1,2,\\d+.0,1.\\d,\\d+",
            "0,.*");

    @TempDir
    private static Path directory;

    private static Asked asked;

    record Question(int number, String sql, String header) {
        @Override
        public String toString() {
            return "question " + number;
        }
    }

    @BeforeAll
    static void write() throws Exception {
        asked = new Asked(directory);
    }

    @AfterAll
    static void close() {
        asked.close();
    }

    private static List<Question> questions() throws Exception {
        final List<Question> questions = new ArrayList<>();
        final Matcher found = QUESTION.matcher(Files.readString(PAGE));
        while (found.find()) {
            final String header = found.group(3).lines().findFirst().orElse("");
            questions.add(new Question(Integer.parseInt(found.group(1)), found.group(2), header));
        }
        return questions;
    }

    @Test
    void thereAreTwelve() throws Exception {
        assertThat(questions()).extracting(Question::number).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    @ParameterizedTest
    @MethodSource("questions")
    void isAnswered(final Question question) {
        final List<String> lines = asked.csv(question.sql());
        assertThat(lines.getFirst().split(","))
                .as("columns")
                .containsExactly(question.header().strip().split(" +"));
        assertThat(lines.get(1)).as(String.join("\n", lines)).matches(ANSWERS.get(question.number() - 1));
    }
}
