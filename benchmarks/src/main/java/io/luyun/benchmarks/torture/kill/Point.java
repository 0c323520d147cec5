package io.luyun.benchmarks.torture.kill;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/**
 * The points at which a server is killed: all of the code that makes a message safe, between any two of its steps. None of it knows
 * that. A point that no longer exists fails PointTest.
 */
enum Point implements Edit {
    // what an opening does to the journal it finds
    OPEN_BEFORE_FORCE_OF_SCANNED(
            Stage.REOPEN, "journal/Recovery.force", Side.BEFORE, Edit.SERVER + "journal/JournalGround$Force.force"),
    OPEN_AFTER_FORCE_OF_SCANNED(
            Stage.REOPEN, "journal/Recovery.force", Side.AFTER, Edit.SERVER + "journal/JournalGround$Force.force"),
    OPEN_BEFORE_RUN_DIRECTORY(Stage.OPEN, "journal/Journal.<init>", Side.BEFORE, "java/nio/file/Files.createDirectory"),
    OPEN_AFTER_RUN_DIRECTORY(Stage.OPEN, "journal/Journal.<init>", Side.AFTER, "java/nio/file/Files.createDirectory"),
    OPEN_BEFORE_SEAL(Stage.OPEN, "journal/Journal.seal", Side.BEFORE, ""),
    OPEN_AFTER_SEAL(Stage.OPEN, "journal/Journal.seal", Side.AFTER, ""),

    // the line: intake to file
    APPEND_TAKEN(Stage.LINE, "journal/JournalWriter.take", Side.BEFORE, ""),
    APPEND_BEFORE_DOCUMENT(Stage.LINE, "journal/CycleAppender.append", Side.BEFORE, Names.APPENDER + "writingDocument"),
    APPEND_DOCUMENT_OPEN(Stage.LINE, "journal/CycleAppender.append", Side.AFTER, Names.APPENDER + "writingDocument"),
    APPEND_MID_DOCUMENT(
            Stage.LINE, "journal/CycleAppender.append", Side.AFTER, "net/openhft/chronicle/bytes/Bytes.write"),
    APPEND_DOCUMENT_CLOSED(Stage.LINE, "journal/CycleAppender.append", Side.AFTER, Names.DOCUMENT + "close"),
    APPEND_RETURNS(Stage.LINE, "journal/JournalWriter.write", Side.AFTER, ""),
    APPEND_BEFORE_NUMBER_KEPT(Stage.LINE, "journal/OnceTable.raise", Side.BEFORE, ""),
    APPEND_BEFORE_PUBLISHED(Stage.BATCH, "journal/GroupCommit.onAppended", Side.BEFORE, ""),
    APPEND_AFTER_PUBLISHED(Stage.BATCH, "journal/GroupCommit.onAppended", Side.AFTER, ""),

    // a new file
    ROLL_BEFORE_NEW_CYCLE(Stage.ROLL, Names.STORES + "StoreAppender.rollCycleTo", Side.BEFORE, ""),
    ROLL_AFTER_NEW_CYCLE(Stage.ROLL, Names.STORES + "StoreAppender.rollCycleTo", Side.AFTER, ""),
    ROLL_BEFORE_LISTED(Stage.ROLL, "journal/CycleAppender.append", Side.BEFORE, Names.FILES + "add"),
    ROLL_AFTER_LISTED(Stage.ROLL, "journal/CycleAppender.append", Side.AFTER, Names.FILES + "add"),
    ROLL_BEFORE_FIRST_FORCE(Stage.ROLL, "journal/GroupCommit$ChannelForce.forceDirectory", Side.BEFORE, ""),
    ROLL_AFTER_OLD_DONE(Stage.ROLL, "journal/GroupCommit$ChannelForce.done", Side.AFTER, ""),

