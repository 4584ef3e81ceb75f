/** Words before "key" that make it no secret: `publishable key`, `cache key`. Each list is a part of a regular expression. */
export const notKeys =
  `public|publishable|anon|anonymous|site|primary|foreign|partition|sort|cache|storage|query|idempotency|object|map|row|react|state|hot|lookup|search|
  data|group|index|unique|event|message|label|translation|i18n|config|option|setting|field|column|attribute|param|parameter|header|property|prop|form|menu|tab|nav|item|node|list|table|
  next public|vapid public`.replaceAll(/\s*\n\s*/g, '');

/** Words before "token" that make it no secret. */
export const notTokens =
  `csrf|xsrf|cancel|cancellation|next|page|next page|continuation|pagination|sync|abort|design|theme|color|syntax|start|end|stop|eos|bos|pad|unk|mask|max|min|num|total|
  prompt|completion|input|output|special|custom|injection|di|inject|invalid|expired|missing|no|bad|wrong|public|comment|keyword`.replaceAll(
    /\s*\n\s*/g,
    '',
  );

/** What is done to a password or token: the name is then one of a function, a route, a label or a message. */
export const actions =
  `set|get|reset|forgot|forget|change|update|show|hide|toggle|confirm|verify|validate|check|is|has|require|requires|invalid|wrong|missing|incorrect|bad|enter|compare|hash|
  match|lost|recover|create|no|repeat|retype|generate|with|use|remove|clear|save|handle|on|request|weak|strong|empty|short|store|send|type|label|placeholder|input|error|err|message|msg|title|
  hint|help|min|max|parse|decode|revoke|register|unregister|add|find|load|fetch|delete|want|needs?|without|via|by`.replaceAll(
    /\s*\n\s*/g,
    '',
  );

/** What a secret signs or encrypts when the project chose it itself. */
export const signers =
  `jwt|session|cookies?|csrf|tokens?|refresh|access|auth|nextauth|authjs|better auth|hash|hmac|signing|sign|signature|encryption|encrypt|crypto|cipher|aes|my|rails|flask|
  django|laravel|iron|express|shared|admin|internal|magic|verification|invite|reset|password|payload|strapi|directus|super`.replaceAll(
    /\s*\n\s*/g,
    '',
  );

/** Whose "pass" is a password. "by pass" and "render pass" are none. */
export const passOwners =
  'db|database|mysql|my sql|pg|postgres|mongo|mongodb|redis|smtp|mail|mailer|email|gmail|user|admin|root|ftp|sftp|ssh|login|auth|sql|basic|proxy|app|my|http|rpc|default|super|service|broker|mq|mqtt|rabbitmq|imap|elastic|es|ldap|wifi|amqp|bot|account|owner|master|key|cert|vault|keystore';

/** Words before "key" that make it one that somebody issued. */
export const keyOwners =
  `api|access|account|auth|authorization|private|service|role|subscription|integration|license|licence|app|application|client|consumer|customer|function|functions|host|
  admin|ingest|write|deploy|secret|rest|server|bot|oauth|webhook|merchant|developer|partner|project|gateway|rapidapi|user api`.replaceAll(
    /\s*\n\s*/g,
    '',
  );

/** Who issues keys: `OPENAI_KEY` is one without saying "api". */
export const issuers =
  `openai|claude|anthropic|gemini|groq|deepseek|mistral|cohere|huggingface|hf|openrouter|perplexity|together|replicate|elevenlabs|stability|stripe|paypal|razorpay|braintree|
  square|plaid|twilio|sendgrid|mailgun|resend|mailchimp|postmark|brevo|sendinblue|supabase|firebase|algolia|google|maps|youtube|weather|openweather|openweathermap|tmdb|omdb|news|newsapi|
  spoonacular|unsplash|giphy|pexels|aws|azure|gcp|cloudinary|pusher|ably|sentry|datadog|relic|github|gitlab|slack|discord|telegram|notion|airtable|hubspot|zendesk|intercom|shopify|infura|
  alchemy|etherscan|binance|coinbase|kraken|polygon|finnhub|alphavantage|vantage|serp|serpapi|tavily|pinecone|weaviate|qdrant|langchain|langsmith|fal|deepl|deepgram|assemblyai|vonage|nexmo|
  ipinfo|clarifai|mapbox|facebook|twitter|linkedin|dropbox|heroku|netlify|vercel|cloudflare|digitalocean|linode|okta|asana|trello|jira|atlassian|bitbucket|spotify|twitch|yelp|zoom`.replaceAll(
    /\s*\n\s*/g,
    '',
  );
