package city.hamana.service.quality;

/**
 * What could be dosed to come back to the middle of the limits; for people to judge, never done by itself.
 *
 * @param raiseMgL by how much the residual would rise, mg/L
 * @param chlorineGramsPerHour for the water that flows by
 * @param solutionMillilitresPerHour of sodium hypochlorite of the strength that the rule table says
 * @param percent its available chlorine
 */
public record Advice(double raiseMgL, double chlorineGramsPerHour, double solutionMillilitresPerHour, double percent) {
    /**
     * Reckons: 1 mg/L in 1 m³/h is 1 g/h of chlorine.
     *
     * @param percent available chlorine by weight
     * @param density kg/L
     */
    static Advice of(double nowMgL, Limits limits, int flowM3h, double percent, double density) {
        double aim = (limits.least() * 2 + limits.most()) / 3;
        double raise = Math.max(0, aim - nowMgL);
        double grams = raise * flowM3h;
        double gramsPerMillilitre = percent / 100 * density;
        return new Advice(raise, grams, grams / gramsPerMillilitre, percent);
    }
}
