import { setTimeout } from "node:timers/promises";
import type { Wait } from "../ports/wait.ts";

export const systemWait: Wait = (ms) => setTimeout(ms);
