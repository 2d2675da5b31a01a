/** Recipients of one message by mailbox provider. */
export type Demand = ReadonlyMap<string, number>;

/** Total recipients that a group of messages asks of each provider. */
export function demandByProvider(messages: readonly { readonly demand: Demand }[]): Map<string, number> {
  const total = new Map<string, number>();
  for (const { demand } of messages) {
    for (const [provider, recipients] of demand) total.set(provider, (total.get(provider) ?? 0) + recipients);
  }
  return total;
}

/**
 * Takes a message's recipients of the room there is: all, at every provider it addresses, or none.
 * @param room - recipients by provider; reduced in place by what is taken, so that the rest can be given back
 * @returns the providers without room for it; none when it was taken
 */
export function takeRoom(demand: Demand, room: Map<string, number>): ReadonlySet<string> {
  const full = [...demand].filter(([provider, recipients]) => (room.get(provider) ?? 0) < recipients);
  if (full.length > 0) return new Set(full.map(([provider]) => provider));
  for (const [provider, recipients] of demand) room.set(provider, (room.get(provider) ?? 0) - recipients);
  return new Set();
}
