import { randomBytes } from "node:crypto";
import type { Chance } from "../ports/chance.ts";

const letters = "abcdefghijklmnopqrstuvwxyz012345";

/** 100 bits of randomness: 20 characters of 5 bits each. */
export const systemChance: Chance = {
  id: () => Array.from(randomBytes(20), (byte) => letters[byte % 32]).join(""),
};
