package city.hamana.service.water;

/**
 * What homes alike used in a month, in millilitres a day.
 *
 * @param bore of their meters
 * @param persons who live in each; 0 where homes of the bore are taken together
 * @param homes how many, 10 or more
 * @param quarter a quarter of the homes used less
 * @param half half of them used less
 * @param threeQuarters three quarters of them used less
 */
public record Peers(int bore, int persons, int homes, long quarter, long half, long threeQuarters) {
    /** Fewer would tell of single homes. */
    static final int LEAST_HOMES = 10;

    /** Where a home stands among them. */
    public Place place(long millilitresADay) {
        if (millilitresADay < quarter) {
            return Place.LESS;
        }
        return millilitresADay > threeQuarters ? Place.MORE : Place.USUAL;
    }

    /** Among homes alike. */
    public enum Place {
        LESS("less"),
        USUAL("usual"),
        MORE("more");

        private final String code;

        Place(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }
}
