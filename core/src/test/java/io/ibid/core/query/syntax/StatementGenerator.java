package io.ibid.core.query.syntax;

import java.util.List;

/** Writes random statements by the grammar, with odd layout; what it writes parses. */
public final class StatementGenerator extends ExpressionGenerator {
    public StatementGenerator(long seed) {
        super(seed);
    }

    public String statement() {
        out.setLength(0);
        switch (random.nextInt(10)) {
            case 0 -> insert();
            case 1 -> update();
            case 2 -> remove();
            case 3 -> other();
            default -> select(3);
        }
        word(maybe(8) ? ";" : "");
        return out.toString();
    }

    private void collection(boolean typed) {
        if (typed && maybe(4)) {
            word("COLLECTION");
            word(pick(NAMES));
            if (maybe(2)) {
                words(
                        "(",
                        "m",
                        "MAP",
                        "(",
                        "r",
                        "REGISTER",
                        ",",
                        "k",
                        "counter",
                        ")",
                        ",",
                        "p",
                        "PN_COUNTER",
                        ",",
                        "t",
                        "ATTACHMENT",
                        ")");
            }
            return;
        }
        if (maybe(6)) {
            words("system", ":");
        }
        word(pick(NAMES));
    }

    private void select(int depth) {
        word("SELECT");
        if (maybe(6)) {
            word("distinct");
        }
        projections(depth);
        if (maybe(10)) {
            return;
        }
        word("FROM");
        collection(true);
        if (maybe(3)) {
            words("AS", "t");
        }
        if (maybe(8)) {
            words("USE", "IDS", "'a'", ",", ":p");
        } else if (maybe(10)) {
            words("USE", "IDS", "LIST", ":p");
        } else if (maybe(10)) {
            words("USE", "INDEX", maybe(2) ? "'i'" : "( i , j )");
        }
        while (maybe(8)) {
            word(List.of("JOIN", "INNER JOIN", "LEFT OUTER JOIN", "RIGHT JOIN").get(random.nextInt(4)));
            collection(true);
            word("ON");
            anyExpression(depth - 1);
        }
        if (maybe(2)) {
            word("WHERE");
            anyExpression(depth);
        }
        if (maybe(6)) {
            words("GROUP", "BY");
            anyExpression(depth - 1);
        }
        if (maybe(8)) {
            word("HAVING");
            anyExpression(depth - 1);
        }
        range(depth);
    }

    private void range(int depth) {
        if (maybe(3)) {
            words("ORDER", "BY");
            anyExpression(depth - 1);
            word(List.of("", "ASC", "DESC").get(random.nextInt(3)));
            if (maybe(3)) {
                word(",");
                path();
            }
        }
        if (maybe(4)) {
            words("LIMIT", "10");
        }
        if (maybe(6)) {
            words("OFFSET", ":o");
        }
    }

    private void projections(int depth) {
        if (maybe(3)) {
            word("*");
            return;
        }
        do {
            switch (random.nextInt(8)) {
                case 0 -> words("t", ".", "*");
                case 1 -> {
                    word("MISSING");
                    path();
                }
                default -> {
                    anyExpression(depth - 1);
                    if (maybe(2)) {
                        word("AS");
                        word(pick(NAMES));
                    }
                }
            }
        } while (maybe(3) && comma());
    }

    private void insert() {
        words("INSERT", "INTO");
        collection(true);
        if (maybe(5)) {
            select(2);
        } else {
            word(maybe(6) ? "INITIAL DOCUMENTS" : maybe(2) ? "DOCUMENTS" : "VALUES");
            do {
                word("(");
                anyExpression(2);
                word(")");
            } while (maybe(3) && comma());
        }
        if (!out.toString().contains("INITIAL") && maybe(2)) {
            words("ON", "ID", "CONFLICT");
            word(List.of("FAIL", "DO FAIL", "DO NOTHING", "DO UPDATE", "DO UPDATE_LOCAL_DIFF", "DO MERGE")
                    .get(random.nextInt(6)));
        }
        returning();
    }

    private void returning() {
        if (maybe(6)) {
            word("RETURNING");
            projections(2);
        }
    }

    private void update() {
        word("UPDATE");
        collection(true);
        boolean any = false;
        if (maybe(3)) {
            word("APPLY");
            do {
                path();
                word(List.of("INCREMENT BY 1", "RESTART", "RESTART WITH :v", "PN_INCREMENT BY 1.5")
                        .get(random.nextInt(4)));
            } while (maybe(3) && comma());
            any = true;
        }
        if (maybe(2) || !any) {
            word("SET");
            do {
                set(2);
            } while (maybe(3) && comma());
        }
        if (maybe(3)) {
            word("UNSET");
            path();
        }
        if (maybe(2)) {
            word("WHERE");
            anyExpression(2);
        }
        range(2);
        returning();
    }

    private void set(int depth) {
        path();
        if (depth > 0 && maybe(4)) {
            word("->");
            switch (random.nextInt(3)) {
                case 0 -> words("tombstone", "(", ")");
                case 1 -> words("default", "(", ")");
                default -> {
                    word("(");
                    set(depth - 1);
                    word(")");
                }
            }
        } else {
            word("=");
            anyExpression(depth);
        }
    }

    private void remove() {
        words(maybe(2) ? "DELETE" : "EVICT", "FROM");
        collection(true);
        if (maybe(2)) {
            word("WHERE");
            anyExpression(3);
        }
        range(2);
        returning();
    }

    private void other() {
        switch (random.nextInt(8)) {
            case 0 -> words("SHOW", "ALL", "LIKE", "'dql%'");
            case 1 -> words("SHOW", "dql_strict_mode");
            case 2 -> words("ALTER", "SYSTEM", "SET", "x", maybe(2) ? "=" : "TO", "{ a : 'b' , 'c' : 1 }");
            case 3 -> words("ALTER", "SYSTEM", "RESET", maybe(2) ? "ALL" : "x");
            case 4 ->
                words("CREATE", "INDEX", "IF", "NOT", "EXISTS", "i", "ON", "c", "(", "a.b", "DESC", ",", "c", ")");
            case 5 -> words("DROP", "INDEX", "i", "ON", "c");
            case 6 -> {
                word(List.of("EXPLAIN", "PROFILE", "ADVISE", "ADVISE AND PROVISION")
                        .get(random.nextInt(4)));
                select(2);
            }
            default -> words("TOMBSTONE", "FROM", "c", "WHERE", "a", "=", "1");
        }
    }
}
