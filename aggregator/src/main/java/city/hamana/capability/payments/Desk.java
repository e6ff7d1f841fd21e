package city.hamana.capability.payments;

import city.hamana.platform.http.Call;
import city.hamana.platform.http.Caller;
import java.util.List;
import java.util.Optional;

/** Which staff handle whose money: a division that of its own services, the treasury that of all. */
final class Desk {
    /** 会計課: it keeps the city's money (会計管理者, 地方自治法168条). */
    static final String TREASURY = "kaikei";

    private final Till till;

    Desk(Till till) {
        this.till = till;
    }

    /** The services whose money this member of staff handles; none for other divisions. */
    List<Creditor> services(Call call) {
        Caller.Person person = call.person();
        return till.creditors().stream()
                .filter(creditor -> person.worksIn(TREASURY) || person.worksIn(creditor.division()))
                .toList();
    }

    /** The service that was asked for where this member of staff handles it, else the first of theirs; empty where none is. */
    Optional<String> chosen(Call call, String asked) {
        List<String> services = services(call).stream().map(Creditor::service).toList();
        return services.contains(asked) ? Optional.of(asked) : services.stream().findFirst();
    }

    /** Whether this member of staff handles the money of a service. */
    boolean handles(Call call, String service) {
        return services(call).stream().anyMatch(creditor -> creditor.service().equals(service));
    }

    /** Whether there is anything to handle for this member of staff. */
    boolean open(Call call) {
        return call.person().worksIn(TREASURY) || !services(call).isEmpty();
    }
}
