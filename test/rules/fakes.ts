import { createHash } from 'node:crypto';

/** Credentials that nobody ever issued, made when a test runs, so that none stands in a tracked file. */
const kinds: Readonly<Record<string, (seed: string) => string>> = {
  'openai-key': (seed) => `sk-proj-${letters(seed, 74)}T3BlbkFJ${letters(`${seed}2`, 74)}`,
  'anthropic-key': (seed) => `sk-ant-api03-${letters(seed, 93)}AA`,
  'aws-key-id': (seed) =>
    `AKIA${letters(seed, 16)
      .toUpperCase()
      .replaceAll(/[^A-Z2-7]/g, 'Q')}`,
  'aws-secret': (seed) => letters(seed, 40),
  'stripe-key': (seed) => `sk_live_${letters(seed, 24)}`,
  'google-key': (seed) => `AIza${letters(seed, 35)}`,
  'github-token': (seed) => `ghp_${letters(seed, 36)}`,
  password: (seed) => `${letters(seed, 8)}7x!`,
  random: (seed) => letters(seed, 32),
};

/** Replaces `{{kind}}` and `{{kind:name}}` by a made-up credential of that kind; the same name gives the same credential. */
export function withFakes(text: string): string {
  return text.replaceAll(/\{\{([a-z-]+)(?::([\w-]+))?\}\}/g, (whole, kind: string, name = 'a') =>
    kinds[kind] ? kinds[kind](`${kind} ${name}`) : whole,
  );
}

/** Letters and digits in a fixed disorder. */
function letters(seed: string, length: number): string {
  let text = '';
  for (let round = 0; text.length < length; round++)
    text += createHash('sha256')
      .update(`${seed} ${round}`)
      .digest('base64')
      .replaceAll(/[^A-Za-z0-9]/g, '');
  return text.slice(0, length);
}
