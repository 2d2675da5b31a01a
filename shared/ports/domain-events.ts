/** Something other systems may want to know of, told after it is on record. */
export interface DomainEvent {
  /** In EventBridge the detail type. */
  readonly type:
    | "Allowances Decided"
    | "Provider Graduated"
    | "Pool Graduated"
    | "IPs Moved"
    | "Brake Started"
    | "Brake Escalated"
    | "Brake Ended"
    | "Unclassified Replies"
    | "Guard Hold Started"
    | "Guard Hold Ended"
    | "Operator Acted"
    | "List Quality";
  readonly pool: string;
  /** Plain JSON. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Events of the deployment. Best effort: what happened stands in the tables; an event that is lost changes nothing. */
export interface DomainEvents {
  publish(event: DomainEvent): Promise<void>;
}
