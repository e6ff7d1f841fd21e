package city.hamana.capability.payments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.LocalDate;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The digits under which a convenience store takes money. */
class StoreCodeTest {
    private static final LocalDate DUE = LocalDate.of(2026, 12, 25);

    @Example
    void theFieldsStandWhereTheyBelong() {
        String digits = StoreCode.of("912345", 17, 1, DUE, 5_500);
        assertEquals(
                "91" + "912345" + "000000000000017000001" + "1" + "261225" + "0" + "005500", digits.substring(0, 43));
        assertEquals(44, digits.length());
    }

    /** Of GS1's own example: 629104150021 has check digit 3 (GS1 General Specifications 7.9.1). */
    @Example
    void theCheckDigitIsThatOfGs1() {
        assertEquals(3, StoreCode.check("629104150021"));
    }

    @Property
    void theChargeIsFoundAgain(
            @ForAll @LongRange(min = 1, max = 999_999_999_999_999L) long charge,
            @ForAll @IntRange(min = 1, max = 300_000) int yen) {
        assertEquals(charge, StoreCode.charge(StoreCode.of("912345", charge, 0, DUE, yen)));
    }

    @Property
    void aDigitThatIsMistypedIsNoticed(
            @ForAll @IntRange(min = 2, max = 43) int place, @ForAll @IntRange(min = 1, max = 9) int by) {
        StringBuilder digits = new StringBuilder(StoreCode.of("912345", 17, 0, DUE, 5_500));
        digits.setCharAt(place, (char) ('0' + (digits.charAt(place) - '0' + by) % 10));
        assertEquals(-1, StoreCode.charge(digits.toString()));
        assertNotEquals(17, StoreCode.charge(digits.toString()));
    }
}
