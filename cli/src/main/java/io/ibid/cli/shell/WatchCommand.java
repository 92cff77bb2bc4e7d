package io.ibid.cli.shell;

import io.ibid.cli.client.Answer;
import io.ibid.cli.client.StatementClient;
import io.ibid.cli.terminal.CommandFailure;
import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.Parser;
import org.jspecify.annotations.Nullable;

/** {@code .watch}: a result that is shown again whenever it changes. */
final class WatchCommand {
    private final Session session;
    private final String statement;

    WatchCommand(Session session, String statement) {
        this.session = session;
        this.statement = statement;
    }

    void run() {
        StatementClient client = session.client();
        if (!(Parser.parse(statement) instanceof Command.Select)) {
            throw CommandFailure.usage("only a SELECT can be watched");
        }
        // What is wrong with it is better known before the screen changes.
        try (Answer first = client.execute(statement, session.arguments(), session.cancellation())) {
            first.next();
        }
        try (Screen.LiveView view = session.screen().live(statement, session.format())) {
            session.cancellation().whenRequested(view::end);
            StatementClient.Watch watch = client.watch(statement, session.arguments(), new Listener(view));
            try {
                view.await();
            } finally {
                watch.close();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Shows each state that differs from the one before. */
    private final class Listener implements StatementClient.WatchListener {
        private final Screen.LiveView view;
        private @Nullable LiveTable last;

        Listener(Screen.LiveView view) {
            this.view = view;
        }

        @Override
        public synchronized void changed(Answer answer) {
            LiveTable state = LiveTable.of(statement, answer, last == null ? 0 : last.update() + 1);
            if (last == null || !state.isSameResult(last)) {
                last = state;
                view.show(state);
            }
        }

        @Override
        public synchronized void failed(RuntimeException failure) {
            view.fail(String.valueOf(failure.getMessage()));
        }
    }
}
