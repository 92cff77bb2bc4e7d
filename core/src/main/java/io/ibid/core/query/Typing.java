package io.ibid.core.query;

import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How one collection's fields are typed within a statement.
 *
 * @param declared the statement's definitions; a field declared so shows and takes this variant only. Parents of a declared field
 *     are declared as MAP
 * @param strict undeclared fields are registers: the other variants are invisible, and writes to them are refused
 * @param objects what an undeclared object that is written becomes: {@link FieldType#MAP} or {@link FieldType#REGISTER}
 */
public record Typing(SortedMap<Path, FieldType> declared, boolean strict, FieldType objects) {

    /** Nothing declared, strict mode off. */
    public static final Typing FLEXIBLE = new Typing(new TreeMap<>(), false);

    /** Nothing declared, strict mode on. */
    public static final Typing STRICT = new Typing(new TreeMap<>(), true);

    public Typing {
        declared = Collections.unmodifiableSortedMap(new TreeMap<>(declared));
    }

    public Typing(SortedMap<Path, FieldType> declared, boolean strict) {
        this(declared, strict, strict ? FieldType.REGISTER : FieldType.MAP);
    }
}
