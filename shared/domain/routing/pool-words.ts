/** Pools of a stream, for people: `pool news`, or `pools news, shared` where rules give its mail to several. */
export function poolWords(pools: readonly string[]): string {
  return `${pools.length === 1 ? "pool" : "pools"} ${pools.join(", ")}`;
}
