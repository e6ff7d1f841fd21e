package city.hamana.capability.cases;

/** What became of a wish to move a case. */
public sealed interface Moved {
    record Done(CaseFile before, CaseFile after) implements Moved {}

    /** There is no such case, or the caller may not know of it: 404. */
    record NotThere() implements Moved {}

    /** The case is the caller's to see, but this is for others to do: 403. */
    record NotTheirs() implements Moved {}

    /** From where it stands the case cannot go this way: 409. */
    record NoSuchWay(CaseFile now) implements Moved {}

    /** Somebody else changed it since it was read: 409. */
    record ChangedMeanwhile(CaseFile now) implements Moved {}
}
