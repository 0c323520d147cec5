package io.luyun.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CommandTextTest {
    @Test
    void canBeTypedAgain() {
        assertThat(CommandText.of(
                        List.of("sim", "load", "--server", "127.0.0.1:7883", "--assert", "lost=0,ack.p99<1ms")))
                .isEqualTo("luyun sim load --server 127.0.0.1:7883 --assert 'lost=0,ack.p99<1ms'");
        assertThat(CommandText.of(List.of("--dir", "it's here", ""))).isEqualTo("luyun --dir 'it'\\''s here' ''");
    }

    @Test
    void hidesTokens() {
        assertThat(CommandText.of(List.of("sim", "load", "--token", "s3cret", "--token=s3cret", "--seed", "1")))
                .isEqualTo("luyun sim load --token *** --token=*** --seed 1");
    }
}
