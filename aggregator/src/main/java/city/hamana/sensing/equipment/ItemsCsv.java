package city.hamana.sensing.equipment;

import java.util.List;
import java.util.stream.Collectors;

/** Equipment as CSV, one line each. */
final class ItemsCsv {
    private static final String HEAD =
            "equipment,kind,device,line,answers,heard,vendor,model,serial,software,quantity,value,unit,conditions,faults\r\n";

    private ItemsCsv() {}

    static String of(List<Item> items) {
        return items.stream().map(ItemsCsv::line).collect(Collectors.joining("", HEAD, ""));
    }

    private static String line(Item item) {
        return String.join(
                        ",",
                        item.id(),
                        item.kind().code(),
                        item.device(),
                        plain(item.told().getLine()),
                        item.tells() ? Boolean.toString(item.told().getAnswers()) : "",
                        item.heard().map(Object::toString).orElse(""),
                        plain(item.told().getVendor()),
                        plain(item.told().getModel()),
                        plain(item.told().getSerial()),
                        plain(item.told().getSoftware()),
                        item.now().map(s -> s.quantity().code()).orElse(""),
                        item.now().map(s -> s.decimal().toPlainString()).orElse(""),
                        item.now().map(s -> s.quantity().unit()).orElse(""),
                        String.join(
                                " ",
                                item.conditions().stream().map(ItemsCsv::plain).toList()),
                        item.faults().entrySet().stream()
                                .map(fault -> plain(fault.getKey()) + ":" + fault.getValue())
                                .collect(Collectors.joining(" ")))
                + "\r\n";
    }

    /** What equipment says of itself is not to become a formula in a spreadsheet, nor a cell of its own. */
    private static String plain(String text) {
        return text.replaceAll("[,\"\\r\\n\\t]", " ").replaceFirst("^[+=@-]", "_");
    }
}
