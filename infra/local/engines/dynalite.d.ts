/** dynalite ships no types; this is what the table engine uses. */
declare module "dynalite" {
  import type { Server } from "node:http";

  interface Options {
    /** How long a new table stays in CREATING, ms. */
    readonly createTableMs?: number;
    /** Folder of the LevelDB store; in memory when left out. */
    readonly path?: string;
  }

  export default function dynalite(options: Options): Server;
}
