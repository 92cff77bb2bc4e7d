package io.ibid.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MeasurementTest {

    @Test
    void is_one_json_object_with_the_fields_that_scripts_read() {
        Measurement measurement = new Measurement(
                "store/insert-100", "sqlite", 60_000, 40_000, "docs/s", Better.HIGHER, 1.5, 1.4, 1.6, 1.0, false);
        assertThat(measurement.json())
                .isEqualTo(
                        "{\"bench\":\"store/insert-100\",\"reference\":\"sqlite\",\"value\":60000,\"referenceValue\":40000,"
                                + "\"unit\":\"docs/s\",\"better\":\"higher\",\"ratio\":1.5,\"spread\":[1.4,1.6],\"goal\":1,\"met\":true}");
    }

    @Test
    void without_a_goal_nothing_is_met_or_missed() {
        Measurement measurement = new Measurement("a/b", "c", 1, 2, "ms", Better.LOWER, 0.5, 0.4, 0.6, null, false);
        assertThat(measurement.met()).isNull();
        assertThat(measurement.json()).contains("\"better\":\"lower\"").endsWith("\"goal\":null,\"met\":null}");
    }

    @Test
    void a_lower_value_is_better_where_the_row_says_so() {
        assertThat(open(1.9).met()).isTrue();
        assertThat(open(2.1).met()).isFalse();
    }

    private static Measurement open(double ratio) {
        return new Measurement("a/b", "c", 1, 1, "ms", Better.LOWER, ratio, ratio, ratio, 2.0, false);
    }

    @Test
    void a_goal_that_is_a_bound_is_compared_with_the_value() {
        Measurement measurement = new Measurement("a/b", "disk", 300, 100, "us", Better.LOWER, 3, 3, 3, 350.0, true);
        assertThat(measurement.met()).isTrue();
    }

    @Test
    void numbers_have_four_significant_digits() {
        assertThat(Measurement.number(123_456)).isEqualTo("123500");
        assertThat(Measurement.number(0.000123456)).isEqualTo("0.0001235");
        assertThat(Measurement.number(1)).isEqualTo("1");
        assertThat(Measurement.number(Double.NaN)).isEqualTo("null");
    }
}
