import { startTextbookDispatcher, textbookClients } from "../peer/textbook-dispatcher.ts";
import { type AllClientSettings, readClientSettings } from "./client-settings.ts";
import { startDispatcher, startFeedback, startRelease } from "./functions.ts";
import type { System } from "./world.ts";

export interface NamedSystem {
  readonly system: System;
  readonly clients: AllClientSettings;
}

/** What is tried. Feedback and release are the product's own in both. */
export async function systemNamed(name: "product" | "peer"): Promise<NamedSystem> {
  const around = { feedback: startFeedback, release: startRelease };
  if (name === "peer") return { system: { dispatcher: startTextbookDispatcher, ...around }, clients: textbookClients };
  return { system: { dispatcher: startDispatcher, ...around }, clients: await readClientSettings() };
}
