package city.hamana.messages;

/**
 * What a water meter itself warns of, in one vocabulary for all makers. The first seven are those of the Japanese
 * automatic-reading specification of Tokyo's waterworks (自動検針メータ通信機能仕様書), whose names residents and staff know.
 */
public enum MeterAlarm implements Condition {
    /** 漏水1: water has run without a pause, little. */
    LEAK_1(0, "leak-1"),
    /** 漏水2: water has run without a pause, much. */
    LEAK_2(1, "leak-2"),
    /** 過大流量: more at once than a home draws, as after a burst. */
    EXCESSIVE_FLOW(2, "excessive-flow"),
    /** 水不使用1: no water for a short while. */
    NO_USE_1(3, "no-use-1"),
    /** 水不使用2: no water for a long while. */
    NO_USE_2(4, "no-use-2"),
    /** 逆流: water has run backwards. */
    REVERSE_FLOW(5, "reverse-flow"),
    /** 超過流量: the flow has exceeded what the meter may measure. */
    OVER_RANGE(6, "over-range"),
    /** 破裂: the maker calls it a burst, an excessive flow that does not end. */
    BURST(7, "burst"),
    /** 空管: there is no water in the meter. */
    DRY(8, "dry"),
    /** 取り外し・不正: the meter was removed, opened or held with a magnet. */
    TAMPER(9, "tamper"),
    /** 電池: the battery ends soon. */
    BATTERY_LOW(10, "battery-low"),
    /** 凍結のおそれ: the water is about to freeze. */
    FROST(11, "frost"),
    /** 故障: the meter knows itself to be broken. */
    FAULT(12, "fault");

    private final int bit;
    private final String code;

    MeterAlarm(int bit, String code) {
        this.bit = bit;
        this.code = code;
    }

    @Override
    public int bit() {
        return bit;
    }

    @Override
    public String code() {
        return code;
    }
}
