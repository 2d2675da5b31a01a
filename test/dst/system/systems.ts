import { startDispatcher, startFeedback, startRelease } from "./functions.ts";
import type { System } from "./world.ts";

/** The dispatcher that is tried. Feedback and release are the product's own in both. */
export function systemNamed(_name: "product" | "peer"): System {
  return { dispatcher: startDispatcher, feedback: startFeedback, release: startRelease };
}
