package city.hamana.capability.payments;

import city.hamana.capability.documents.Documents;
import city.hamana.capability.documents.Part;
import city.hamana.platform.html.Page;
import java.util.ArrayList;
import java.util.List;

/** Receipts (領収書) as documents with the city's seal. */
final class Receipts {
    private final Documents documents;

    Receipts(Documents documents) {
        this.documents = documents;
    }

    /**
     * @param page in whose language it is written
     * @param office that took the money, where that was a counter; else empty
     */
    byte[] pdf(Page page, ChargeState bill, Payment payment, String office) {
        return documents.sealed(page.plain("payments.receipt"), parts(page, bill, payment, office));
    }

    private static List<Part> parts(Page page, ChargeState bill, Payment payment, String office) {
        Charge charge = bill.charge();
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Right(page.plain("payments.receipt-number") + " " + payment.receipt()));
        parts.add(new Part.Text(charge.name().isEmpty() ? charge.account() : charge.name() + " 様"));
        parts.add(new Part.Facts(facts(page, bill, payment)));
        parts.add(new Part.Space());
        parts.add(new Part.Right(page.plain("page.city") + (office.isEmpty() ? "" : " " + office)));
        return parts;
    }

    private static List<Part.Fact> facts(Page page, ChargeState bill, Payment payment) {
        Charge charge = bill.charge();
        List<Part.Fact> facts = new ArrayList<>();
        facts.add(new Part.Fact(page.plain("payments.received"), Yen.of(page, payment.yen())));
        facts.add(new Part.Fact(
                page.plain("payments.for"),
                page.plain(charge.title().words(), charge.title().values().toArray())));
        if (!charge.period().isEmpty()) {
            facts.add(new Part.Fact(page.plain("payments.period"), page.period(charge.period())));
        }
        facts.add(new Part.Fact(page.plain("payments.paid-at"), page.fullMoment(payment.at())));
        facts.add(new Part.Fact(
                page.plain("payments.channel"),
                page.plain("payments.channel." + payment.channel().code())));
        facts.add(new Part.Fact(page.plain("payments.bill-number"), Long.toString(bill.id())));
        return facts;
    }
}
