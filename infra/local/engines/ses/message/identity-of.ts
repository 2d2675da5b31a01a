import type { Registry } from "../state/registry.ts";
import { domainOf } from "./addresses.ts";

/** The verified identity that covers an address: the address itself (without label), its domain, or a parent domain. */
export function identityOf(registry: Registry, address: string): string | undefined {
  const lower = address.toLowerCase();
  const labels = domainOf(lower).split(".");
  const domains = labels.map((_label, i) => labels.slice(i).join("."));
  return [lower, lower.replace(/\+[^@]*@/, "@"), ...domains].find((name) => registry.identities.has(name));
}
