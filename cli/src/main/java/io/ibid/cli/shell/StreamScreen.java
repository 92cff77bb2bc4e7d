package io.ibid.cli.shell;

import io.ibid.cli.results.OutputFormat;
import io.ibid.cli.terminal.Console;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;

/** Streams that nobody answers on: pipes and files. */
record StreamScreen(PrintWriter out, PrintWriter err, int columns) implements Screen {

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public void error(String sentence) {
        out.flush();
        Console.error(err, sentence);
    }

    @Override
    public LiveView live(String title, OutputFormat format) {
        return new Log(this, format);
    }

    /** Prints one state below the other until the process is ended. */
    static final class Log implements LiveView {
        private static final int LINES_MAX = 50;

        private final Screen screen;
        private final OutputFormat format;
        private final CountDownLatch ended = new CountDownLatch(1);

        Log(Screen screen, OutputFormat format) {
            this.screen = screen;
            this.format = format;
        }

        @Override
        public void show(LiveTable state) {
            PrintWriter out = screen.out();
            if (format == OutputFormat.JSON) {
                out.println(state.json());
            } else {
                state.lines(screen.columns(), LINES_MAX).forEach(out::println);
                out.println("(" + state.summary() + ")");
            }
            if (out.checkError()) { // nobody reads it any more
                end();
            }
        }

        @Override
        public void fail(String sentence) {
            screen.error(sentence);
        }

        @Override
        public void await() throws InterruptedException {
            ended.await();
        }

        @Override
        public void end() {
            ended.countDown();
        }

        @Override
        public void close() {
            end();
        }
    }
}
