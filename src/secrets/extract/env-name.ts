import type { Node } from '@babel/types';
import { parentsOf } from '../../code/scopes.ts';
import { notSettings } from '../environment.ts';
import { nameOf } from '../literal.ts';
import type { ProviderId } from '../providers.ts';
import type { Target } from './target.ts';

/** What the variables of well-known issuers are called. */
const usual: Partial<Record<ProviderId, string>> = {
  openai: 'OPENAI_API_KEY',
  anthropic: 'ANTHROPIC_API_KEY',
  google: 'GOOGLE_API_KEY',
  azure: 'AZURE_KEY',
  github: 'GITHUB_TOKEN',
  gitlab: 'GITLAB_TOKEN',
  slack: 'SLACK_TOKEN',
  discord: 'DISCORD_TOKEN',
  telegram: 'TELEGRAM_BOT_TOKEN',
  stripe: 'STRIPE_SECRET_KEY',
  twilio: 'TWILIO_AUTH_TOKEN',
  sendgrid: 'SENDGRID_API_KEY',
  resend: 'RESEND_API_KEY',
  mailgun: 'MAILGUN_API_KEY',
  mailchimp: 'MAILCHIMP_API_KEY',
  cloudinary: 'CLOUDINARY_URL',
  supabase: 'SUPABASE_SERVICE_ROLE_KEY',
  npm: 'NPM_TOKEN',
  vercel: 'VERCEL_TOKEN',
  huggingface: 'HF_TOKEN',
  groq: 'GROQ_API_KEY',
  deepseek: 'DEEPSEEK_API_KEY',
  shopify: 'SHOPIFY_ACCESS_TOKEN',
  cloudflare: 'CLOUDFLARE_API_TOKEN',
  'private-key': 'PRIVATE_KEY',
};

const links: readonly (readonly [RegExp, string])[] = [
  [/^mongodb/i, 'MONGODB_URI'],
  [/^rediss?:/i, 'REDIS_URL'],
  [/^amqps?:|^rabbitmq/i, 'AMQP_URL'],
  [/^cloudinary:/i, 'CLOUDINARY_URL'],
  [/^(?:https?|wss?|ftp|smtps?):/i, 'SERVICE_URL'],
];

/** Names that say what it is and not whose. */
const general =
  /^(?:(?:THE_|MY_|X_)?(?:API_|ACCESS_|AUTH_|SECRET_)?(?:KEY|TOKEN|SECRET|PASSWORD|PASS|PASSWD|PWD|AUTH|AUTHORIZATION|URI|URL|VALUE|CREDENTIALS?|BEARER)|CONNECTION(?:_STRING)?|(?:DEFAULT|DATA|CONFIG|OPTIONS?|HEADERS?|PARAMS?|BODY|CLIENT|EXPORTS|MODULE|APP|ENV)(?:_.*)?)$/;
const telling = /KEY|SECRET|TOKEN|PASS|PWD|URL|URI|DSN|CREDENTIAL|CONNECTION|AUTH|JWT|SALT|SIGNING|COOKIE|CERT|PIN$/;

/** The name that a credential gets where no variable of the environment stands beside it: from what it is given to, else from its issuer. */
export function envNameFor(target: Target): string {
  const { sighting, part } = target;
  const [own, owner] = namesAround(target);
  const named = own !== undefined && !general.test(own) && telling.test(own) ? own : undefined;
  if (named !== undefined) return allowed(withoutPublic(named));
  const link = part ? undefined : linkName(target.value);
  const issued = issuedName(sighting.kind, sighting.provider);
  if (link ?? issued) return (link ?? issued) as string;
  const called = sighting.name && !sighting.name.endsWith('://') ? snake(sighting.name) : undefined;
  if (called !== undefined && !general.test(called) && telling.test(called)) return allowed(called);
  const what = called ?? own ?? kindName(sighting.kind);
  const sort = telling.test(what) ? what : kindName(sighting.kind);
  return allowed(
    owner !== undefined && !general.test(owner) ? `${owner}_${sort}` : /_/.test(sort) ? sort : `APP_${sort}`,
  );
}

function issuedName(kind: string, provider: ProviderId | undefined): string | undefined {
  if (provider === 'aws') return /id$/i.test(kind) ? 'AWS_ACCESS_KEY_ID' : 'AWS_SECRET_ACCESS_KEY';
  if (provider === 'cloudinary') return 'CLOUDINARY_API_SECRET';
  if (provider === 'signing' || provider === 'jwt')
    return /session/i.test(kind)
      ? 'SESSION_SECRET'
      : /cookie/i.test(kind)
        ? 'COOKIE_SECRET'
        : /encrypt/i.test(kind)
          ? 'ENCRYPTION_KEY'
          : /token|jwt/i.test(kind) && provider === 'signing'
            ? 'JWT_SECRET'
            : undefined;
  return provider && usual[provider];
}

function linkName(value: string): string | undefined {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return undefined;
  return links.find(([scheme]) => scheme.test(value))?.[1] ?? 'DATABASE_URL';
}

function kindName(kind: string): string {
  if (/database/.test(kind)) return 'DATABASE_PASSWORD';
  return /password/.test(kind) ? 'PASSWORD' : /token/i.test(kind) ? 'TOKEN' : /secret/i.test(kind) ? 'SECRET' : 'KEY';
}

/** What the literal is given to, and what that belongs to: `PASSWORD` and `MAIL` of `mail: { password: '…' }`. What a call gives is another thing. */
function namesAround({ module, node }: Target): [string | undefined, string | undefined] {
  const parents = parentsOf(module);
  const found: string[] = [];
  let inner = node;
  for (let around = parents.get(node); around && found.length < 2; inner = around, around = parents.get(around)) {
    if (/Function|Method|^Program$|^ClassBody$/.test(around.type)) break;
    if (found.length === 0 && (around.type === 'CallExpression' || around.type === 'NewExpression')) break;
    const name = givenName(around, inner);
    if (name !== undefined) found.push(snake(name));
  }
  return [found[0], found[1]];
}

function givenName(around: Node, inner: Node): string | undefined {
  switch (around.type) {
    case 'VariableDeclarator':
      return around.init === inner ? nameOf(around.id) : undefined;
    case 'AssignmentExpression':
      return around.right === inner ? lastName(around.left) : undefined;
    case 'AssignmentPattern':
      return around.right === inner ? nameOf(around.left) : undefined;
    case 'ObjectProperty':
    case 'ClassProperty':
    case 'ClassPrivateProperty':
      return around.value === inner ? nameOf(around.key) : undefined;
    case 'JSXAttribute':
      return nameOf(around.name as Node);
    case 'BinaryExpression':
      return /^[!=]=/.test(around.operator) ? lastName(around.left === inner ? around.right : around.left) : undefined;
    default:
      return undefined;
  }
}

function lastName(node: Node): string | undefined {
  const name = nameOf(node);
  return name === 'module.exports' ? undefined : name;
}

/** `openaiKey`, `x-api-key` and `db.password` as names of the environment. */
export function snake(name: string): string {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z\d]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .toUpperCase();
}

/** What a bundler would send to the browser must not be called so. */
function withoutPublic(name: string): string {
  return name.replace(/^(?:NEXT_PUBLIC|VITE|REACT_APP|EXPO_PUBLIC|NUXT_PUBLIC|PUBLIC)_(?=.)/, '');
}

function allowed(name: string): string {
  return /^[A-Z]/.test(name) && !notSettings.test(name) ? name : `APP_${name}`;
}
