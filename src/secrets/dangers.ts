import type { SecretFinding } from './finding.ts';
import type { ProviderId } from './providers.ts';

/** What somebody can do with a credential of an issuer: it follows "Anyone who can read this repository can". */
const byProvider: Partial<Record<ProviderId, string>> = {
  openai: 'spend your money at OpenAI',
  anthropic: 'spend your money at Anthropic',
  deepseek: 'spend your money at DeepSeek',
  groq: 'spend your money at Groq',
  google: 'use your account at Google, at your expense',
  huggingface: 'use your account at Hugging Face, at your expense',
  aws: 'use your account at AWS, at your expense',
  azure: 'use your account at Azure, at your expense',
  github: 'act in your name at GitHub',
  gitlab: 'act in your name at GitLab',
  slack: 'write into your Slack',
  discord: 'act in your name at Discord',
  telegram: 'act as your bot at Telegram',
  stripe: 'use your account at Stripe, with payments and customers',
  twilio: 'call and send messages at your expense',
  sendgrid: 'send mail in your name',
  resend: 'send mail in your name',
  mailgun: 'send mail in your name',
  mailchimp: 'send mail in your name, and read to whom',
  cloudinary: 'read, change and delete your files at Cloudinary',
  supabase: 'read and change the database',
  npm: 'publish packages in your name',
  vercel: 'change what you run at Vercel',
  cloudflare: 'change what you run at Cloudflare',
  shopify: 'use your shop at Shopify',
  database: 'read and change the database',
  'private-key': 'pass for the owner of this private key',
  jwt: 'act as the user whom this token was made for, as long as it is accepted',
};

/** Of the same issuer or of none, what a credential is decides. The first that fits. */
const byKind: readonly (readonly [RegExp, string])[] = [
  [/^password hash$/, 'find out the password behind this hash by trying'],
  [/^webhook signing secret$/, 'make up messages that seem to come from Stripe'],
  [/encryption key/, 'read what this program encrypts'],
  [/signs cookies/, 'make up cookies that this program trusts'],
  [/session secret|signs sign-in tokens/, 'sign in as anybody'],
  [/signature secret|signing secret/, 'make up messages and signatures that this program trusts'],
  [/message queue/, 'read the messages of the queue and send others'],
  [/password of an account/, 'sign in with this account'],
  [/^password in a link$/, 'sign in where this link leads'],
  [/password/, 'sign in with this password'],
  [/language model|^(?:OpenRouter|Perplexity|xAI|Tavily)/, 'spend your money at the one who runs the model'],
  [/^access token$/, 'use what this token opens'],
  [/^(?:token|key) in a/, 'use the service that it opens in your name'],
  [/webhook/, 'write where this webhook leads'],
];

/** `Doppler token`: the issuer is the first part of what it is called. */
const issuerFirst =
  /^(?!API|access|client|app|signed|secret|key|token)(.+?) (?:(?:API|access|license|private|client|secret) )?(?:key(?: id)?|token|secret|credential)$/i;

/** What the file is about that a password stands in. */
const byPath: readonly (readonly [RegExp, string])[] = [
  [
    /(?:^|[/_.-])(?:db|database|data-?source|mysql|postgres|pg|mongo|sequelize|knex|typeorm|sql)/i,
    byProvider.database ?? '',
  ],
  [/mail|smtp/i, 'send mail in your name'],
];

type Known = Pick<SecretFinding, 'kind' | 'provider' | 'fallback' | 'name'> & { readonly path?: string };

/** What can happen, as a sentence without its full stop. `signsIn`: the program keeps people signed in. */
export function dangerOf(known: Known, signsIn: boolean): string {
  const can = `anyone who can read this repository can ${abilityOf(known, signsIn)}`;
  return known.fallback && known.name !== undefined ? `Where ${known.name} is not set, ${can}` : `A${can.slice(1)}`;
}

function abilityOf({ kind, provider, fallback, name, path = '' }: Known, signsIn: boolean): string {
  if (kind === 'signing secret' && signsIn) return 'sign in as anybody';
  const own = provider === 'password' || provider === 'signing' || kind === 'webhook signing secret';
  const [, ability] =
    (kind === 'password' ? byPath.find(([about]) => about.test(path)) : undefined) ??
    byKind.find(([fits]) => fits.test(kind)) ??
    [];
  const [, issuer] = issuerFirst.exec(kind) ?? [];
  if (provider && !own && byProvider[provider]) return byProvider[provider];
  if (fallback && name !== undefined && issuer === undefined && provider === undefined) return 'get in with its value';
  return ability ?? (issuer ? `use your account at ${issuer}` : 'use the service behind this key in your name');
}

const saidAlready = /^(?:password|password hash|private key)$/;

/** A sentence about what stands there: its name where that says more than what it is; nothing where all is said. */
export function calledOf(kind: string, name: string | undefined): string {
  const own = name?.replace(/^process\.env\./, '');
  const isTold = own === undefined || /[\s:/]/.test(own) || plain(kind).includes(plain(own));
  if (isTold) return saidAlready.test(kind) ? '' : ` This is the ${kind}.`;
  return ` This is ${own}, the ${kind}.`;
}

function plain(text: string): string {
  return text.replaceAll(/[^a-z0-9]/gi, '').toLowerCase();
}
