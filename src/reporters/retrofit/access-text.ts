import type { Look } from './telling.ts';
import { counted } from '../../flow/conclusion.ts';
import { shown } from '../../flow/shown.ts';

/** Who may call what, as the table will say: what is open with its reason, the rest by its number. */
export function accessText(access: ReadonlyMap<string, string>, { colors }: Look): string {
  const open = [...access].flatMap(([key, rule]) => {
    const [, reason] = /^open\('((?:[^'\\]|\\.)*)'\)$/.exec(rule) ?? [];
    return reason === undefined ? [] : [`  - ${shown(key)}  ${colors.dim(shown(reason.replaceAll(/\\(.)/g, '$1')))}`];
  });
  const closed = access.size - open.length;
  const rest = `Only for the signed-in: ${counted(closed, 'entry', 'entries')} of the access table, and whatever is not in it.`;
  if (open.length === 0) return `${colors.bold('Open to everybody: nothing.')} ${rest}`;
  return [colors.bold('Open to everybody'), ...open, rest, colors.dim('To change that: --open, --close.')].join('\n');
}
