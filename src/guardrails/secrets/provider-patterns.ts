/** How keys of well-known services look; texts without the mark need no closer look. None is ever a sample value in good code. */
const patterns: readonly { readonly service: string; readonly mark: string; readonly looks: RegExp }[] = [
  { service: 'AWS', mark: 'AKIA', looks: /\bAKIA[0-9A-Z]{16}\b/ },
  { service: 'Anthropic, OpenAI or the like', mark: 'sk-', looks: /\bsk-[A-Za-z0-9_-]{32,}/ },
  { service: 'Discord', mark: '/api/webhooks/', looks: /discord(?:app)?\.com\/api\/webhooks\/\d{17,}\/[\w-]{60,}/ },
  { service: 'GitHub', mark: 'gh', looks: /\bgh[pousr]_[A-Za-z0-9]{36}\b/ },
  { service: 'Google', mark: 'AIza', looks: /\bAIza[\w-]{35}/ },
  { service: 'Slack', mark: 'xox', looks: /\bxox[abprs]-[\w-]{20,}/ },
  { service: 'Stripe', mark: 'k_live_', looks: /\b[sr]k_live_[A-Za-z0-9]{16,}/ },
  { service: 'Telegram', mark: ':AA', looks: /\b\d{8,10}:AA[\w-]{33}\b/ },
  { service: 'a private key', mark: 'PRIVATE KEY', looks: /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/ },
];

/** A key in a text: whose it is, the line that it stands on (from 1) and its first characters. */
export interface KeyFound {
  readonly service: string;
  readonly line: number;
  readonly masked: string;
}

/** The first key of a well-known service in a text. The whole key is never told. */
export function findKey(text: string): KeyFound | undefined {
  for (const { service, mark, looks } of patterns) {
    const match = text.includes(mark) ? looks.exec(text) : null;
    if (match) return { service, line: lineAt(text, match.index), masked: `${match[0].slice(0, 3)}…` };
  }
  return undefined;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
