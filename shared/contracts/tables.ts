/** Index of the held table by the moment a message is due: partition `pk`, sort key `untilMs` (epoch ms). */
export const heldByDue = { name: "byDue", sortKey: "untilMs" } as const;
