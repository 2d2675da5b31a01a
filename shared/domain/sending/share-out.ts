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
 * Gives granted room to messages in their order: a message is taken whole, at every provider it addresses, or not at all.
 * @param room - recipients granted by provider; reduced in place by what is taken, so that the rest can be given back
 */
export function shareOut<Message>(
  messages: readonly Message[],
  demandOf: (message: Message) => Demand,
  room: Map<string, number>,
): Message[] {
  return messages.filter((message) => {
    const demand = [...demandOf(message)];
    const fits = demand.every(([provider, recipients]) => (room.get(provider) ?? 0) >= recipients);
    if (!fits) return false;
    for (const [provider, recipients] of demand) room.set(provider, (room.get(provider) ?? 0) - recipients);
    return true;
  });
}
