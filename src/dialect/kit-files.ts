/** One line of `settings.ts`. */
export interface GuardSetting {
  readonly name: string;
  /** Such as `setting(text(''))`: the reader of its text. The purpose is added as the last argument. */
  readonly code: string;
  readonly about: string;
}

/** Who may call what, one line for each route, sorted by address. */
export function accessFile(access: Readonly<Record<string, string>>): string {
  const keys = Object.keys(access).toSorted((one, other) => byAddress(one).localeCompare(byAddress(other), 'en'));
  const lines = keys.map((key) => `  ${quoted(key)}: ${access[key]},`);
  const text = lines.join('\n');
  const used = ['anyOf', 'open'].filter((name) => new RegExp(`: ${name}\\(`).test(text));
  return `// Who may call what: one line for each route of this app. A route that is not listed here lets nobody in.
import { ${[...used, 'type AccessTable'].join(', ')} } from './access-rules.ts';

/** The rules: 'user' is whoever is signed in, anyOf('admin') are people with a role, open('why') is everybody. */
// prettier-ignore
export const access: AccessTable = {
  // address: who may call it
${text}
};
`;
}

/** Every setting of the guards: how it is read and what it is for. */
export function settingsFile(settings: readonly GuardSetting[]): string {
  const sorted = settings.toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
  const lines = sorted.map(({ name, code, about }) => `  ${name}: ${code.replace(/\)$/, '')}, ${quoted(about)}),`);
  const text = lines.join('\n');
  const readers = ['oneOf', 'optional', 'required', 'secret', 'setting', 'text', 'whole'].filter((name) =>
    text.includes(`${name}(`),
  );
  return `// Lists every setting of the guards: how it is read and what it is for. The app does not start while one is wrong.
import { ${readers.join(', ')} } from './setting.ts';

/** A \`setting\` may have a default, a \`secret\` is given from outside. One line each, sorted; \`.env.example\` names the same. */
// prettier-ignore
export const settings = {
${text}
};
`;
}

function byAddress(key: string): string {
  const [method = '', ...path] = key.split(' ');
  return `${path.join(' ')} ${method}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
