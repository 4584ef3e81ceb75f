import { createHash } from 'node:crypto';

/** Letters and digits in a fixed disorder. */
export function letters(seed: string, length: number, alphabet = /[^A-Za-z0-9]/g): string {
  let text = '';
  for (let round = 0; text.length < length; round++)
    text += createHash('sha256').update(`${seed} ${round}`).digest('base64').replaceAll(alphabet, '');
  return text.slice(0, length);
}

function hex(seed: string, length: number): string {
  return createHash('sha512').update(seed).digest('hex').slice(0, length);
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function jwt(payload: object, seed: string): string {
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}.${letters(seed, 43)}`;
}

export function pem(seed: string, kind = 'RSA '): string {
  const lines = Array.from({ length: 12 }, (_, index) => letters(`${seed} ${index}`, 64));
  return [`-----BEGIN ${kind}PRIVATE KEY-----`, ...lines, `-----END ${kind}PRIVATE KEY-----`].join('\n');
}

/** Credentials that nobody issued, one of each kind, made when a test runs so that none stands in a tracked file. */
export const madeUp: Readonly<Record<string, string>> = {
  'OpenAI key': `sk-proj-${letters('o1', 74)}T3BlbkFJ${letters('o2', 74)}`,
  'Anthropic key': `sk-ant-api03-${letters('a1', 93)}AA`,
  'DeepSeek key': `sk-${hex('d1', 32)}`,
  'Stripe live key': `sk_live_${letters('s1', 24)}`,
  'Stripe restricted key': `rk_live_${letters('s2', 24)}`,
  'Google key': `AIza${letters('g1', 35)}`,
  'AWS key id': `AKIA${letters('w1', 16, /[^A-Z2-7]/g)}`,
  'GitHub token': `ghp_${letters('h1', 36)}`,
  'GitLab token': `glpat-${letters('h2', 20)}`,
  'Slack token': `xoxb-${hex('x1', 40).replaceAll(/[a-f]/g, '7').slice(0, 12)}-${hex('x2', 40).replaceAll(/[a-f]/g, '3').slice(0, 12)}-${letters('x3', 24)}`,
  'npm token': `npm_${letters('n1', 36)}`,
  'Hugging Face token': `hf_${letters('f1', 34, /[^A-Za-z]/g)}`,
  'Groq key': `gsk_${letters('q1', 52)}`,
  'SendGrid key': `SG.${letters('e1', 22)}.${letters('e2', 43)}`,
  'Resend key': `re_7${letters('r1', 7)}_${letters('r2', 24)}`,
  'Twilio key': `SK${hex('t1', 32)}`,
  'Mailgun key': `key-${hex('m1', 32)}`,
  'Discord token': `MT${letters('c1', 24)}.G${letters('c2', 5)}.${letters('c3', 38)}`,
  'Telegram token': `71${hex('l1', 30).replaceAll(/[a-f]/g, '5').slice(0, 8)}:AA${letters('l2', 33)}`,
  'Supabase service role': jwt({ iss: 'supabase', ref: 'abcd', role: 'service_role' }, 'j1'),
  'signed token': jwt({ sub: '8f14e45f', role: 'admin', exp: 4102444800 }, 'j2'),
  'Shopify token': `shpat_${hex('y1', 32)}`,
  'DigitalOcean token': `dop_v1_${hex('z1', 64)}`,
  'private key': pem('p1'),
};
