/**
 * Leaks behind the meter: what runs without a pause, by night, far too much, or backwards, and what the meter itself warns
 * of. Each is told once for as long as it lasts.
 * For the service that tells the resident, and the waterworks.
 * Stands on what counts of each hour ({@code vee}), of which it believes only what was measured, and on the meters' alarms.
 */
package city.hamana.sensing.household;
