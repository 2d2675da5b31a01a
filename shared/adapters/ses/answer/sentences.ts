/** What may be paused, or may not exist, in a sentence of SES. */
export type Subject = "account" | "configuration set" | "tenant";

const subjects: Readonly<Record<Subject, string>> = {
  account: "(?:entire )?(?:aws |amazon ses )?account",
  "configuration set": "configuration ?set",
  tenant: "tenant",
};
const paused = "(?:currently )?(?:paused|suspended|disabled|shut down)";
const article = "(?:the |this |your )?";

const pausedForms = new Map(
  Object.entries(subjects).map(([subject, words]) => [
    subject,
    [
      new RegExp(`^(?:email )?sending (?:(?:is|was|has been) )?${paused} for ${article}${words}\\b(.*)$`, "is"),
      new RegExp(`^(?:email )?sending for ${article}${words}\\b(.*?) (?:is|was|has been) ${paused}\\b`, "is"),
      new RegExp(`^${article}${words}\\b(.*?) (?:is|was|has been) ${paused}\\b`, "is"),
    ],
  ]),
);

/**
 * What SES says of a paused subject, such as ` NAME.` of "Sending is paused for configuration set NAME."; undefined for
 * any other sentence. Whole sentences are looked at, never words: names of pools and tenants are anybody's words.
 */
export function pausedName(message: string, subject: Subject): string | undefined {
  return firstMatch(message, pausedForms.get(subject) ?? []);
}

const missingSet = [/^(?:the |this )?configuration ?set\b(.*)$/is];
const missingPool = [
  /^(?:the |this |your )?(?:requested |specified )?(?:dedicated ip |sending ?|ip )?pool\b(.*)$/is,
  /^no (?:available )?dedicated ips?\b(.*)$/is,
];

/** What SES says of a configuration set that it does not know. */
export function unusableSet(message: string): string | undefined {
  return firstMatch(message, missingSet);
}

/** What SES says of an SES pool that it does not know or cannot send through. No message names a pool itself. */
export function unusablePool(message: string): string | undefined {
  return firstMatch(message, missingPool);
}

function firstMatch(message: string, forms: readonly RegExp[]): string | undefined {
  for (const form of forms) {
    const rest = form.exec(message)?.[1];
    if (rest !== undefined) return rest;
  }
  return undefined;
}

/** Whether the rest of a sentence is about a name: it stands there whole, bare or in quotes or brackets. */
export function isAbout(rest: string, name: string): boolean {
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![A-Za-z0-9_.@-])${literal}(?![A-Za-z0-9_@-])(?!\\.[A-Za-z0-9])`).test(rest);
}

/** Whether the rest of a sentence names nothing: it ends, or goes on with a verb. */
export function namesNothing(rest: string): boolean {
  return /^\W*(?:$|(?:is|was|has|does|do|could|can|must|not|doesn't|cannot)\b)/i.test(rest);
}
