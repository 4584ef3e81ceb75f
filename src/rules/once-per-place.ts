import type { RuleFinding } from './rule.ts';

/** Routes and servers share their code: each place is told once. */
export function oncePerPlace(findings: readonly RuleFinding[]): RuleFinding[] {
  return [
    ...new Map(findings.map((found) => [JSON.stringify('where' in found ? found.where : found), found])).values(),
  ];
}