    // the sync
    SYNC_BEFORE(Stage.SYNC, "journal/GroupCommit.sync", Side.BEFORE, Edit.SERVER + "journal/JournalGround$Force.force"),
    SYNC_BEFORE_FORCE(Stage.SYNC, "journal/GroupCommit$ChannelForce.force", Side.BEFORE, Names.CHANNEL + "force"),
    SYNC_AFTER_FORCE(Stage.SYNC, "journal/GroupCommit$ChannelForce.force", Side.AFTER, Names.CHANNEL + "force"),
    SYNC_BEFORE_TOLD(
            Stage.SYNC, "journal/GroupCommit.sync", Side.BEFORE, Edit.SERVER + "journal/SyncObserver.onSynced"),
    SYNC_AFTER_TOLD(Stage.SYNC, "journal/GroupCommit.sync", Side.AFTER, Edit.SERVER + "journal/SyncObserver.onSynced"),

    // the acknowledgement
    ACK_APPENDED(Stage.LINE, "session/Sessions.onAppended", Side.BEFORE, ""),
    ACK_SYNCED(Stage.SYNC, "session/Sessions.onSynced", Side.BEFORE, ""),
    ACK_BEFORE_SENT(Stage.BATCH, "session/Acknowledgements.onSent", Side.BEFORE, ""),
    ACK_BEFORE_FLUSH(Stage.BATCH, "net/LoopChannel.flush", Side.BEFORE, ""),
    ACK_AFTER_FLUSH(Stage.BATCH, "net/LoopChannel.flush", Side.AFTER, ""),

    // the cursor: the checkpoint, written beside, forced, renamed
    CHECKPOINT_BEFORE(Stage.CHECKPOINT, "journal/Checkpoint.write", Side.BEFORE, ""),
    CHECKPOINT_BEFORE_WRITE(Stage.CHECKPOINT, "journal/SafeFile.write", Side.BEFORE, Names.CHANNEL + "write"),
    CHECKPOINT_BEFORE_FORCE(Stage.CHECKPOINT, "journal/SafeFile.write", Side.BEFORE, Names.CHANNEL + "force"),
    CHECKPOINT_BEFORE_RENAME(Stage.CHECKPOINT, "journal/SafeFile.write", Side.BEFORE, "java/nio/file/Files.move"),
    CHECKPOINT_AFTER_RENAME(Stage.CHECKPOINT, "journal/SafeFile.write", Side.AFTER, "java/nio/file/Files.move"),
    CHECKPOINT_AFTER(Stage.CHECKPOINT, "journal/Checkpoint.write", Side.AFTER, ""),

    // the end in order
    CLOSE_BEFORE_CHECKPOINT(
            Stage.CLOSE, "journal/Journal.close", Side.BEFORE, Edit.SERVER + "journal/JournalWriter.checkpoint"),
    CLOSE_AFTER_CHECKPOINT(
            Stage.CLOSE, "journal/Journal.close", Side.AFTER, Edit.SERVER + "journal/JournalWriter.checkpoint"),
    CLOSE_BEFORE_FILES_CLOSED(Stage.CLOSE, "journal/CycleAppender.close", Side.BEFORE, ""),
    CLOSE_BEFORE_CUT(Stage.CLOSE, "journal/JournalFile.trim", Side.BEFORE, Names.CHANNEL + "truncate"),
    CLOSE_AFTER_CUT(Stage.CLOSE, "journal/JournalFile.trim", Side.AFTER, Names.CHANNEL + "truncate"),

