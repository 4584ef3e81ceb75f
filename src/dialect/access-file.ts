import { quoted } from './quoted.ts';

/** Who may call what, one line for each route, sorted by address. */
export function accessFile(access: Readonly<Record<string, string>>): string {
  const keys = Object.keys(access).toSorted((one, other) => byAddress(one).localeCompare(byAddress(other), 'en'));
  const rules = keys.map((key) => ruleIn(access[key]!));
  const lines = keys.map((key, at) => `  ${quoted(key)}: ${rules[at]},`);
  const used = ['anyOf', 'open'].filter((name) => rules.some((rule) => rule.startsWith(`${name}(`)));
  return `// Who may call what: one line for each route of this app. A route that is not listed here lets nobody in.
import { ${[...used, 'type AccessTable'].join(', ')} } from './access-rules.ts';

/** The rules: 'user' is whoever is signed in, anyOf('admin') are people with a role, open('why') is everybody. */
// prettier-ignore
export const access: AccessTable = {
  // address: who may call it
${lines.join('\n')}
};
`;
}

/** The rule that opens a route to everybody, as code; the reason may have any characters. */
export function openRule(reason: string): string {
  return `open(${quoted(reason)})`;
}

/** A reason may come from somebody who does not quote: what stands between the outermost quotes is then taken as it is. */
function ruleIn(rule: string): string {
  const found = /^open\(((['"`])([\s\S]*)\2)\)$/.exec(rule.trim());
  const isSound = found && /^(?:'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*")$/.test(found[1] ?? '');
  return !found || isSound ? rule.trim() : openRule(found[3] ?? '');
}

function byAddress(key: string): string {
  const [method = '', ...path] = key.split(' ');
  return `${path.join(' ')} ${method}`;
}
