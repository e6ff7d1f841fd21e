package city.hamana.service.network;

/**
 * Net inflow of an hour that is known.
 *
 * @param hour since 1970-01-01T00:00Z
 * @param litres negative where more flowed out than in
 */
record Hour(long hour, long litres, boolean watched) {
    static final long MS = 3_600_000L;

    double m3h() {
        return litres / 1e3;
    }
}
