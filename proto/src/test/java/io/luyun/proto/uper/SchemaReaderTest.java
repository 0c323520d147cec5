package io.luyun.proto.uper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaReaderTest {
    private static final String TEXT = """
            Before bits
              a b
            [I] Both bits ...
              old0 old1 old2
            [II] Both bits ...
              new0 new1
            After seq
              [I] was int 0..1
              [II] is int 0..1
            """;

    @Test
    void linesOfTheOtherDialectsTypeBelongToNothing() {
        final Schema first = SchemaReader.read(Dialect.PHASE_1_2019, TEXT);
        final Schema second = SchemaReader.read(Dialect.PHASE_2, TEXT);
        assertThat(names(first, "Before")).containsExactly("a", "b");
        assertThat(names(second, "Before")).containsExactly("a", "b");
        assertThat(names(first, "Both")).containsExactly("old0", "old1", "old2");
        assertThat(names(second, "Both")).containsExactly("new0", "new1");
        assertThat(first.types().get("After").components())
                .extracting(SchemaType.Component::name)
                .containsExactly("was");
        assertThat(second.types().get("After").components())
                .extracting(SchemaType.Component::name)
                .containsExactly("is");
    }

    @Test
    void whatItDoesNotUnderstandNamesTheLine() {
        assertThatThrownBy(() -> SchemaReader.read(Dialect.PHASE_2, "Speed int 0..1\n\nSpeed int 0..2\nX int 0..1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("messages.uper:4: Speed is there twice");
        assertThatThrownBy(() -> SchemaReader.read(Dialect.PHASE_2, "\n  a b"))
                .hasMessageContaining("messages.uper:2: indented");
        assertThatThrownBy(() -> SchemaReader.read(Dialect.PHASE_2, "A number 0..1"))
                .hasMessageContaining("messages.uper:1: no kind number");
    }

    private static List<String> names(Schema schema, String type) {
        return schema.types().get(type).names();
    }
}
