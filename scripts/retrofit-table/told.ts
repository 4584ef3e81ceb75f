import type { Proof } from '../../src/retrofit/proof.ts';

/** What `check --json` tells, as far as the table needs it. */
export interface Checked {
  readonly about: readonly { readonly text: string }[];
  readonly findings: readonly { readonly rule: string; readonly verdict: string; readonly key?: string }[];
}

/** What `retrofit --json` tells, with or without a proof. */
export interface Told {
  readonly changes?: readonly { readonly path: string; readonly kind: string; readonly by: string }[];
  readonly left?: readonly { readonly by: string; readonly why: string }[];
  readonly kept?: readonly { readonly by: string; readonly what: string }[];
  readonly proof?: Proof | null;
}

/** The value that a command printed; undefined where it printed none. What stands before it is no part of it. */
export function valueIn<Value extends object>(out: string): Value | undefined {
  const start = out.startsWith('{') ? 0 : out.indexOf('\n{') + 1;
  try {
    const value: unknown = JSON.parse(out.slice(start));
    return value !== null && typeof value === 'object' ? (value as Value) : undefined;
  } catch {
    return undefined;
  }
}

/** Where a rule is broken: the keys of routes, or as many entries as there are places. */
export function failsOf({ findings }: Checked, rule: string): string[] {
  return findings
    .filter((finding) => finding.rule === rule && finding.verdict === 'fail')
    .map(({ key }) => key ?? 'a place');
}
