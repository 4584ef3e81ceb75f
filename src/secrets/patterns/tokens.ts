import type { ProviderId } from '../providers.ts';

/** One form of credential that is known by how it is written. */
export interface TokenPattern {
  readonly kind: string;
  readonly provider?: ProviderId;
  /** Global. Group 1 is the credential where there is one, else the whole match is. */
  readonly pattern: RegExp;
  /** Cheap: no match without it. */
  readonly hint: string;
}

/**
 * Credentials that carry the name of their issuer. The forms are the ones that issuers publish; a match ends where no further
 * character of its alphabet follows.
 */
export const tokenPatterns: readonly TokenPattern[] = [
  token('Stripe secret key', 'stripe', '[sr]k_(?:live|test|prod)_[A-Za-z0-9]{10,247}', '[sr]k_(?:live|test|prod)_'),
  token('webhook signing secret', 'stripe', 'whsec_[A-Za-z0-9+/=]{24,}', 'whsec_'),
  token('Google API key', 'google', 'AIza[\\w-]{35}', 'AIza'),
  token('Google OAuth client secret', 'google', 'GOCSPX-[\\w-]{28}', 'GOCSPX-'),
  token('Google OAuth access token', 'google', 'ya29\\.[\\w-]{30,}', 'ya29\\.'),
  token(
    'OpenAI-style API key',
    'openai',
    'sk-(?:proj|svcacct|admin|None)-[\\w-]{20,200}',
    'sk-(?:proj|svcacct|admin|None)-',
  ),
  token('Anthropic API key', 'anthropic', 'sk-ant-[a-z0-9]{3,8}-[\\w-]{20,200}', 'sk-ant-'),
  token('OpenRouter API key', undefined, 'sk-or-v1-[a-f0-9]{40,64}', 'sk-or-'),
  token('Groq API key', 'groq', 'gsk_[A-Za-z0-9]{52}', 'gsk_'),
  token('API key of a language model', undefined, 'sk-[A-Za-z0-9]{20,64}', 'sk-[A-Za-z0-9]{20}'),
  token('Hugging Face token', 'huggingface', '(?:hf_|api_org_)[A-Za-z0-9]{30,40}', 'hf_|api_org_'),
  token('Replicate token', undefined, 'r8_[A-Za-z0-9]{37}', 'r8_'),
  token('Perplexity API key', undefined, 'pplx-[A-Za-z0-9]{40,64}', 'pplx-'),
  token('xAI API key', undefined, 'xai-[A-Za-z0-9]{60,100}', 'xai-'),
  token('Tavily API key', undefined, 'tvly-(?:dev-|prod-)?[A-Za-z0-9]{20,50}', 'tvly-'),
  token('Pinecone API key', undefined, 'pcsk_[A-Za-z0-9_]{50,90}', 'pcsk_'),
  token('LangSmith API key', undefined, 'lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}', 'lsv2_'),
  token('Supabase secret key', 'supabase', 'sb_secret_[\\w-]{20,60}|sbp_[a-f0-9]{40}', 'sb_secret_|sbp_'),
  token('AWS access key id', 'aws', '(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}', 'A3T|AKIA|ASIA|ABIA|ACCA'),
  token(
    'AWS Bedrock API key',
    'aws',
    'ABSK[A-Za-z0-9+/]{109,269}={0,2}|bedrock-api-key-[A-Za-z0-9]{20,}',
    'ABSK|bedrock-api-key-',
  ),
  token('GitHub token', 'github', 'gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\\w{82}', 'gh[pousr]_|github_pat_'),
  token(
    'GitLab token',
    'gitlab',
    'gl(?:pat|dt|ft|imt|agent|oas|ptt|rt|soat|ffct|cbt)-[\\w.-]{20,300}|GR1348941[\\w-]{20}',
    'gl[a-z]{2,5}-|GR1348941',
  ),
  token('GitLab session cookie', 'gitlab', '_gitlab_session=([0-9a-z]{32})', '_gitlab_session'),
  token(
    'Slack token',
    'slack',
    'xox[abposr]-(?:\\d+-)*[A-Za-z0-9-]{8,}|xapp-\\d-[A-Z0-9]+-\\d+-[a-z0-9]+|xoxe(?:\\.xox[bp])?-\\d-[A-Za-z0-9]{60,}|xoxe-(?:\\d+-)+[a-zA-Z0-9-]{20,}',
    'xox[abposre]|xapp-|XOX|XAPP',
    'i',
  ),
  token(
    'Discord bot token',
    'discord',
    '[MNO][A-Za-z\\d_-]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,38}',
    '[MNO][\\w-]{23,27}\\.[\\w-]{6}\\.',
  ),
  token('Telegram bot token', 'telegram', '\\d{8,10}:A[A-Za-z0-9_-]{34}', ':AA|:A[A-Za-z0-9_-]{34}'),
  token('Twilio API key', 'twilio', 'SK[0-9a-f]{32}', 'SK[0-9a-f]{8}'),
  token('SendGrid API key', 'sendgrid', 'SG\\.[\\w-]{16,32}\\.[\\w-]{16,64}', 'SG\\.'),
  token('Resend API key', 'resend', 're_(?=[A-Za-z0-9_]*\\d)[A-Za-z0-9]{6,10}_[A-Za-z0-9]{16,32}', '\\bre_'),
  token(
    'Mailgun API key',
    'mailgun',
    '(?:key-[0-9a-f]{32}|[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8})',
    'key-[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{8}\\b',
  ),
  token('Mailchimp API key', 'mailchimp', '[0-9a-f]{32}-us\\d{1,2}', '-us\\d'),
  token('Brevo API key', undefined, 'xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}', 'xkeysib-'),
  token('npm access token', 'npm', 'npm_[A-Za-z0-9]{36}', 'npm_'),
  token('PyPI token', undefined, 'pypi-AgE[A-Za-z0-9_-]{50,}', 'pypi-AgE'),
  token('RubyGems key', undefined, 'rubygems_[a-f0-9]{48}', 'rubygems_'),
  token('Docker access token', undefined, 'dckr_(?:pat|oat)_[\\w-]{27,40}', 'dckr_'),
  token('Vercel token', 'vercel', 'vc[piark]_[A-Za-z0-9]{20,60}', 'vc[piark]_'),
  token('Shopify token', 'shopify', 'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}', 'shp(?:at|ca|pa|ss)_'),
  token('Square token', undefined, '(?:EAAA[\\w-]{22,60}|sq0(?:atp|csp)-[\\w-]{22,60})', 'EAAA|sq0'),
  token(
    'Facebook access token',
    undefined,
    'EAA[MC][A-Za-z0-9]{100,}|\\d{15,16}[|%][\\w-]{27,40}',
    'EAA[MC]|\\d{15}[|%]',
  ),
  token(
    'Plaid access token',
    undefined,
    'access-(?:sandbox|development|production)-[0-9a-f-]{36}',
    'access-(?:sand|devel|produc)',
  ),
  token('DigitalOcean token', undefined, 'do[opr]_v1_[a-f0-9]{64}', 'do[opr]_v1_'),
  token('Fly.io token', undefined, 'fo1_[\\w-]{43}|fm[12][ar]?_[A-Za-z0-9+/]{100,}={0,3}', 'fo1_|fm[12]'),
  token('Heroku API key', undefined, 'HRKU-AA[\\w-]{58}', 'HRKU-'),
  token('Doppler token', undefined, 'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[\\w.-]{40,60}', 'dp\\.(?:pt|st|ct|sa)'),
  token('Vault token', undefined, 'hv[sbr]\\.[\\w-]{24,300}', 'hv[sbr]\\.'),
  token('Terraform token', undefined, '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w=-]{60,70}', 'atlasv1'),
  token('Pulumi token', undefined, 'pul-[a-f0-9]{40}', 'pul-'),
  token('Databricks token', undefined, 'dapi[a-f0-9]{32}(?:-\\d)?', 'dapi'),
  token('PlanetScale credential', 'database', 'pscale_(?:tkn|oauth|pw)_[\\w=.-]{32,64}', 'pscale_', 'i'),
  token('Postman API key', undefined, 'PMAK-[a-f0-9]{24}-[a-f0-9]{34}', 'PMAK-', 'i'),
  token('Notion token', undefined, 'ntn_\\d{11}[A-Za-z0-9]{35}|secret_[A-Za-z0-9]{43}', 'ntn_|secret_[A-Za-z0-9]{43}'),
  token('Linear API key', undefined, 'lin_(?:api|oauth)_[A-Za-z0-9]{32,64}', 'lin_'),
  token('Airtable token', undefined, 'pat[A-Za-z0-9]{14}\\.[a-f0-9]{64}', 'pat[A-Za-z0-9]{14}\\.'),
  token('Atlassian token', undefined, 'ATATT3[\\w=-]{60,260}', 'ATATT3'),
  token('Sentry token', undefined, 'sntr(?:yu_[a-f0-9]{64}|ys_[A-Za-z0-9+/=_]{60,})', 'sntry'),
  token('New Relic key', undefined, 'NR(?:AK-[A-Z0-9]{27}|II-[\\w-]{32}|JS-[a-f0-9]{19})', 'NRAK-|NRII-|NRJS-', 'i'),
  token(
    'Grafana token',
    undefined,
    'gl(?:c_[A-Za-z0-9+/]{32,400}={0,3}|sa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8})|eyJrIjoi[A-Za-z0-9]{70,400}={0,3}',
    'glc_|glsa_|eyJrIjoi',
    'i',
  ),
  token('Dynatrace token', undefined, 'dt0c01\\.[A-Za-z0-9]{24}\\.[A-Za-z0-9]{64}', 'dt0c01'),
  token('Figma token', undefined, 'figd_[\\w-]{40,200}', 'figd_'),
  token('Typeform token', undefined, 'tfp_[\\w.=-]{40,60}', 'tfp_'),
  token(
    '1Password credential',
    undefined,
    'A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}|ops_eyJ[A-Za-z0-9+/]{100,}={0,3}',
    '\\bA3-|ops_eyJ',
  ),
  token('age private key', 'private-key', 'AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}', 'AGE-SECRET-KEY'),
  token('Azure client secret', 'azure', '[\\w~.]{3}\\dQ~[\\w~.-]{31,34}', '\\dQ~'),
  token('Alibaba access key id', undefined, 'LTAI[A-Za-z0-9]{12,24}', 'LTAI'),
  token(
    'Yandex key',
    undefined,
    'AQVN[\\w-]{35,38}|YC[\\w-]{38}(?![\\w-])|t1\\.[\\w-]+={0,2}\\.[\\w-]{86}={0,2}',
    'AQVN|\\bYC[\\w-]{38}|\\bt1\\.',
  ),
  token(
    'Cloudflare token',
    'cloudflare',
    'v1\\.0-[a-f0-9]{24}-[a-f0-9]{146}|cf(?:k|ut|at)_[A-Za-z0-9]{40}[0-9a-f]{8}',
    'v1\\.0-|cfk_|cfut_|cfat_',
  ),
  token('Artifactory key', undefined, 'AKCp[A-Za-z0-9]{10,80}|cmVmd[A-Za-z0-9]{59}', 'AKCp|cmVmd'),
  token('MaxMind license key', undefined, '[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk', '_mmk'),
  token('OpenShift token', undefined, 'sha256~[\\w-]{43}', 'sha256~'),
  token('Sourcegraph token', undefined, 'sgp_(?:(?:[a-fA-F0-9]{16}|local)_)?[a-fA-F0-9]{40}', 'sgp_'),
  token('Adobe client secret', undefined, 'p8e-[a-z0-9]{32}', 'p8e-', 'i'),
  token('EasyPost key', undefined, 'EZ[AT]K[A-Za-z0-9]{54}', 'EZ[AT]K'),
  token('Duffel token', undefined, 'duffel_(?:test|live)_[\\w=-]{43}', 'duffel_'),
  token('Flutterwave key', undefined, 'FLWSECK(?:_TEST)?-[a-h0-9]{12,32}(?:-X)?', 'FLWSECK', 'i'),
  token('GoCardless token', undefined, '(?:live|sandbox)_[\\w=-]{40}', '(?:live|sandbox)_[\\w=-]{40}'),
  token('Lob API key', undefined, '(?:live|test)_[a-f0-9]{35}', '(?:live|test)_[a-f0-9]{35}'),
  token('Shippo token', undefined, 'shippo_(?:live|test)_[a-fA-F0-9]{40}', 'shippo_'),
  token('Frame.io token', undefined, 'fio-u-[\\w=-]{64}', 'fio-u-'),
  token(
    'Harness key',
    undefined,
    '(?:pat|sat)\\.[\\w-]{22}\\.[A-Za-z0-9]{24}\\.[A-Za-z0-9]{20}',
    '[ps]at\\.[\\w-]{22}\\.',
  ),
  token('Infracost key', undefined, 'ico-[A-Za-z0-9]{32}', 'ico-'),
  token('Prefect key', undefined, 'pnu_[A-Za-z0-9]{36}', 'pnu_'),
  token('ReadMe key', undefined, 'rdme_[a-z0-9]{70}', 'rdme_'),
  token('Octopus key', undefined, 'API-[A-Z0-9]{26}', 'API-[A-Z0-9]{26}'),
  token('Scalingo token', undefined, 'tk-us-[\\w-]{48}', 'tk-us-'),
  token('SettleMint token', undefined, 'sm_[aps]at_[A-Za-z0-9]{16}', 'sm_[aps]at_'),
  token('Clojars token', undefined, 'CLOJARS_[a-z0-9]{60}', 'CLOJARS_', 'i'),
  token('ClickHouse key', undefined, '4b1d[A-Za-z0-9]{38}', '4b1d[A-Za-z0-9]{38}'),
  token('Dropbox token', undefined, 'sl\\.[\\w=-]{130,}', '\\bsl\\.[\\w=-]{100}'),
  token('Twitter bearer token', undefined, 'A{22}[A-Za-z0-9%]{80,100}', 'AAAAAAAAAAAAAAAAAAAAAA'),
  token('42 client secret', undefined, 's-s4t2(?:ud|af)-[a-f0-9]{64}', 's-s4t2'),
  token(
    'Authress key',
    undefined,
    '(?:sc|ext|scauth|authress)_[a-z0-9]{5,30}\\.[a-z0-9]{4,6}\\.acc[_-][a-z0-9-]{10,32}\\.[A-Za-z0-9+/_=-]{30,120}',
    '\\.acc[_-]',
    'i',
  ),
  token('Tailscale key', undefined, 'tskey-[a-z]+-\\w{8,40}-\\w{16,60}', 'tskey-'),
];

function token(kind: string, provider: ProviderId | undefined, form: string, hint: string, flags = ''): TokenPattern {
  const source = form.includes('(') && /(?<!\\)\((?!\?)/.test(form) ? form : `(${form})`;
  const pattern = new RegExp(`(?<![A-Za-z0-9_\\-.])${source}(?![A-Za-z0-9_])`, `g${flags}`);
  return { kind, ...(provider && { provider }), pattern, hint };
}
