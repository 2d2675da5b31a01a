import { Synthesized } from "./synthesize.ts";

/** The shipped sample configuration, synthesized once for all suites. */
export const system = new Synthesized();
