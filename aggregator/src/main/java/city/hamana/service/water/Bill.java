package city.hamana.service.water;

import java.time.LocalDate;

/**
 * A bill as it was issued.
 *
 * @param id 0 before it is kept
 * @param contract number of the contract
 * @param correction 0, and one more for each correction of the period
 * @param fromMillilitres register of the account at the beginning
 * @param untilMillilitres and at the end
 * @param party whose bill it is; empty when nobody has claimed the meter
 * @param charge number of the charge
 * @param reversed why it was corrected; empty while it stands
 */
public record Bill(
        long id,
        String contract,
        Period period,
        int correction,
        long fromMillilitres,
        long untilMillilitres,
        long cubicMetres,
        Plan plan,
        Sheet sheet,
        LocalDate issued,
        LocalDate due,
        String party,
        long charge,
        String reversed) {
    public boolean stands() {
        return reversed.isEmpty();
    }

    public long yen() {
        return sheet.yen();
    }

    /** The address of the period's bill. */
    public String address() {
        return address("/water/bills/");
    }

    /** The same for staff. */
    public String staffAddress() {
        return address("/staff/water/bills/");
    }

    private String address(String place) {
        return place + contract + "/" + period.until();
    }

    /** As the event log names it as a subject. */
    String subject() {
        return "bill:" + contract + "/" + period.until();
    }

    Bill withCharge(long number) {
        return new Bill(
                id,
                contract,
                period,
                correction,
                fromMillilitres,
                untilMillilitres,
                cubicMetres,
                plan,
                sheet,
                issued,
                due,
                party,
                number,
                reversed);
    }
}
