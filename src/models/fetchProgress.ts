/** How far a download is. */
export interface FetchProgress {
  /** The model. */
  readonly id: string;
  /** The file that is being fetched, or the package that carries it. */
  readonly file: string;
  /** Where from, for people: a host name, `npm` or a folder. */
  readonly source: string;
  readonly doneBytes: number;
  /** Null when nobody knows: `npm` reports no progress of its own, and a server has not answered yet. */
  readonly totalBytes: number | null;
}
