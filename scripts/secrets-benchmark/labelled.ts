/** One text of which somebody has said whether a secret stands in it. */
export interface Labelled {
  readonly text: string;
  /** The name of the file that it stands in, where it matters. */
  readonly path: string;
  readonly secret: boolean;
}

/** Labelled texts from one source. */
export interface DataSet {
  readonly name: string;
  readonly rows: readonly Labelled[];
  /** Texts that the source makes when it runs and that could not be made here. */
  readonly notExpanded: number;
}
