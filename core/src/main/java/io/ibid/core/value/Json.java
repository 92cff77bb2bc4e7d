package io.ibid.core.value;

/**
 * Values as JSON, strictly RFC 8259: nothing is accepted that the grammar does not allow, except that the text may be any value and
 * not only a document.
 *
 * <p>A number without fraction and exponent is an Int, or a Float when 64 bits cannot hold it; any other number is a Float, and one
 * beyond the range of doubles is refused. Of equal names the last wins. Lone surrogates and invalid UTF-8 are refused, and so is
 * nesting deeper than {@link Nesting#MAX}. Writing is the reverse: floats keep a fraction or exponent, so that each number comes back
 * as what it was; NaN and the infinities, which JSON lacks, become null, and binary becomes its Base64 text.
 */
public final class Json {

    private Json() {}

    /**
     * The value of a JSON text.
     *
     * @throws MalformedException when the text is not JSON; the message gives line and column, both from 1, the column in characters
     */
    public static Value parse(String text) {
        return JsonReader.of(text).whole();
    }

    /** The value of a JSON text in UTF-8, without a byte order mark. */
    public static Value parse(byte[] utf8) {
        return parse(utf8, 0, utf8.length);
    }

    /** The value of a JSON text that is a range of the array. */
    public static Value parse(byte[] utf8, int offset, int length) {
        return new JsonReader(utf8, offset, offset + length).whole();
    }

    /** The shortest JSON text of a value: no spaces, names in their order. MISSING has none. */
    public static String write(Value value) {
        ByteWriter out = new ByteWriter(128);
        append(out, value);
        return out.toText();
    }

    /** Appends the JSON text of a value. */
    public static void append(StringBuilder out, Value value) {
        out.append(write(value));
    }

    /** Appends the JSON text of a value in UTF-8: the fastest way to get it out of the process. */
    public static void append(ByteWriter out, Value value) {
        JsonWriter.append(out, value, 0);
    }

    /** Appends a text as a JSON string, quoted and escaped. */
    public static void appendText(StringBuilder out, String text) {
        append(out, Value.of(text));
    }
}
