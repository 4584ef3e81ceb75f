// Knows how keys of well-known services look, as far as secretlint does not.

/** A kind of key: how it looks, and how to be sure that it is one. */
interface Pattern {
  readonly kind: string;
  readonly looks: RegExp;
  readonly isSure?: (text: string) => boolean;
}

const patterns: readonly Pattern[] = [
  { kind: 'AWS access key', looks: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g },
  { kind: 'DigitalOcean token', looks: /\bdo[opr]_v1_[0-9a-f]{64}/g },
  { kind: 'Discord bot token', looks: /\b[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,40}/g },
  { kind: 'Discord webhook', looks: /discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/[\w-]{60,}/g },
  { kind: 'Google API key', looks: /\bAIza[\w-]{35}/g },
  { kind: 'Hugging Face token', looks: /\bhf_[A-Za-z0-9]{30,}/g },
  { kind: 'OpenAI, Anthropic or similar key', looks: /\bsk-[A-Za-z0-9_-]{32,}/g, isSure: hasDigitAndLetter },
  { kind: 'Resend key', looks: /\bre_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,}/g },
  { kind: 'Stripe key', looks: /\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}/g },
  { kind: 'Stripe webhook secret', looks: /\bwhsec_[A-Za-z0-9+/=]{24,}/g },
  { kind: 'Supabase secret key', looks: /\bsb_secret_[\w-]{20,}/g },
  { kind: 'Supabase service_role key', looks: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/g, isSure: isServiceRole },
  { kind: 'Telegram bot token', looks: /\b\d{8,10}:AA[\w-]{33}\b/g },
  { kind: 'Twilio key', looks: /\bSK[0-9a-f]{32}\b/g },
  {
    kind: 'password in a URL',
    looks: /\b[a-z][a-z0-9+.-]+:\/\/[^\s/:@'"`]*:[^\s/@'"`]{3,}@[^\s/:'"`]+/g,
    isSure: isRemoteUrl,
  },
  { kind: 'private key', looks: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/g },
];

/** The kinds of keys in a text, each with where it begins and the key itself: show it to nobody. */
export function knownKeys(text: string): { readonly kind: string; readonly start: number; readonly value: string }[] {
  return patterns.flatMap(({ kind, looks, isSure = () => true }) =>
    [...text.matchAll(looks)]
      .filter(([value]) => isSure(value))
      .map((match) => ({ kind, start: match.index, value: match[0] })),
  );
}

function hasDigitAndLetter(value: string): boolean {
  return /\d/.test(value) && /[a-zA-Z]/.test(value.slice(3));
}

/** The `anon` key of Supabase may be public, the `service_role` key may do everything. */
function isServiceRole(token: string): boolean {
  return Buffer.from(token.split('.')[1] ?? '', 'base64url').includes('service_role');
}

/** Not this computer, not a sample, and not put together from variables. */
function isRemoteUrl(url: string): boolean {
  return !/@(?:localhost|127\.0\.0\.1|\[::1\]|host\.docker\.internal)|example\.|[${}<>*]|:(?:password|secret|pass|pw)@/i.test(
    url,
  );
}
