/**
 * Watch-over: a relative sees, by the water alone, that somebody is well (measure 4 of the plan).
 * For people who live alone and wish it, and for the one whom they let see it; the welfare division only where they wish that, too.
 * Stands on the validated hours of one meter and on three tables; nobody is looked at without a consent that goes on, and
 * nobody but the person sees an hour of use.
 */
package city.hamana.service.watchover;
