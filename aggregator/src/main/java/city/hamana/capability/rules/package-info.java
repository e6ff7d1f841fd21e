/**
 * Decision tables: fees, limits, eligibility and grades as rows with their legal source and the day from which they
 * hold.
 * For every service that decides something by rule, and for the staff who keep the rules.
 * Stands on one CSV form for file, database, page and exchange.
 *
 * <p>What it promises:
 * <ul>
 *   <li>A table has versions; each holds from a day on until the next one's day. {@link
 *       city.hamana.capability.rules.Rules#decide} takes the version of the day that is asked about, and its answer
 *       names table, version and row, to be kept with whatever was decided.
 *   <li>Exactly one row fits every case: a version with a gap or an overlap cannot be saved, and the refusal names the
 *       case that no row, or more than one row, would take (DMN 1.3, hit policy Unique).
 *   <li>A version, once saved, is never changed. A later day's version takes its place.
 *   <li>Staff can ask "what if" of any version, without a trace on anyone.
 * </ul>
 *
 * <p>The file: lines {@code #title LANGUAGE …}, {@code #law …}, {@code #department CODE}, {@code #from 2026-04-01}, {@code #label LANGUAGE KEY …} and {@code #label LANGUAGE KEY=VALUE …}
 * for what people call a column and its values, then
 * a head {@code in:TYPE:KEY:DOMAIN} … {@code out:TYPE:KEY}, then one line per row. Types of inputs: {@code one-of} (the
 * domain {@code a|b|c} is needed), {@code flag}, {@code integer}, {@code number}, {@code date} (the domain is a
 * condition, {@code >=0}; without it every value may come). Types of outputs: {@code text}, {@code integer}, {@code
 * number}, {@code yen}, {@code flag}. A condition is {@code -} (any), a value, {@code >=18}, {@code <18}, {@code
 * [0..10)}, or several of them parted by {@code |}.
 */
package city.hamana.capability.rules;
