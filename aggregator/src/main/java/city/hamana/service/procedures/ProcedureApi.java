package city.hamana.service.procedures;

import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.text.Language;
import city.hamana.platform.text.Texts;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The catalogue for programs, open to all: what can be asked of the city, and with which answers. */
final class ProcedureApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Desk desk;

    ProcedureApi(Desk desk) {
        this.desk = desk;
    }

    Reply list(Call call) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode all = answer.putArray("procedures");
        desk.catalogue().all().forEach(procedure -> about(all.addObject(), procedure));
        // The measure's key figure: procedures that can be used online.
        answer.put(
                "online",
                desk.catalogue().all().stream().filter(Procedure::online).count());
        return reply(answer);
    }

    Reply one(Call call) {
        Language language = call.query("language").flatMap(Language::ofCode).orElse(Language.JA);
        return desk.catalogue()
                .find(call.part("code"))
                .map(procedure -> {
                    ObjectNode answer = JSON.createObjectNode();
                    about(answer, procedure);
                    ArrayNode needed = answer.putArray("needed");
                    procedure.needed().forEach(text -> texts(needed.addObject(), text));
                    procedure.fee().ifPresent(fee -> answer.put("feeRule", "/api/v1/rules/" + fee.table() + ".csv"));
                    procedure
                            .eligibility()
                            .ifPresent(rule -> answer.put("eligibilityRule", "/api/v1/rules/" + rule.table() + ".csv"));
                    procedure
                            .amount()
                            .ifPresent(rule -> answer.put("amountRule", "/api/v1/rules/" + rule.table() + ".csv"));
                    answer.set("answers", desk.forms().schema(procedure.form(), language));
                    return reply(answer);
                })
                .orElseGet(Reply::notFound);
    }

    private static void about(ObjectNode into, Procedure procedure) {
        into.put("code", procedure.code());
        into.put("status", procedure.online() ? "online" : "paper");
        texts(into.putObject("title"), procedure.title());
        texts(into.putObject("summary"), procedure.summary());
        texts(into.putObject("who"), procedure.who());
        into.put("applicant", procedure.business() ? "business" : "person");
        into.put("department", procedure.department());
        into.put("law", procedure.law());
        into.put("workingDays", procedure.days());
        into.put("identityNeeded", procedure.identity());
        ArrayNode steps = into.putArray("steps");
        procedure.stations().forEach(station -> {
            ObjectNode step = steps.addObject();
            step.put("code", station.step().code());
            step.put("work", station.step().work().code());
            step.put("department", station.step().department());
            texts(step.putObject("title"), station.title());
        });
        ArrayNode events = into.putArray("lifeEvents");
        procedure.events().forEach(events::add);
        ArrayNode samples = into.putArray("unconfirmed");
        procedure.unconfirmed().stream().sorted().forEach(samples::add);
        into.put("page", "/procedures/" + procedure.code());
    }

    private static void texts(ObjectNode into, Texts texts) {
        for (Language language : Language.values()) {
            into.put(language == Language.EASY_JA ? "ja-easy" : language.tag(), texts.plain(language));
        }
    }

    private static Reply reply(ObjectNode answer) {
        try {
            return Reply.json(JSON.writeValueAsBytes(answer)).openToAll();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON can be written", e);
        }
    }
}
