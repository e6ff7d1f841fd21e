package city.hamana.meter.telegram;

/** What becomes of a telegram: its content, or the reason why there is none. */
public sealed interface Decoding permits Telegram, Undecodable {}
