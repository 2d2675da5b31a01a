/** Counted things an operator may draw or be alarmed by; units in the name or recipients. */
export type MetricName =
  | "BrakesStarted"
  | "BrakesEscalated"
  | "BrakesEnded"
  | "UnclassifiedReplies"
  | "RecipientsRefused"
  | "HardBounces"
  | "Complaints"
  | "RenderingFailures"
  | "RejectedAfterAcceptance"
  | "WallsRaised"
  | "FirstRoutePassedOver";

/** What a count belongs to; few values each. */
export type MetricDimensions = Readonly<Partial<Record<"pool" | "provider" | "stream" | "route" | "reason", string>>>;

export interface Metrics {
  count(name: MetricName, value: number, dimensions: MetricDimensions): void;
}
