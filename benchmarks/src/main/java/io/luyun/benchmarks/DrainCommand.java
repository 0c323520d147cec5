package io.luyun.benchmarks;

import io.luyun.proto.v1.Ack;
import io.luyun.proto.v1.ServerFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Reference: bare Netty, one event loop, cuts what it reads into frames and throws them away. */
@Command(name = "drain", hidden = true, description = "A bare Netty drain on a free port of loopback, until killed.")
final class DrainCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        final Channel listener = EchoCommand.listen(EchoCommand.group(), DrainCommand::handlers);
        final PrintWriter out = spec.commandLine().getOut();
        out.println("READY devices=127.0.0.1:" + EchoCommand.port(listener));
        out.flush();
        listener.closeFuture().sync();
        return 0;
    }

    static void handlers(final ChannelPipeline pipeline) {
        pipeline.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        pipeline.addLast(new FrameDrain(), new Sink());
    }

    /** Counts frames; when the client has ended its side, acknowledges the last one, once. */
    private static final class Sink extends SimpleChannelInboundHandler<ByteBuf> {
        /** The number before that of the first frame a new fleet sends. */
        private long number = BsmFrame.FIRST_NUMBER + 1;

        @Override
        protected void channelRead0(final ChannelHandlerContext context, final ByteBuf frame) {
            number++;
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends the channel
        public void userEventTriggered(final ChannelHandlerContext context, final Object event) throws IOException {
            if (event instanceof ChannelInputShutdownEvent) {
                final ByteBuf answer = context.alloc().buffer();
                try (ByteBufOutputStream out = new ByteBufOutputStream(answer)) {
                    ServerFrame.newBuilder()
                            .setAck(Ack.newBuilder().setUpTo(number))
                            .build()
                            .writeDelimitedTo(out);
                }
                context.writeAndFlush(answer);
            }
            context.fireUserEventTriggered(event);
        }
    }
}
