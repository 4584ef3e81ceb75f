import type { Sighting } from './finding.ts';
import { isMadeUp } from './patterns/token-sightings.ts';
import { isPlaceholder } from './values.ts';
import type { ProviderId } from './providers.ts';

/** Literal pieces of what the rules of secretlint look for beside tokens. */
const otherSigns = ['PRIVATE KEY', '_authToken', 'ECRET_ACCESS', 'ecret_access', 'ecretAccess', 'x-oauth-basic'];

/**
 * Can any rule of secretlint that counts here match? Nine files of ten hold nothing of the kind, and not asking is what makes the search fast.
 */
function canMatch(text: string, hasToken: boolean): boolean {
  return hasToken || otherSigns.some((sign) => text.includes(sign));
}

interface Reading {
  readonly kind: string;
  readonly provider?: ProviderId;
}

/** What each message of secretlint is called here. Those that are left out are no credentials, or are read by patterns of ours. */
const readings: Readonly<Record<string, Reading>> = {
  AWSAccessKeyID: { kind: 'AWS access key id', provider: 'aws' },
  AWSSecretAccessKey: { kind: 'AWS secret access key', provider: 'aws' },
  'secretlint-rule-gcp': { kind: 'Google Cloud service account key', provider: 'google' },
  'secretlint-rule-npm': { kind: 'npm access token', provider: 'npm' },
  'secretlint-rule-slack': { kind: 'Slack token', provider: 'slack' },
  'secretlint-rule-openai': { kind: 'OpenAI API key', provider: 'openai' },
  'secretlint-rule-anthropic': { kind: 'Anthropic API key', provider: 'anthropic' },
  'secretlint-rule-groq': { kind: 'Groq API key', provider: 'groq' },
  'secretlint-rule-huggingface': { kind: 'Hugging Face token', provider: 'huggingface' },
  'secretlint-rule-linear': { kind: 'Linear API key' },
  'secretlint-rule-notion': { kind: 'Notion token' },
  'secretlint-rule-sendgrid': { kind: 'SendGrid API key', provider: 'sendgrid' },
  'secretlint-rule-shopify': { kind: 'Shopify token', provider: 'shopify' },
  'secretlint-rule-stripe': { kind: 'Stripe secret key', provider: 'stripe' },
  'secretlint-rule-github': { kind: 'GitHub token', provider: 'github' },
  'secretlint-rule-gitlab': { kind: 'GitLab token', provider: 'gitlab' },
  'secretlint-rule-grafana': { kind: 'Grafana token' },
  'secretlint-rule-1password': { kind: '1Password service account token' },
  'secretlint-rule-hashicorp-vault': { kind: 'Vault token' },
  'secretlint-rule-vercel': { kind: 'Vercel token', provider: 'vercel' },
  'secretlint-rule-databricks': { kind: 'Databricks token' },
  'secretlint-rule-docker': { kind: 'Docker access token' },
  'secretlint-rule-figma': { kind: 'Figma token' },
  'secretlint-rule-cloudflare': { kind: 'Cloudflare token', provider: 'cloudflare' },
  'secretlint-rule-tailscale': { kind: 'Tailscale key' },
};

/** Layer 1: what the rules of secretlint find in a text. */
export async function presetSightings(
  path: string,
  text: string,
  inProse: boolean,
  hasToken: boolean,
): Promise<Sighting[]> {
  if (!canMatch(text, hasToken)) return [];
  const lint = await linter();
  const found: Sighting[] = [];
  for (const { ruleId, messageId, range, data } of await lint(path, text)) {
    const reading = readings[messageId] ?? readings[ruleId.replace('@secretlint/', '')];
    if (!reading || messageId === 'AWSAccountID') continue;
    const { start, value } = credentialAt(text, range, data);
    if (!isMadeUp(value) && !(inProse && isPlaceholder(value)))
      found.push({ start, end: start + value.length, value, ...reading, layer: 'preset', confidence: 'certain' });
  }
  return found;
}

/** The credential alone: some rules report the assignment around it, or a range that is too short. */
function credentialAt(text: string, [from, to]: Message['range'], data: unknown): { start: number; value: string } {
  const told =
    typeof data === 'object' && data !== null ? Object.values(data).filter((one) => typeof one === 'string') : [];
  const near = text.slice(from, to + 400);
  const whole =
    told
      .filter((one) => one.length >= 8 && near.includes(one))
      .toSorted((one, other) => other.length - one.length)[0] ?? text.slice(from, to);
  const value = /["'=:\s]+([\w/+=.-]{16,})["']?$/.exec(whole)?.[1] ?? whole;
  return { start: from + near.indexOf(value), value };
}

interface Message {
  readonly ruleId: string;
  readonly messageId: string;
  readonly range: readonly [number, number];
  readonly data?: unknown;
}
type Lint = (path: string, text: string) => Promise<readonly Message[]>;
let loaded: Promise<Lint> | undefined;

/** The library is loaded for the first text that needs it. It is given no path on disk, so it opens no file. */
function linter(): Promise<Lint> {
  loaded ??= (async () => {
    const [{ lintSource }, { creator }] = await Promise.all([
      import('@secretlint/core'),
      import('@secretlint/secretlint-rule-preset-recommend'),
    ]);
    const rules = [{ id: '@secretlint/secretlint-rule-aws', options: { enableIDScanRule: true } }];
    const config = { rules: [{ id: 'preset', rule: creator, options: {}, rules }] };
    return async (path, content) => {
      const source = { filePath: path, content, contentType: 'text' as const, ext: '' };
      const { messages } = await lintSource({ source, options: { noPhysicFilePath: true, config } });
      return messages as unknown as readonly Message[];
    };
  })();
  return loaded;
}
