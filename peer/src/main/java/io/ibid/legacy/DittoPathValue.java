package io.ibid.legacy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands at a path of a document. Each kind has two getters: {@code getInt()} gives null when something else stands there, {@code
 * getIntValue()} a value that stands for nothing (0, false, "", an empty list or map).
 */
public abstract sealed class DittoPathValue permits DittoDocumentPath, DittoMutableDocumentPath {

    DittoPathValue() {}

    /** The plain object: String, Long, Double, Boolean, List, Map, byte[]; null for null and when nothing stands there. */
    public abstract @Nullable Object getValue();

    public @Nullable String getString() {
        return getValue() instanceof String text ? text : null;
    }

    public String getStringValue() {
        return getValue() instanceof String text ? text : "";
    }

    public @Nullable Boolean getBoolean() {
        return getValue() instanceof Boolean flag ? flag : null;
    }

    public boolean getBooleanValue() {
        return getValue() instanceof Boolean flag && flag;
    }

    /** Any number, cut to 32 bits and without its fraction. */
    public @Nullable Integer getInt() {
        return getValue() instanceof Number number ? (Integer) number.intValue() : null;
    }

    public int getIntValue() {
        return getValue() instanceof Number number ? number.intValue() : 0;
    }

    /** Any number, without its fraction. */
    public @Nullable Long getLong() {
        return getValue() instanceof Number number ? (Long) number.longValue() : null;
    }

    public long getLongValue() {
        return getValue() instanceof Number number ? number.longValue() : 0;
    }

    public @Nullable Float getFloat() {
        return getValue() instanceof Number number ? (Float) number.floatValue() : null;
    }

    public float getFloatValue() {
        return getValue() instanceof Number number ? number.floatValue() : 0;
    }

    public @Nullable Double getDouble() {
        return getValue() instanceof Number number ? (Double) number.doubleValue() : null;
    }

    public double getDoubleValue() {
        return getValue() instanceof Number number ? number.doubleValue() : 0;
    }

    @SuppressWarnings("unchecked") // the content of documents
    public @Nullable List<@Nullable Object> getList() {
        return getValue() instanceof List<?> list ? (List<@Nullable Object>) list : null;
    }

    public List<@Nullable Object> getListValue() {
        List<@Nullable Object> list = getList();
        return list == null ? List.of() : list;
    }

    @SuppressWarnings("unchecked") // the content of documents
    public @Nullable Map<String, @Nullable Object> getDictionary() {
        return getValue() instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : null;
    }

    public Map<String, @Nullable Object> getDictionaryValue() {
        Map<String, @Nullable Object> map = getDictionary();
        return map == null ? Map.of() : map;
    }

    /** What is one step further in; nothing when this is no map or has no such field. */
    static @Nullable Object step(@Nullable Object value, String key) {
        return value instanceof Map<?, ?> map ? map.get(key) : null;
    }

    /** What is one step further in; nothing when this is no list or has no such place. */
    static @Nullable Object step(@Nullable Object value, int index) {
        return value instanceof List<?> list && index >= 0 && index < list.size() ? list.get(index) : null;
    }
}
