import { setTimeout } from "node:timers/promises";

/** Waits, ms. Given to adapters, so that a simulation can let its own time pass. */
export type Wait = (ms: number) => Promise<void>;

export const systemWait: Wait = (ms) => setTimeout(ms);
