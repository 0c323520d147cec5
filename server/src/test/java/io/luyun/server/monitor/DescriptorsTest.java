package io.luyun.server.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DescriptorsTest {
    @Test
    void leaveWhatIsWantedWhereThereIsRoom() {
        final Descriptors many = new Descriptors(1_000_000, 150);

        assertThat(many.devices(10_000)).isEqualTo(10_000);
        assertThat(many.face(1_024)).isEqualTo(1_024);
    }

    @Test
    void areKeptForJournalAndPage() {
        final Descriptors few = new Descriptors(400, 150);

        assertThat(few.face(1_024)).isEqualTo(16);
        assertThat(few.devices(10_000)).isEqualTo(400 - 150 - 64 - 16);
    }

    @Test
    void letNineteenThousandInWithTwentyThousand() {
        assertThat(new Descriptors(20_000, 200).devices(19_000)).isEqualTo(19_000);
    }

    @Test
    void letOneDeviceInWhateverIsLeft() {
        assertThat(new Descriptors(100, 90).devices(10_000)).isEqualTo(1);
    }

    @Test
    void areThoseOfThisProcess() {
        final Descriptors now = Descriptors.now();

        assertThat(now.open()).isPositive();
        assertThat(now.limit()).isGreaterThan(now.open());
    }
}
