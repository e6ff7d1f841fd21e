package city.hamana.service.watchover;

import city.hamana.capability.people.Party;

/** Somebody at whom the welfare division is asked to look. */
public record WelfareAlarm(Alarm alarm, Party party) {}
