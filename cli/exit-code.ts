/** How the process ends: done, failed or refused, called in a way it cannot follow. */
export const exitCode = { done: 0, failed: 1, usage: 2 } as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