    // retention, a process of its own
    RETAIN_BEFORE_CHANGE(Stage.RETAIN, "journal/CycleChange.commit", Side.BEFORE, ""),
    RETAIN_COPY_WRITTEN(Stage.RETAIN_ONCE, "journal/CycleCopy.end", Side.AFTER, ""),
    RETAIN_BEFORE_CARRIED(Stage.RETAIN, "journal/CycleChange.carry", Side.BEFORE, ""),
    RETAIN_AFTER_CARRIED(Stage.RETAIN, "journal/CycleChange.carry", Side.AFTER, ""),
    RETAIN_BEFORE_NOTED(Stage.RETAIN, "journal/CycleChange.note", Side.BEFORE, ""),
    RETAIN_AFTER_NOTED(Stage.RETAIN, "journal/CycleChange.note", Side.AFTER, ""),
    RETAIN_BEFORE_RENAME_OF_LISTS(Stage.RETAIN, "journal/SafeFile.write", Side.BEFORE, "java/nio/file/Files.move"),
    RETAIN_AFTER_DELETE(Stage.RETAIN_ONCE, "journal/CycleChange.commit", Side.AFTER, "java/nio/file/Files.delete"),
    RETAIN_AFTER_REPLACE(Stage.RETAIN_ONCE, "journal/CycleChange.commit", Side.AFTER, "java/nio/file/Files.move"),
    RETAIN_AFTER_CHANGE(Stage.RETAIN, "journal/CycleChange.commit", Side.AFTER, "");

    /**
     * When a point is passed.
     *
     * <p>{@code most}: it is armed for one of so many first passages.
     */
    enum Stage {
        /** While a server starts. */
        OPEN(1),
        /** While a server starts on a journal whose last writer was killed. */
        REOPEN(1),
        /** For each record. */
        LINE(3_000),
        /** For each batch of records. */
        BATCH(200),
        /** For each sync. */
        SYNC(100),
        /** For each new file. */
        ROLL(3),
        /** For each checkpoint. */
        CHECKPOINT(4),
        /** While a server ends. */
        CLOSE(1),
        /** For each file that retention changes. */
        RETAIN(4),
        /** For half of these. */
        RETAIN_ONCE(2);

        private final int most;

        Stage(final int most) {
            this.most = most;
        }

        int most() {
            return most;
        }

        /** Whether no server passes it. */
        boolean retention() {
            return this == RETAIN || this == RETAIN_ONCE;
        }
    }

    private enum Side {
        BEFORE,
        AFTER
    }

    private static final class Names {
        static final String APPENDER = "net/openhft/chronicle/queue/ExcerptAppender.";
        static final String DOCUMENT = "net/openhft/chronicle/wire/DocumentContext.";
        static final String STORES = "/net/openhft/chronicle/queue/impl/single/";
        static final String FILES = "java/util/concurrent/CopyOnWriteArrayList.";
        static final String CHANNEL = "java/nio/channels/FileChannel.";
    }

    private static final ClassDesc PASSAGES = Passages.class.describeConstable().orElseThrow();
    private static final MethodTypeDesc PASS = MethodTypeDesc.of(ConstantDescs.CD_void);

    private final Stage stage;
    private final String owner;
    private final String method;
    private final Side side;
    private final String call;

    /**
     * A point.
     *
     * @param place type and method, below the server's package unless it begins with a slash
     * @param call before or after the call of this method in there; empty: at its beginning, or before it returns
     */
    Point(final Stage stage, final String place, final Side side, final String call) {
        final int dot = place.lastIndexOf('.');
        this.stage = stage;
        this.owner = place.startsWith("/") ? place.substring(1, dot) : Edit.SERVER + place.substring(0, dot);
        this.method = place.substring(dot + 1);
        this.side = side;
        this.call = call;
    }

    Stage stage() {
        return stage;
    }

    @Override
    public String owner() {
        return owner;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public boolean begin(final CodeBuilder code) {
        return call.isEmpty() && side == Side.BEFORE && passed(code);
    }

    @Override
    public boolean put(final CodeBuilder code, final CodeElement element) {
        final boolean called = !call.isEmpty() && Edit.calls(element, call);
        final boolean returns = call.isEmpty() && side == Side.AFTER && element instanceof ReturnInstruction;
        if (returns || (called && side == Side.BEFORE)) {
            passed(code);
        }
        code.with(element);
        if (called && side == Side.AFTER) {
            passed(code);
        }
        return returns || called;
    }

    private static boolean passed(final CodeBuilder code) {
        code.invokestatic(PASSAGES, "pass", PASS);
        return true;
    }
}
