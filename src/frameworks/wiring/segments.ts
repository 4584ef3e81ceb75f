import { compiled } from '../../code/run/builtins.ts';

/**
 * Whether one part of a path that is listened to takes a part of another one: `:id` takes everything, `:id(\d+)` and `:name.csv` take some. Undefined
 * where it depends on what stands in for a parameter.
 */
export function takes(wanted: string, part: string): boolean | undefined {
  if (wanted === part || /^(?::\w+|\*\w*|\{\*\w+\})[?+*]?$/.test(wanted)) return true;
  if (!/[:*]/.test(wanted)) return false;
  const pattern = patternOf(wanted);
  if (!pattern || /[:*({]/.test(part) || part.length > 100) return undefined;
  return pattern.test(part);
}

/** Many repetitions in one expression could be slow, and no address needs them. */
const most = 3;

function patternOf(wanted: string): RegExp | undefined {
  const [, round, curly] = /^:\w+(?:\((.*)\)|\{(.*)\})\??$/.exec(wanted) ?? [];
  const source = round ?? curly ?? mixed(wanted);
  const repetitions = source?.match(/[+*{]/g)?.length ?? 0;
  return source === undefined || repetitions > most ? undefined : compiled(`/^(?:${source})$/`);
}

/** `:name.csv`, `:from-:to`: parameters with text around them. */
function mixed(wanted: string): string | undefined {
  return /^[\w.:~-]+$/.test(wanted) ? wanted.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+') : undefined;
}
