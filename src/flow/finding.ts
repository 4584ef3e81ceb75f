/** A rule of docs/rules, such as `auth/default-deny`. Ids are for ever. */
export type RuleId = `${string}/${string}`;

/** What a guardrail says of one rule, with its evidence. */
export type Finding =
  | { readonly rule: RuleId; readonly verdict: 'pass'; readonly message: string; readonly where?: string }
  | {
      readonly rule: RuleId;
      readonly verdict: 'fail';
      readonly message: string;
      readonly where: string;
      readonly remedy: string;
    }
  | { readonly rule: RuleId; readonly verdict: 'unknown' | 'not-applicable'; readonly message: string };

/** One line of evidence that a text check asks for. */
export interface Evidence {
  /** The file to look into; every path that matches when it is a pattern. */
  readonly path: string;
  /** What must be in it; the file alone when left out. */
  readonly holds?: RegExp;
  /** What is wrong when it is not there, in plain words. */
  readonly otherwise: string;
  readonly remedy?: string;
}

/** A finding from a list of evidence: the first piece that is missing makes it a fail. */
export function findingFrom(
  rule: RuleId,
  promise: string,
  read: (path: string) => string | undefined,
  evidence: readonly Evidence[],
): Finding {
  const missing = evidence.find(({ path, holds }) => {
    const text = read(path);
    return text === undefined || (holds !== undefined && !holds.test(text));
  });
  if (!missing) return { rule, verdict: 'pass', message: promise, where: evidence.map(({ path }) => path).join(', ') };
  const remedy = missing.remedy ?? `restore ${missing.path} as it was created`;
  return { rule, verdict: 'fail', message: missing.otherwise, where: missing.path, remedy };
}
