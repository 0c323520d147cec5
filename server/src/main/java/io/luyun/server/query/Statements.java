package io.luyun.server.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What a question is, as DuckDB's own parser sees it. */
final class Statements {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Statements() {}

    /**
     * The names of the tables that are read, in lower case; names that the question gives itself may be among them.
     *
     * @throws QueryException when it is no SQL, not one statement, or one that does more than read
     */
    static Set<String> tables(final Connection connection, final String sql) throws SQLException {
        final JsonNode parsed = parse(connection, sql);
        if (parsed.path("error").asBoolean()) {
            throw new QueryException(
                    parsed.path("error_type").asText().equals("parser")
                            ? "not SQL: "
                                    + QueryException.line(
                                            parsed.path("error_message").asText())
                            : "only one statement that reads is taken: SELECT, FROM, WITH, VALUES, DESCRIBE, SUMMARIZE");
        }
        if (parsed.path("statements").size() != 1) {
            throw new QueryException(
                    "one statement is taken, not " + parsed.path("statements").size());
        }
        final Set<String> names = new HashSet<>();
        for (final JsonNode node : parsed.findParents("table_name")) {
            names.add(node.path("table_name").asText().toLowerCase(Locale.ROOT));
        }
        return names;
    }

    private static JsonNode parse(final Connection connection, final String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select json_serialize_sql(?)::varchar")) {
            statement.setString(1, sql);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return JSON.readTree(result.getString(1));
            }
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("DuckDB's own JSON is none", e);
        }
    }
}
