package io.luyun.benchmarks.torture.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every point and every broken server must have its place in the code as it is now. */
final class PointTest {
    static Stream<Edit> edits() {
        return Stream.concat(Stream.of(Point.values()), Stream.of(Tamper.values()));
    }

    @ParameterizedTest
    @MethodSource("edits")
    void hasItsPlace(final Edit edit) throws IOException {
        final byte[] woven = Weaver.weave(edit, getClass().getClassLoader(), bytes(edit));
        assertThat(woven).as("the class woven for %s", edit).isNotNull();
        assertThat(ClassFile.of().verify(woven)).as("what is wrong with it").isEmpty();
    }

    @Test
    void noticesThatAPlaceHasGone() throws IOException {
        final Edit gone = new Edit() {
            @Override
            public String owner() {
                return Point.SYNC_BEFORE.owner();
            }

            @Override
            public String method() {
                return "syncNoMore";
            }

            @Override
            public boolean begin(final CodeBuilder code) {
                return true;
            }

            @Override
            public boolean put(final CodeBuilder code, final CodeElement element) {
                code.with(element);
                return true;
            }
        };
        assertThat(Weaver.weave(gone, getClass().getClassLoader(), bytes(gone))).isNull();
    }

    private static byte[] bytes(final Edit edit) throws IOException {
        try (InputStream in = PointTest.class.getResourceAsStream("/" + edit.owner() + ".class")) {
            assertThat(in).as("the class %s of %s", edit.owner(), edit).isNotNull();
            return in.readAllBytes();
        }
    }
}
