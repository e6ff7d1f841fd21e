package city.hamana.capability.payments;

import java.io.ByteArrayOutputStream;
import java.time.MonthDay;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Writes files of transfers (総合振込, 全銀協): records of 120 bytes, kind 21. */
final class ZenginTransfers {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMdd");

    private ZenginTransfers() {}

    /** @param refunds every one with a bank account */
    static byte[] write(Collector city, MonthDay day, List<Refund> refunds) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ZenginWriter.put(
                out,
                "1" + "21" + "0" + city.code() + ZenginWriter.text(city.name(), 40) + DAY.format(day) + city.bank()
                        + ZenginWriter.text(city.bankName(), 15) + city.branch()
                        + ZenginWriter.text(city.branchName(), 15) + "1" + city.account() + ZenginWriter.text("", 17),
                city.crlf());
        refunds.forEach(refund -> ZenginWriter.put(out, data(refund), city.crlf()));
        long sum = refunds.stream().mapToLong(Refund::yen).sum();
        ZenginWriter.put(
                out,
                "8" + ZenginWriter.number(refunds.size(), 6) + ZenginWriter.number(sum, 12)
                        + ZenginWriter.text("", 101),
                city.crlf());
        ZenginWriter.put(out, "9" + ZenginWriter.text("", 119), city.crlf());
        return out.toByteArray();
    }

    /** By wire (電信扱い 7); the refund's number stands in the customer's field. */
    private static String data(Refund refund) {
        BankAccount to = refund.bank().orElseThrow();
        return "2" + to.bank() + ZenginWriter.text("", 15) + to.branch() + ZenginWriter.text("", 15)
                + ZenginWriter.text("", 4) + to.kind() + to.account() + ZenginWriter.text(to.holder(), 30)
                + ZenginWriter.number(refund.yen(), 10) + "0" + ZenginWriter.number(refund.id(), 20) + "7"
                + ZenginWriter.text("", 8);
    }
}
