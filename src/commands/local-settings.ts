import { randomBytes } from 'node:crypto';
import { localEnv, settingsIn } from '../guardrails/secrets/local-env.ts';

/** Where a project keeps the settings of one computer. Git ignores it. */
export const localSettings = '.env';

/** The files to write: the plan's own, and the first settings of this computer with fresh secrets, which no plan holds. */
export function withLocalSettings(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const settings = files.get('src/guardrails/settings.ts');
  if (settings === undefined) return files;
  const text = localEnv(settingsIn(settings), (bytes) => randomBytes(bytes).toString('base64url'));
  return new Map([...files, [localSettings, text]]);
}
