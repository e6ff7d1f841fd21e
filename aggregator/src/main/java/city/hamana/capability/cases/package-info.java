/**
 * Cases: whatever somebody asked of the city and the city owes an answer to, from its arrival to its end.
 * For services that take applications (procedures) and reports (roads), and for the departments that examine them.
 * Stands on people (who may act for whom), the event log (each move and each look of staff is an entry) and the database.
 *
 * <h2>What it promises</h2>
 * <ul>
 * <li><b>Numbers.</b> A case is called {@code YEAR-NUMBER}. No number is left out or given twice, however many arrive at
 *     once and whatever is rolled back.
 * <li><b>One life cycle.</b> {@link city.hamana.capability.cases.Edge} is the one table of what may happen, for every kind,
 *     by whom, and which event it leaves. What is not in the table cannot happen. An application ends in a decision or its
 *     withdrawal and is never just closed (行政手続法 第7条); a report is closed when nothing is left to do.
 * <li><b>A way through the house.</b> An application carries its {@link city.hamana.capability.cases.Step steps} from its
 *     arrival: who examines, drafts, agrees (合議) and decides, each with department and rank (専決). It stands in the queue of
 *     the department that has the step; who finished which step when is kept. A draft that is given back is agreed to anew.
 * <li><b>A clock.</b> The standard period runs in working days from the arrival, the day of arrival not counted; it stands
 *     still while the applicant is asked to correct something. Working days know the national holidays with their substitutes
 *     and the days that the city itself closes; these are data with their years and their basis in law: the
 *     program's list ({@code holidays.csv}) or the city's own (setting {@code closed-days-file}); programs read them at
 *     {@code /api/v1/closed-days.csv}.
 * <li><b>Two persons.</b> A decision above the lowest rank is drafted by one and decided by another. Nobody examines or
 *     decides their own case.
 * <li><b>Nobody else.</b> A case is there for its applicant, who may act for them, and the departments that have or had it.
 *     For everybody else it does not exist. Staff leave a trace each time they open one.
 * <li><b>No lost change.</b> Who changes a case says which version was read; of two at once, one is told what changed.
 * <li><b>Harmless files.</b> Told by their bytes, not by their names: pictures are painted anew as JPEG, without place, camera
 *     or anything behind their end; a PDF is kept as it is when nothing in it acts. At most 10 MiB each, 20 files and 50 MiB a
 *     case, however many are sent at once; 50 million pixels a picture.
 * </ul>
 */
package city.hamana.capability.cases;
