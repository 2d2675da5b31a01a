/** Waits, ms. A port, so that a simulation can let its own time pass. */
export type Wait = (ms: number) => Promise<void>;
