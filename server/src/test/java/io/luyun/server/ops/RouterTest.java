package io.luyun.server.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RouterTest {
    private final Router router =
            new Router(List.of(Route.quick("/api/v1/things/{id}", Scope.READ, _ -> Answer.empty(204))));

    @Test
    void aPartOfThePathIsDecodedAsAPath() {
        assertThat(router.find("GET", "/api/v1/things/a+b%2Fc%20d").parts()).containsEntry("id", "a+b/c d");
    }

    @Test
    void anEscapeThatIsNoneIsRefused() {
        assertThatThrownBy(() -> router.find("GET", "/api/v1/things/50%")).isInstanceOf(Problem.class);
    }
}
