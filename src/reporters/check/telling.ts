import type { Place } from '../../repository/place.ts';
import type { Rule } from '../../rules/rule.ts';
import type { Terminal } from '../../world/terminal.ts';

/** What a voice may use beside the report. */
export interface Telling {
  readonly rules: readonly Rule[];
  readonly look: Pick<Terminal, 'colors' | 'width'>;
  /** Everything, not the worst alone. */
  readonly all: boolean;
  /** From where it was started to the folder that was checked, with `/` at the end; '' for the same folder and for one outside. */
  readonly prefix: string;
}

/** A place as seen from where the check was started, which is the top of the repository in a pipeline. */
export function placeFromStart({ path, ...rest }: Place, { prefix }: Pick<Telling, 'prefix'>): Place {
  return { path: path === '.' ? prefix.slice(0, -1) || '.' : prefix + path, ...rest };
}
