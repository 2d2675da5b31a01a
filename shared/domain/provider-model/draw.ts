const mix = (value: number): number => {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/**
 * A pseudo-random number that depends on nothing but its key, so that two policies meet the same luck on one seed.
 * @param key - whole numbers, such as seed, provider number, purpose and day
 * @returns uniform in [0, 1)
 */
export function draw(...key: number[]): number {
  return key.reduce((h, part) => mix((h ^ part) + 0x9e3779b9), 0) / 2 ** 32;
}

/**
 * A standard normal number from two uniform ones (Box-Muller).
 * @param u1 - uniform in [0, 1)
 * @param u2 - uniform in [0, 1)
 */
export function normal(u1: number, u2: number): number {
  return Math.sqrt(-2 * Math.log(1 - u1)) * Math.cos(2 * Math.PI * u2);
}

/**
 * A point of a range.
 * @param range - low and high end
 * @param u - fraction of the way from low to high, 0 to 1
 */
export function within([low, high]: readonly [number, number], u: number): number {
  return low + (high - low) * u;
}

/**
 * Turns a text (an address, an IP) into a key part for `draw` (FNV-1a).
 * @returns a whole number from 0 to 2^32 - 1
 */
export function textKey(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
