/**
 * Rules whose replies leave no doubt that the receiver means our IPs: one such reply is enough to act on. Those of
 * large receivers with codes of their own; words alone are never sure.
 */
export const sureRules: ReadonlySet<string> = new Set([
  // rate and volume
  "mail-flood-status",
  "gmail-sending-rate",
  "yahoo-deferral",
  "microsoft-rate",
  "apple-volume",
  "comcast-rate",
  // reputation and lists
  "gmail-low-reputation",
  "yahoo-permanently-deferred",
  "yahoo-listing",
  "microsoft-listing",
  "microsoft-banned",
  "comcast-listing",
  "united-internet-listing",
  "telekom-listing",
  "mail-ru-listing",
  "netease-listing",
]);
