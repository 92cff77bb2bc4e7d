package io.ibid.cli.documents;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of a table.
 *
 * @param line where it begins, from 1
 * @param cells in their order
 * @param chars how long it is
 */
record CsvRow(long line, List<Cell> cells, int chars) {

    /** A cell and whether it stands in quotes. */
    record Cell(String text, boolean isQuoted) {
        boolean isEmpty() {
            return text.isEmpty() && !isQuoted;
        }
    }

    /** Collects rows. */
    static final class Collector extends AbstractBaseCsvCallbackHandler<CsvRow> {
        private List<Cell> cells = new ArrayList<>();
        private int chars;

        @Override
        protected void handleBegin(long startingLineNumber) {
            cells = new ArrayList<>(cells.size());
            chars = 0;
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            cells.add(new Cell(new String(buffer, offset, length), quoted));
            chars += length + 1;
        }

        @Override
        protected CsvRow buildRecord() {
            return new CsvRow(getStartingLineNumber(), cells, chars);
        }
    }
}
