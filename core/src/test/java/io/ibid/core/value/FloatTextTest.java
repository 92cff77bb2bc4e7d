package io.ibid.core.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FloatTextTest {

    @Test
    void numbers_of_everyday_size_are_plain_and_others_have_an_exponent() {
        assertThat(FloatText.of(0)).isEqualTo("0.0");
        assertThat(FloatText.of(-0.0)).isEqualTo("-0.0");
        assertThat(FloatText.of(1)).isEqualTo("1.0");
        assertThat(FloatText.of(9_500.5)).isEqualTo("9500.5");
        assertThat(FloatText.of(123_456_789.125)).isEqualTo("123456789.125");
        assertThat(FloatText.of(-12_000_000)).isEqualTo("-12000000.0");
        assertThat(FloatText.of(9_007_199_254_740_992.0)).isEqualTo("9007199254740992.0");
        assertThat(FloatText.of(1e16)).isEqualTo("1e16");
        assertThat(FloatText.of(-1.5e20)).isEqualTo("-1.5e20");
        assertThat(FloatText.of(1.7976931348623157e308)).isEqualTo("1.7976931348623157e308");
        assertThat(FloatText.of(0.001)).isEqualTo("0.001");
        assertThat(FloatText.of(0.00015)).isEqualTo("0.00015");
        assertThat(FloatText.of(-0.00001)).isEqualTo("-0.00001");
        assertThat(FloatText.of(0.000001)).isEqualTo("1e-6");
        assertThat(FloatText.of(4.9e-324)).isEqualTo("4.9e-324");
    }

    @Test
    void every_text_gives_its_number_back_and_is_no_integer() {
        ValueGenerator generator = new ValueGenerator(7);
        for (int i = 0; i < 100_000; i++) {
            double number = Double.longBitsToDouble(generator.random().nextLong());
            if (Double.isFinite(number)) {
                String text = FloatText.of(number);
                assertThat(Json.parse(text)).isEqualTo(Value.of(number));
            }
        }
    }
}
