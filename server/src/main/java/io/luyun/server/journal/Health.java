package io.luyun.server.journal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * Whether the journal takes records: not after a failed append or sync (for good: what the disk has is then unknown), and
 * not while the disk is nearly full. Below the low mark nothing new is accepted; it is again above the high mark. Below
 * half the low mark not even what is in the intake is appended, because a write into a full disk kills the process.
 * Checked by the keeper thread, read by any.
 */
final class Health {
    private final LongSupplier usableBytes;
    private final long lowBytes;
    private final long highBytes;
    private final ErrorHandler errors;
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private volatile @Nullable String failure;
    private volatile @Nullable String diskRefusal;
    private volatile boolean starved;

    Health(final LongSupplier usableBytes, final long lowBytes, final long highBytes, final ErrorHandler errors) {
        this.usableBytes = usableBytes;
        this.lowBytes = lowBytes;
        this.highBytes = highBytes;
        this.errors = errors;
    }

    /** Keeper thread: looks at the disk. */
    void check() {
        final long usable = usableBytes.getAsLong();
        starved = usable < lowBytes / 2;
        if (usable < lowBytes) {
            diskRefusal = "disk low: " + (usable >> 20) + " MiB free, " + (highBytes >> 20) + " MiB needed";
        } else if (usable >= highBytes) {
            diskRefusal = null;
        }
    }

    /** The journal cannot go on. */
    void fail(final String what, final Throwable cause) {
        if (failure == null) {
            failure = what + ": " + cause;
        }
        errors.onError(new JournalException(what, cause));
        end.complete(what + ": " + cause);
    }

    /** Completed with the reason when the journal cannot go on. */
    CompletionStage<String> end() {
        return end;
    }

    boolean failed() {
        return failure != null;
    }

    /** Whether nothing at all may be appended now. */
    boolean halted() {
        return failure != null || starved;
    }

    @Nullable
    String refusal() {
        final String failed = failure;
        return failed != null ? failed : diskRefusal;
    }

    void onError(final Throwable error) {
        errors.onError(error);
    }
}
