import type { SetAside, SetAsidePlace } from "../domain/set-aside/set-aside.ts";

/**
 * What was set aside, by place, each entry kept until its time. An entry past it counts as absent, whether or not the
 * store has removed it.
 */
export interface SetAsideStore {
  /** Keeps an entry with its body; kept again, the first one stays. @throws when it could not be kept */
  add(entry: SetAside, body: string | undefined): Promise<void>;
  /**
   * Keeps a later piece of a body that came in several, before its entry or after it.
   * @param piece - from 2
   * @throws when it could not be kept
   */
  addPiece(bodyName: string, piece: number, body: string, keptUntilMs: number): Promise<void>;
  /** Page by page, the latest first. */
  list(place: SetAsidePlace, nowMs: number): AsyncIterable<readonly SetAside[]>;
  count(place: SetAsidePlace, nowMs: number): Promise<number>;
  /** Unchanged; undefined when there is none, or a piece is missing. */
  body(entry: SetAside): Promise<string | undefined>;
  /** Removes an entry with its body; safe to repeat. */
  remove(entry: SetAside): Promise<void>;
}
