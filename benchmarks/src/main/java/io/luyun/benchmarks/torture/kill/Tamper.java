package io.luyun.benchmarks.torture.kill;

import io.luyun.proto.v1.AckLevel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;

/** Servers that are broken on purpose, to see that the harness notices; and one that is only in a hurry. */
public enum Tamper implements Edit {
    /** Syncs do nothing. */
    NO_SYNC("journal/GroupCommit$ChannelForce", "") {
        @Override
        public boolean put(final CodeBuilder code, final CodeElement element) {
            if (Edit.calls(element, "java/nio/channels/FileChannel.force")) {
                code.pop2();
                return true;
            }
            code.with(element);
            return false;
        }
    },
    /** Every checksum is the same, written and read. */
    NO_CHECKSUM("journal/Frame", "checksum") {
        @Override
        public boolean put(final CodeBuilder code, final CodeElement element) {
            final boolean returns = element instanceof ReturnInstruction;
            if (returns) {
                code.pop().iconst_0();
            }
            code.with(element);
            return returns;
        }
    },
    /** Who asks for what is synced is answered when it is received. */
    EARLY_ACKNOWLEDGEMENT("session/Session", "") {
        @Override
        public boolean put(final CodeBuilder code, final CodeElement element) {
            code.with(element);
            if (Edit.calls(element, "io/luyun/proto/v1/Hello.getAckLevel")) {
                final ClassDesc level = AckLevel.class.describeConstable().orElseThrow();
                code.pop().getstatic(level, AckLevel.ACK_LEVEL_RECEIVED.name(), level);
                return true;
            }
            return false;
        }
    },
    /** Numbers that were taken are not kept: every message is new. */
    EVERYTHING_NEW("journal/OnceTable", "raise") {
        @Override
        public boolean put(final CodeBuilder code, final CodeElement element) {
            if (Edit.calls(element, "java/lang/Math.max")) {
                code.pop2().pop2().lconst_0();
                return true;
            }
            code.with(element);
            return false;
        }
    },
    /** A sound server whose minutes last a second where a new file is due; wants the roll cycle MINUTELY. */
    SHORT_MINUTES("journal/CycleAppender", "") {
        @Override
        public boolean put(final CodeBuilder code, final CodeElement element) {
            code.with(element);
            if (Edit.calls(element, "java/util/concurrent/TimeUnit.toMillis")) {
                code.loadConstant(SECONDS_OF_A_MINUTE).lmul();
                return true;
            }
            return false;
        }
    };

    private static final long SECONDS_OF_A_MINUTE = 60;

    private final String owner;
    private final String method;

    Tamper(final String owner, final String method) {
        this.owner = Edit.SERVER + owner;
        this.method = method;
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
        return false;
    }
}
