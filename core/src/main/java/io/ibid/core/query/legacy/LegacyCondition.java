package io.ibid.core.query.legacy;

import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.Printer;
import io.ibid.core.value.Value;

/**
 * Conditions of the older language as DQL: {@code &&}, {@code ||}, {@code !}, {@code ==}, {@code !=}, {@code <}, {@code <=}, {@code >},
 * {@code >=}, {@code contains(list or text, value)}, {@code starts_with}, {@code ends_with}, {@code regex}, paths like {@code a.b['c-d'][0]},
 * and arguments as {@code $args.name}. {@code x == null} holds for an absent field too; every other comparison holds for none.
 */
public final class LegacyCondition {

    private LegacyCondition() {}

    /**
     * The condition as DQL, in which an argument {@code $args.name} is the parameter {@code :name}. An argument that is null means the
     * same as {@code null}.
     *
     * @param arguments by name; the DQL is executed with the same ones
     * @param collection whose documents are asked, so that a field of the same name stays a field; empty for none
     * @throws io.ibid.core.query.syntax.QueryException {@code query/invalid} or {@code query/parameter}, with the place in the older text
     */
    public static String toDql(String text, Value.Struct arguments, String collection) {
        Expression condition = new LegacyParser(text, arguments, collection).condition();
        return Printer.print(condition);
    }

    /**
     * A path of the older language as DQL.
     *
     * @param collection as in {@link #toDql}
     * @throws io.ibid.core.query.syntax.QueryException {@code query/invalid} with the place in the path
     */
    public static String pathToDql(String path, String collection) {
        return Printer.print(new LegacyParser(path, Value.Struct.EMPTY, collection).path());
    }
}
