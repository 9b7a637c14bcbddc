/** One message in both languages, with the cure. `{name}` places are filled from the error's params. */
export interface Message {
  zh: string;
  en: string;
  cure: { zh: string; en: string };
}

/** Keeps the codes of one catalogue part as literal types. */
export function defineMessages<const T extends Record<string, Message>>(messages: T): T {
  return messages;
}
