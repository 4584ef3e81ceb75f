/** Routes that the access table does not know, in what an app has printed: the guards name them, with the line to add, and do not let it start. */
export function unlistedIn(output: string): readonly string[] {
  if (!output.includes('no entry in guardrails/access')) return [];
  const keys = [...output.matchAll(/^\s*'((?:[^'\\]|\\.)+)': 'user',$/gm)].map(([, key = '']) =>
    key.replaceAll(/\\(.)/g, '$1'),
  );
  return [...new Set(keys)];
}
