/** Where a credential is revoked, for each kind of issuer. What is not listed here gets the general advice. */
const guides = {
  openai: 'Delete the key at https://platform.openai.com/api-keys and make a new one.',
  anthropic: 'Delete the key at https://console.anthropic.com/settings/keys and make a new one.',
  google:
    'Delete or restrict the key at https://console.cloud.google.com/apis/credentials; a service account key under IAM, Service accounts, Keys.',
  aws: 'Deactivate the access key in the IAM console (https://console.aws.amazon.com/iam/home#/security_credentials), look through CloudTrail for its use, then delete it.',
  azure: 'Regenerate the key in https://portal.azure.com under the resource, Access keys.',
  github: 'Revoke the token at https://github.com/settings/tokens and look through the security log of the account.',
  gitlab: 'Revoke the token at https://gitlab.com/-/user_settings/personal_access_tokens.',
  slack:
    'Revoke the token or webhook at https://api.slack.com/apps under the app, OAuth & Permissions or Incoming Webhooks.',
  discord:
    'Reset the token at https://discord.com/developers/applications under Bot; delete a webhook in the settings of its channel.',
  telegram: 'Send /revoke to @BotFather and choose the bot.',
  stripe: 'Roll the key at https://dashboard.stripe.com/apikeys.',
  twilio: 'Rotate the token at https://console.twilio.com under Account, API keys & tokens.',
  sendgrid: 'Delete the key at https://app.sendgrid.com/settings/api_keys.',
  resend: 'Delete the key at https://resend.com/api-keys.',
  mailgun: 'Delete the key at https://app.mailgun.com/settings/api_security.',
  mailchimp: 'Revoke the key at https://admin.mailchimp.com/account/api/.',
  cloudinary: 'Make new API keys at https://console.cloudinary.com/settings/api-keys and delete the old pair.',
  supabase: 'Roll the JWT secret or the secret key at https://supabase.com/dashboard under Project settings, API keys.',
  npm: 'Revoke the token at https://www.npmjs.com under your profile, Access Tokens, and look at what was published since.',
  vercel: 'Delete the token at https://vercel.com/account/tokens.',
  huggingface: 'Invalidate the token at https://huggingface.co/settings/tokens.',
  groq: 'Delete the key at https://console.groq.com/keys.',
  deepseek: 'Delete the key at https://platform.deepseek.com/api_keys.',
  shopify: 'Rotate the credentials of the app in the Shopify admin under Settings, Apps.',
  cloudflare: 'Roll the token at https://dash.cloudflare.com/profile/api-tokens.',
  database:
    'Change the password of this database user (ALTER USER …), close the sessions it has open, and let only the servers that need it connect.',
  'private-key':
    'Make a new key pair, replace the public half everywhere it is trusted, and revoke certificates made from this one.',
  jwt: 'Change the secret that signs these tokens (this signs everybody out), and shorten how long tokens live.',
  signing:
    'Make a new random value (openssl rand -base64 32), and set it where the program runs. Everybody who is signed in has to sign in again.',
  password: 'Change this password wherever it is used, then look for sign-ins that nobody can explain.',
} as const;

export type ProviderId = keyof typeof guides;

const general = 'Revoke it in the console of whoever issued it, and issue a new one.';

/** What to do about a credential that was seen: removing it from the file is never enough. */
export function rotateGuideOf(provider: ProviderId | undefined): string {
  return provider ? guides[provider] : general;
}
