import { quoted } from './quoted.ts';

/** One line of `settings.ts`. */
export interface GuardSetting {
  readonly name: string;
  /** Such as `setting(text(''))`: the reader of its text. The purpose is added as the last argument. */
  readonly code: string;
  readonly about: string;
}

/** Every setting of the guards: how it is read and what it is for. */
export function settingsFile(settings: readonly GuardSetting[]): string {
  const sorted = settings.toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
  const lines = sorted.map(({ name, code, about }) => `  ${name}: ${code.replace(/\)$/, '')}, ${quoted(about)}),`);
  const codes = sorted.map(({ code }) => code).join('\n');
  const readers = ['inOwnTests', 'oneOf', 'optional', 'required', 'secret', 'setting', 'text', 'whole'].filter((name) =>
    new RegExp(`\\b${name}\\(`).test(codes),
  );
  return `// Lists every setting of the guards: how it is read and what it is for. The app does not start while one is wrong.
import { ${readers.join(', ')} } from './setting.ts';

/** A \`setting\` may have a default, a \`secret\` is given from outside. One line each, sorted; \`.env.example\` names the same. */
// prettier-ignore
export const settings = {
${lines.join('\n')}
};
`;
}
