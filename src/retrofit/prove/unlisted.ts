import type { Tried } from './trial.ts';

/** Routes of the running app that the access table does not know: the guards name them, with the line to add, and do not let the app start. */
export function unlistedIn({ after }: Tried): readonly string[] {
  const tail = after && 'why' in after.started ? after.started.tail : '';
  if (!tail.includes('no entry in guardrails/access')) return [];
  return [...tail.matchAll(/^\s*'((?:[^'\\]|\\.)+)': 'user',$/gm)].map(([, key = '']) =>
    key.replaceAll(/\\(.)/g, '$1'),
  );
}
