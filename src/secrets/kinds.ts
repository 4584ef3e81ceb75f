import type { NameKind } from './names.ts';
import type { ProviderId } from './providers.ts';

/** Issuers that a name may mention. */
const issuers: readonly (readonly [RegExp, string, ProviderId | undefined])[] = [
  [/openai|gpt/i, 'OpenAI API key', 'openai'],
  [/anthropic|claude/i, 'Anthropic API key', 'anthropic'],
  [/deepseek/i, 'DeepSeek API key', 'deepseek'],
  [/gemini|google|firebase|gcp|maps|youtube/i, 'Google API key', 'google'],
  [/groq/i, 'Groq API key', 'groq'],
  [/aws|amazon/i, 'AWS secret access key', 'aws'],
  [/azure/i, 'Azure key', 'azure'],
  [/stripe/i, 'Stripe secret key', 'stripe'],
  [/twilio/i, 'Twilio token', 'twilio'],
  [/sendgrid/i, 'SendGrid API key', 'sendgrid'],
  [/mailgun/i, 'Mailgun API key', 'mailgun'],
  [/resend/i, 'Resend API key', 'resend'],
  [/cloudinary/i, 'Cloudinary API secret', 'cloudinary'],
  [/supabase/i, 'Supabase secret key', 'supabase'],
  [/github/i, 'GitHub credential', 'github'],
  [/gitlab/i, 'GitLab token', 'gitlab'],
  [/slack/i, 'Slack credential', 'slack'],
  [/discord/i, 'Discord credential', 'discord'],
  [/telegram/i, 'Telegram bot token', 'telegram'],
  [/cloudflare/i, 'Cloudflare token', 'cloudflare'],
  [/hugging|hf_/i, 'Hugging Face token', 'huggingface'],
];

/** What a value is called in plain words, told from the name it is given to. */
export function kindNamed(name: string, kind: NameKind): { kind: string; provider?: ProviderId } {
  if (kind === 'password') {
    const database = /db|database|mysql|postgres|pg|mongo|redis|sql/i.test(name);
    return { kind: database ? 'database password' : 'password', provider: database ? 'database' : 'password' };
  }
  const issuer = kind === 'issued' ? issuers.find(([mentions]) => mentions.test(name)) : undefined;
  if (issuer) return { kind: issuer[1], ...(issuer[2] && { provider: issuer[2] }) };
  if (kind === 'issued')
    return {
      kind: /token|bearer|jwt/i.test(name) ? 'access token' : /secret/i.test(name) ? 'client secret' : 'API key',
    };
  const what = /session/i.test(name)
    ? 'session secret'
    : /jwt|token/i.test(name)
      ? 'secret that signs sign-in tokens'
      : /cookie/i.test(name)
        ? 'secret that signs cookies'
        : /encrypt|cipher|crypto|aes/i.test(name)
          ? 'encryption key'
          : 'signing secret';
  return { kind: what, provider: 'signing' };
}
